/// A gzip header that is read byte by byte (RFC 1952, section 2.3): names of any length are
/// passed over, and the header's own CRC is checked.
struct GzipHeader {
    private enum Part {
        case fixed
        case extraLength
        case extra
        case name
        case comment
        case headerChecksum
    }

    private static let hasHeaderChecksum: UInt8 = 0x02
    private static let hasExtra: UInt8 = 0x04
    private static let hasName: UInt8 = 0x08
    private static let hasComment: UInt8 = 0x10
    private static let reserved: UInt8 = 0xe0

    private var part = Part.fixed
    private var index = 0
    private var flags: UInt8 = 0
    private var number = 0
    private var checksum: UInt32 = 0

    /// A header of which `magic` bytes were seen already.
    init(magicSeen magic: Int = 0) {
        for byte in [0x1f, 0x8b].prefix(magic) as ArraySlice<UInt8> {
            checksum = crc32([byte].span, continuing: checksum)
        }
        index = magic
    }

    /// Takes one byte.
    ///
    /// - Returns: `true` when the header is whole.
    mutating func take(_ byte: UInt8) throws(ArchiveFault) -> Bool {
        if part != .headerChecksum {
            checksum = crc32([byte].span, continuing: checksum)
        }
        switch part {
        case .fixed:
            try check(byte)
            index += 1
            return index == 10 ? nextPart(after: .fixed) : false
        case .extraLength:
            number |= Int(byte) << (8 * index)
            index += 1
            guard index == 2 else { return false }
            part = .extra
            return number == 0 ? nextPart(after: .extra) : false
        case .extra:
            number -= 1
            return number == 0 ? nextPart(after: .extra) : false
        case .name, .comment:
            return byte == 0 ? nextPart(after: part) : false
        case .headerChecksum:
            number |= Int(byte) << (8 * index)
            index += 1
            guard index == 2 else { return false }
            guard number == Int(checksum & 0xffff) else {
                var fault = ArchiveFault(.damaged, "the checksum of a gzip header is wrong")
                fault.isOverlookedByLibarchive = true
                throw fault
            }
            return true
        }
    }

    private mutating func check(_ byte: UInt8) throws(ArchiveFault) {
        switch index {
        case 0 where byte != 0x1f, 1 where byte != 0x8b:
            throw ArchiveFault(.damaged, "this is no gzip header")
        case 2 where byte != 8:
            throw ArchiveFault(.damaged, "gzip method \(byte) is unknown, only 8 is defined")
        case 3:
            flags = byte
            guard byte & Self.reserved == 0 else {
                throw ArchiveFault(.damaged, "a reserved flag of the gzip header is set")
            }
        default: break
        }
    }

    /// Moves on to the next part that the flags announce; `true` when none is left.
    private mutating func nextPart(after done: Part) -> Bool {
        index = 0
        number = 0
        let order: [(Part, UInt8)] = [
            (.fixed, 0), (.extraLength, Self.hasExtra), (.name, Self.hasName),
            (.comment, Self.hasComment), (.headerChecksum, Self.hasHeaderChecksum),
        ]
        let from = order.firstIndex { $0.0 == (done == .extra ? .extraLength : done) } ?? 0
        for (next, flag) in order[(from + 1)...] where flags & flag != 0 {
            part = next
            return false
        }
        return true
    }
}
