/// A place in a JSON text.
public struct JSONLocation: Sendable, Hashable, Comparable {
    /// Bytes from the start of the text.
    public let offset: Int
    /// The line, from 1.
    public let line: Int
    /// The column in Unicode scalars, from 1.
    public let column: Int

    /// Whether `left` stands before `right`.
    public static func < (left: JSONLocation, right: JSONLocation) -> Bool {
        left.offset < right.offset
    }
}

extension JSONLocation {
    /// Counts lines and columns of `text` up to `offset`; takes time in proportion to it.
    init(offset: Int, in text: [UInt8]) {
        let end = min(offset, text.count)
        var line = 1
        var lineStart = 0
        for index in 0..<end where text[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = index + 1
        }
        self.init(offset: offset, line: line, lineStart: lineStart, in: text)
    }

    init(offset: Int, line: Int, lineStart: Int, in text: [UInt8]) {
        self.offset = offset
        self.line = line
        // Continuation bytes of UTF-8 add no column.
        column = 1 + text[lineStart..<min(offset, text.count)].count { $0 & 0xc0 != 0x80 }
    }
}
