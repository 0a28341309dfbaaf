/// One 512-byte header block of a tar archive, read by its dialect.
///
/// Layout and dialects of `spec`: POSIX.1-2017 `pax` (ustar), GNU tar "Tar Internals", star(5).
struct TarHeader {
    static let size = 512

    let typeflag: UInt8
    let name: [UInt8]
    let linkname: [UInt8]
    /// `nil` where the field is damaged; a pax record may replace it.
    let size: Int64?
    let mode: UInt32
    let mtime: Int64

    /// Reads a block whose checksum fits.
    init(_ block: Span<UInt8>) {
        typeflag = block[156]
        linkname = Self.string(block.extracting(157..<257))
        size = tarNumber(block.extracting(124..<136), isSize: true)
        mode = UInt32(truncatingIfNeeded: tarNumber(block.extracting(100..<108)) ?? 0o644)
        mtime = tarNumber(block.extracting(136..<148)) ?? 0
        let short = Self.string(block.extracting(0..<100))
        let prefix =
            Self.isUstar(block)
            ? Self.string(block.extracting(345..<(Self.isStar(block) ? 476 : 500))) : []
        name = prefix.isEmpty ? short : prefix + [UInt8(ascii: "/")] + short
    }

    /// Whether the type is none that a standard or GNU tar knows; POSIX takes it for a file's.
    var isOfUnknownType: Bool {
        switch typeflag {
        case 0, UInt8(ascii: "0")...UInt8(ascii: "7"), UInt8(ascii: "D"), UInt8(ascii: "S"): false
        default: true
        }
    }

    /// Whether the block is all zero: half of an archive's end.
    static func isZero(_ block: Span<UInt8>) -> Bool {
        for index in block.indices where block[index] != 0 { return false }
        return true
    }

    /// Whether the block's checksum fits; sums of signed and of unsigned bytes both count, as old
    /// systems wrote signed ones.
    static func hasRightChecksum(_ block: Span<UInt8>) -> Bool {
        guard let stored = tarNumber(block.extracting(148..<156)) else { return false }
        if stored == checksum(of: block) { return true }
        var sum: Int64 = 8 * 0x20
        for index in block.indices where !(148..<156).contains(index) {
            sum += Int64(Int8(bitPattern: block[index]))
        }
        return stored == sum
    }

    /// The sum of a block's unsigned bytes, with the checksum's own field as blanks.
    static func checksum(of block: borrowing Span<UInt8>) -> Int {
        // A pointer, so that the loop becomes one of vectors: it runs over every header.
        var sum = unsafe block.withUnsafeBufferPointer { bytes in
            var sum: UInt32 = 0
            for index in 0..<size { unsafe sum &+= UInt32(bytes[index]) }
            return Int(sum)
        }
        for index in 148..<156 { sum += 0x20 - Int(block[index]) }
        return sum
    }

    /// Whether the magic is that of POSIX, whose headers have a prefix.
    static func isUstar(_ block: borrowing Span<UInt8>) -> Bool {
        matches(block, at: 257, "ustar\0")
    }

    /// Whether a block of ustar is one of star, whose prefix is shorter.
    static func isStar(_ block: borrowing Span<UInt8>) -> Bool {
        matches(block, at: 508, "tar\0")
    }

    private static func string(_ field: Span<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        for index in field.indices {
            if field[index] == 0 { break }
            bytes.append(field[index])
        }
        return bytes
    }

    private static func matches(
        _ block: borrowing Span<UInt8>, at start: Int, _ text: StaticString
    ) -> Bool {
        for index in 0..<text.utf8CodeUnitCount {
            if unsafe block[start + index] != text.utf8Start[index] { return false }
        }
        return true
    }
}
