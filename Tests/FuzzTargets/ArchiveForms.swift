/// Archives around bytes, so that a fuzzer need not find checksums or lengths by chance.
enum ArchiveForms {
    private static let end = [UInt8](repeating: 0, count: 1_024)

    /// A tar whose blocks all have the right checksum.
    @Sendable static func sealed(_ input: [UInt8]) -> [UInt8] {
        var tar = input
        for start in stride(from: 0, through: tar.count - 512, by: 512) {
            if tar[start..<start + 512].contains(where: { $0 != 0 }) { seal(&tar, at: start) }
        }
        return tar
    }

    /// The bytes as a header for the next member; the first one says of which kind.
    @Sendable static func extendedHeader(_ input: [UInt8]) -> [UInt8] {
        let kinds = Array("xgLKX".utf8)
        let kind = kinds[Int(input.first ?? 0) % kinds.count]
        let body = Array(input.dropFirst())
        return block(kind, size: body.count) + padded(body) + block(0x30, size: 3)
            + padded([1, 2, 3]) + end
    }

    /// The bytes as a sparse file's map; the first one says in which format.
    @Sendable static func sparse(_ input: [UInt8]) -> [UInt8] {
        let body = Array(input.dropFirst())
        let data = [UInt8](repeating: 0x61, count: 2_000)
        switch (input.first ?? 0) % 4 {
        case 0:  // old GNU: the map is in the header, and in blocks behind it
            let stored = Array(body.dropFirst(110))
            var header = block(0x53, size: stored.count)
            let magic = Array("ustar  \u{0}".utf8)
            header.replaceSubrange(257..<257 + magic.count, with: magic)
            let map = body.prefix(110)
            header.replaceSubrange(386..<386 + map.count, with: map)
            seal(&header, at: 0)
            return header + padded(stored) + end
        case 1:  // 0.0 and whatever else: records as they are
            return block(0x78, size: body.count) + padded(body) + block(0x30, size: data.count)
                + padded(data) + end
        case 2:  // 0.1
            let records =
                record("GNU.sparse.size", Array("9000".utf8))
                + record("GNU.sparse.map", body) + record("GNU.sparse.numblocks", [0x32])
            return block(0x78, size: records.count) + padded(records)
                + block(0x30, size: data.count) + padded(data) + end
        default:  // 1.0: the map leads the data
            let records =
                record("GNU.sparse.major", [0x31]) + record("GNU.sparse.minor", [0x30])
                + record("GNU.sparse.realsize", Array("9000".utf8))
            return block(0x78, size: records.count) + padded(records)
                + block(0x30, size: body.count) + padded(body) + end
        }
    }

    private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let body = Array(" \(key)=".utf8) + value + [0x0a]
        var length = body.count + 1
        while String(length).utf8.count + body.count != length {
            length = String(length).utf8.count + body.count
        }
        return Array(String(length).utf8) + body
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    }

    private static func block(_ kind: UInt8, size: Int) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at start: Int) {
            block.replaceSubrange(start..<start + text.utf8.count, with: Array(text.utf8))
        }
        put("f", at: 0)
        put("0000644", at: 100)
        put(octal(size), at: 124)
        put("00000000000", at: 136)
        put("ustar\u{0}00", at: 257)
        block[156] = kind
        seal(&block, at: 0)
        return block
    }

    private static func octal(_ value: Int) -> String {
        let digits = String(value, radix: 8)
        return String(repeating: "0", count: max(0, 11 - digits.count)) + digits
    }

    private static func seal(_ tar: inout [UInt8], at start: Int) {
        for index in 148..<156 { tar[start + index] = 0x20 }
        let sum = tar[start..<start + 512].reduce(0) { $0 + Int($1) }
        let digits = Array(octal(sum).utf8.suffix(6)) + [0]
        for (index, byte) in digits.enumerated() { tar[start + 148 + index] = byte }
    }
}
