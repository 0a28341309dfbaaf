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
        size = tarNumber(block.extracting(124..<136))
        mode = UInt32(truncatingIfNeeded: tarNumber(block.extracting(100..<108)) ?? 0o644)
        mtime = tarNumber(block.extracting(136..<148)) ?? 0
        let short = Self.string(block.extracting(0..<100))
        let isUstar = Self.matches(block, at: 257, "ustar\0")
        let isStar = isUstar && Self.matches(block, at: 508, "tar\0")
        let prefix =
            isUstar ? Self.string(block.extracting(345..<(isStar ? 476 : 500))) : []
        name = prefix.isEmpty ? short : prefix + [UInt8(ascii: "/")] + short
    }

    /// Whether the block is all zero: half of an archive's end.
    static func isZero(_ block: Span<UInt8>) -> Bool {
        for index in block.indices where block[index] != 0 { return false }
        return true
    }

    /// Whether the block's checksum fits; sums of signed and of unsigned bytes both count, as old
    /// systems wrote signed ones.
    static func hasRightChecksum(_ block: Span<UInt8>) -> Bool {
        var unsignedSum: Int64 = 0
        var signedSum: Int64 = 0
        for index in block.indices {
            let byte = (148..<156).contains(index) ? 0x20 : block[index]
            unsignedSum += Int64(byte)
            signedSum += Int64(Int8(bitPattern: byte))
        }
        guard let stored = tarNumber(block.extracting(148..<156)) else { return false }
        return stored == unsignedSum || stored == signedSum
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
        _ block: Span<UInt8>, at start: Int, _ text: StaticString
    ) -> Bool {
        for index in 0..<text.utf8CodeUnitCount {
            if unsafe block[start + index] != text.utf8Start[index] { return false }
        }
        return true
    }
}
