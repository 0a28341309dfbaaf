extension JSONValue {
    /// The value of a string as text, `nil` for any other kind.
    ///
    /// Broken UTF-8 and lone surrogates become U+FFFD, as Go's and Java's readers make them.
    public var stringValue: String? {
        stringBytes.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The value of a string as bytes, `nil` for any other kind.
    ///
    /// Escapes are resolved, a lone surrogate becomes U+FFFD, and every other byte stays as it
    /// stands, also where it is no UTF-8: readers in C++ keep such bytes.
    public var stringBytes: [UInt8]? {
        guard kind == .string else { return nil }
        let content = document.text[range.lowerBound + 1..<range.upperBound - 1]
        guard hasEscapes else { return Array(content) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count)
        var index = content.startIndex
        while index < content.endIndex {
            guard content[index] == UInt8(ascii: "\\") else {
                bytes.append(content[index])
                index += 1
                continue
            }
            let letter = content[index + 1]
            if letter == UInt8(ascii: "u") {
                let (scalar, length) = Self.escapedScalar(content[index...])
                bytes.append(contentsOf: String(Character(scalar)).utf8)
                index += length
            } else {
                bytes.append(Self.escapedByte(letter))
                index += 2
            }
        }
        return bytes
    }

    private var hasEscapes: Bool { document.nodes[index].hasEscapes }

    private static func escapedByte(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0c
        case UInt8(ascii: "n"): 0x0a
        case UInt8(ascii: "r"): 0x0d
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }

    /// The scalar of `\uXXXX`, or of a surrogate pair, and how many bytes it takes.
    private static func escapedScalar(_ text: ArraySlice<UInt8>) -> (Unicode.Scalar, Int) {
        let first = codeUnit(text, at: text.startIndex)
        let second = text.startIndex + 6
        if UTF16.isLeadSurrogate(first), second + 6 <= text.endIndex,
            text[second] == UInt8(ascii: "\\"), text[second + 1] == UInt8(ascii: "u")
        {
            let low = codeUnit(text, at: second)
            if UTF16.isTrailSurrogate(low) {
                let value = 0x10000 + (UInt32(first) - 0xd800) << 10 + (UInt32(low) - 0xdc00)
                return (Unicode.Scalar(value) ?? "\u{fffd}", 12)
            }
        }
        return (Unicode.Scalar(UInt32(first)) ?? "\u{fffd}", 6)
    }

    private static func codeUnit(_ text: ArraySlice<UInt8>, at start: Int) -> UInt16 {
        text[start + 2..<start + 6].reduce(0) { $0 << 4 | (hexDigit($1) ?? 0) }
    }
}
