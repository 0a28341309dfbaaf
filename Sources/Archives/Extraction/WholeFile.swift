import ConfinedFiles

/// A regular file whose data lie whole in the piece of the stream that is being read.
struct WholeFile {
    /// Where its name lies.
    enum Name {
        /// In the header block: bytes of the prefix field (0 for none) and of the name field.
        case inHeader(at: Int, prefix: Int, name: Int)
        /// Somewhere else.
        case bytes([UInt8])
    }

    let name: Name
    /// Where the data begin in the piece.
    let dataStart: Int
    let size: Int
    let mode: UInt32
    let time: FileTime
}

extension TarHeader {
    /// The regular file of a header that needs no second look.
    ///
    /// Plain octal numbers and a checksum of unsigned bytes; anything else is `nil` and read with
    /// all care.
    ///
    /// - Parameters:
    ///   - piece: The piece of the stream; a whole block lies at `start`.
    ///   - start: Where the header begins.
    /// - Returns: The file, whose data may reach beyond the piece.
    static func plainFile(in piece: borrowing Span<UInt8>, at start: Int) -> WholeFile? {
        let block = piece.extracting(start..<start + size)
        let typeflag = block[156]
        guard typeflag == UInt8(ascii: "0") || typeflag == 0 else { return nil }
        guard let stored = octal(block, 148..<156), stored == checksum(of: block),
            let size = octal(block, 124..<136), let mode = octal(block, 100..<108),
            let mtime = octal(block, 136..<148)
        else { return nil }
        let name = length(of: block, 0..<100)
        guard name > 0, typeflag != 0 || block[name - 1] != UInt8(ascii: "/") else { return nil }
        var prefix = 0
        if block[345] != 0, isUstar(block) {
            prefix = length(of: block, 345..<(isStar(block) ? 476 : 500))
        }
        return WholeFile(
            name: .inHeader(at: start, prefix: prefix, name: name), dataStart: start + Self.size,
            size: size, mode: UInt32(truncatingIfNeeded: mode & 0o7777),
            time: FileTime(seconds: Int64(mtime)))
    }

    /// The number of a field of octal digits that ends in a NUL or a blank; `nil` for all else.
    private static func octal(_ block: borrowing Span<UInt8>, _ field: Range<Int>) -> Int? {
        var value = 0
        var index = field.lowerBound
        while index < field.upperBound, block[index] == 0x20 { index += 1 }
        let first = index
        while index < field.upperBound, block[index] & 0xf8 == 0x30 {
            value = value << 3 | Int(block[index] & 7)
            index += 1
        }
        guard index > first, index == field.upperBound || block[index] & 0xdf == 0 else {
            return nil
        }
        return value
    }

    private static func length(of block: borrowing Span<UInt8>, _ field: Range<Int>) -> Int {
        var index = field.lowerBound
        while index < field.upperBound, block[index] != 0 { index += 1 }
        return index - field.lowerBound
    }
}
