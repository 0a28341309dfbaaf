/// A JSON text with the place of every value, its members in order and duplicates kept.
///
/// The grammar is RFC 8259; what a text holds beyond one value (a byte order mark, text behind
/// it) is told, not judged: every reader of such files has rules of its own. The text is kept, so
/// values are views into it and cost 16 bytes each.
public final class JSONDocument: Sendable {
    /// The text as it was given.
    public let text: [UInt8]
    /// Whether the text begins with the byte order mark of UTF-8 (it is passed over).
    public let hasByteOrderMark: Bool
    /// The first byte that is no blank behind the value, `nil` where nothing follows.
    public let trailingOffset: Int?
    /// The offset just behind the value.
    public let endOffset: Int
    let nodes: [JSONNode]
    private let lineStarts: [Int]
    /// How many continuation bytes of UTF-8 stand before every 4096th byte.
    private let continuations: [Int]
    private static let block = 4_096

    /// Reads the first value of `text`.
    ///
    /// - Parameters:
    ///   - text: Bytes, expected to be UTF-8; broken sequences inside strings are kept.
    ///   - limits: How long and how deep it may be.
    /// - Throws: ``JSONSyntaxError`` with the place of the first fault.
    public init(parsing text: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONSyntaxError) {
        guard text.count <= limits.maxBytes else {
            throw JSONSyntaxError(
                reason: .tooLong(maxBytes: limits.maxBytes),
                location: JSONLocation(offset: limits.maxBytes, in: text))
        }
        let mark = text.starts(with: [0xef, 0xbb, 0xbf])
        if text.starts(with: [0xff, 0xfe]) || text.starts(with: [0xfe, 0xff]) {
            throw JSONSyntaxError(reason: .notUTF8, location: JSONLocation(offset: 0, in: text))
        }
        var parser = JSONParser(position: mark ? 3 : 0, limits: limits)
        do throws(JSONParser.Fault) {
            try parser.parse(text.span)
        } catch {
            throw JSONSyntaxError(
                reason: error.reason, location: JSONLocation(offset: error.offset, in: text))
        }
        self.text = text
        hasByteOrderMark = mark
        nodes = parser.nodes
        endOffset = parser.position
        trailingOffset = text[parser.position...].firstIndex { !JSONParser.isBlank($0) }
        var starts = [0]
        for index in text.indices where text[index] == UInt8(ascii: "\n") {
            starts.append(index + 1)
        }
        lineStarts = starts
        var counts = [0]
        for start in stride(from: 0, to: text.count - text.count % Self.block, by: Self.block) {
            counts.append(
                counts[counts.count - 1]
                    + text[start..<start + Self.block].count { $0 & 0xc0 == 0x80 })
        }
        continuations = counts
    }

    /// The value that the text holds.
    public var root: JSONValue { JSONValue(document: self, index: 0) }

    /// The line and column of a byte; cheap, so it may be asked for every value.
    public func location(ofOffset offset: Int) -> JSONLocation {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        let start = lineStarts[low]
        let end = min(offset, text.count)
        // A text may be one line of megabytes: whole blocks of it are counted already.
        let added = continuations(before: end) - continuations(before: start)
        return JSONLocation(offset: offset, line: low + 1, column: 1 + end - start - added)
    }

    private func continuations(before offset: Int) -> Int {
        let whole = min(offset / Self.block, continuations.count - 1)
        return continuations[whole]
            + text[whole * Self.block..<offset].count { $0 & 0xc0 == 0x80 }
    }

    /// The text of a line, without its end; broken UTF-8 shows as U+FFFD.
    ///
    /// - Parameter line: A line number from 1, as in ``JSONLocation/line``.
    /// - Returns: The line, empty where there is none of that number.
    public func line(_ line: Int) -> String {
        guard lineStarts.indices.contains(line - 1) else { return "" }
        let start = lineStarts[line - 1]
        let end = line < lineStarts.count ? lineStarts[line] - 1 : text.count
        return String(decoding: text[start..<max(start, end)], as: UTF8.self)
    }
}
