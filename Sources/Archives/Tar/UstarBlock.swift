/// A ustar header that is being filled in (POSIX.1-2017 `pax`, "ustar Interchange Format").
struct UstarBlock {
    /// The block; right only behind ``seal()``.
    private(set) var bytes = [UInt8](repeating: 0, count: 512)
    /// Records for what has no room here, in a fixed order.
    private(set) var overflow: [(key: String, value: [UInt8])] = []

    /// The header of a member.
    init(_ entry: TarEntry) {
        if let (prefix, name) = Self.split(entry.name) {
            put(name, at: 0, 100)
            put(prefix, at: 345, 155)
        } else {
            put(Array(entry.name.suffix(100)), at: 0, 100)
            overflow.append(("path", entry.name))
        }
        if entry.target.count > 100 { overflow.append(("linkpath", entry.target)) }
        put(Array(entry.target.prefix(100)), at: 157, 100)
        putCommon(
            mode: entry.mode, size: entry.kind == .file ? entry.size : 0, mtime: entry.mtime)
        bytes[156] = Self.typeflag(of: entry.kind)
    }

    /// The header of an extended header for a member.
    init(extendedHeaderOf entry: TarEntry, size: UInt64) {
        put(Array("PaxHeaders/".utf8) + entry.name.suffix(80), at: 0, 100)
        putCommon(mode: 0o644, size: size, mtime: 0)
        bytes[156] = UInt8(ascii: "x")
        seal()
    }

    /// Computes the checksum.
    mutating func seal() {
        put([UInt8](repeating: 0x20, count: 8), at: 148, 8)
        let sum = bytes.reduce(UInt64(0)) { $0 + UInt64($1) }
        put(Self.octal(sum, digits: 6) + [0, 0x20], at: 148, 8)
    }

    private mutating func putCommon(mode: UInt32, size: UInt64, mtime: Int64) {
        put(Self.octal(UInt64(mode), digits: 7), at: 100, 8)
        put(Self.octal(0, digits: 7), at: 108, 8)
        put(Self.octal(0, digits: 7), at: 116, 8)
        let largest: UInt64 = 0o7777_7777_777
        if size > largest { overflow.append(("size", Array(String(size).utf8))) }
        put(Self.octal(size > largest ? 0 : size, digits: 11), at: 124, 12)
        let time = UInt64(exactly: mtime).flatMap { $0 > largest ? nil : $0 }
        if time == nil { overflow.append(("mtime", Array(String(mtime).utf8))) }
        put(Self.octal(time ?? 0, digits: 11), at: 136, 12)
        put(Array("ustar\u{0}00".utf8), at: 257, 8)
    }

    private mutating func put(_ value: [UInt8], at start: Int, _ width: Int) {
        for (index, byte) in value.prefix(width).enumerated() { bytes[start + index] = byte }
    }

    /// The name as prefix and name, `nil` where it does not fit.
    private static func split(_ name: [UInt8]) -> (prefix: [UInt8], name: [UInt8])? {
        if name.count <= 100 { return ([], name) }
        // The last slash that leaves at most 155 bytes of prefix; a directory's own does not count.
        for index in name.indices.dropLast().reversed() where name[index] == UInt8(ascii: "/") {
            let rest = name.count - index - 1
            if rest > 100 { return nil }
            if index > 0, index <= 155 {
                return (Array(name[..<index]), Array(name[(index + 1)...]))
            }
        }
        return nil
    }

    private static func octal(_ value: UInt64, digits: Int) -> [UInt8] {
        let text = Array(String(value, radix: 8).utf8)
        return [UInt8](repeating: UInt8(ascii: "0"), count: max(0, digits - text.count)) + text
    }

    private static func typeflag(of kind: TarMember.Kind) -> UInt8 {
        switch kind {
        case .file: UInt8(ascii: "0")
        case .hardLink: UInt8(ascii: "1")
        case .symlink: UInt8(ascii: "2")
        case .characterDevice: UInt8(ascii: "3")
        case .blockDevice: UInt8(ascii: "4")
        case .directory: UInt8(ascii: "5")
        // tar has no sockets, and no entry can be made of one.
        case .fifo, .socket: UInt8(ascii: "6")
        }
    }
}

/// A record of a pax header: its length counts itself.
func paxRecord(_ key: String, _ value: [UInt8]) -> [UInt8] {
    let body = Array(" \(key)=".utf8) + value + [0x0a]
    var length = body.count + 1
    while String(length).utf8.count + body.count != length {
        length = String(length).utf8.count + body.count
    }
    return Array(String(length).utf8) + body
}
