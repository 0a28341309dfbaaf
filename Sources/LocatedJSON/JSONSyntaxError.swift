/// Why a text is not JSON, or more than the reader takes.
public struct JSONSyntaxError: Error, Sendable, Hashable {
    /// What is wrong.
    public enum Reason: Sendable, Hashable {
        /// The text ends inside a value; an empty or blank text ends before it.
        case unexpectedEnd
        /// A byte that cannot stand here; what the grammar wants at this place.
        case unexpectedByte(UInt8, expected: Expectation)
        /// A control character that a string must escape.
        case controlCharacterInString(UInt8)
        /// A backslash followed by something that is no escape.
        case invalidEscape(UInt8)
        /// More nested arrays and objects than the limit.
        case tooDeep(maxDepth: Int)
        /// A longer text than the limit.
        case tooLong(maxBytes: Int)
        /// The text begins with the byte order mark of UTF-16 or UTF-32.
        case notUTF8
    }

    /// What the grammar wants where a byte does not fit; named after the texts of Go's decoder.
    public enum Expectation: String, Sendable, Hashable {
        /// Any value.
        case value = "a value"
        /// A string as the name of a member, or the object's end.
        case memberNameOrEnd = "a member name in quotes or '}'"
        /// A string as the name of a member (after a comma).
        case memberName = "a member name in quotes"
        /// The colon after a name.
        case colon = "':'"
        /// A comma, or the object's end.
        case commaOrObjectEnd = "',' or '}'"
        /// A comma, or the array's end.
        case commaOrArrayEnd = "',' or ']'"
        /// The rest of `true`, `false` or `null`.
        case literal = "true, false or null"
        /// Nothing: the value is whole (for readers that allow no text behind it).
        case end = "the end of the text"
        /// A digit of a number.
        case digit = "a digit"
        /// A hexadecimal digit of an escape.
        case hexDigit = "a hexadecimal digit"
    }

    /// What is wrong.
    public let reason: Reason
    /// Where.
    public let location: JSONLocation

    /// A fault at a place; for readers that are stricter than the parser.
    public init(reason: Reason, location: JSONLocation) {
        self.reason = reason
        self.location = location
    }
}

extension JSONSyntaxError: CustomStringConvertible {
    /// One line without place: `unexpected '}', expected a value`.
    public var description: String {
        switch reason {
        case .unexpectedEnd where location.offset == 0: "the text is empty"
        case .unexpectedEnd: "the text ends in the middle of a value"
        case .unexpectedByte(let byte, let expected):
            "unexpected \(Self.shown(byte)), expected \(expected.rawValue)"
        case .controlCharacterInString(let byte):
            "\(Self.shown(byte)) inside a string must be escaped"
        case .invalidEscape(let byte): "\(Self.shown(byte)) cannot follow a backslash"
        case .tooDeep(let maxDepth): "more than \(maxDepth) nested arrays and objects"
        case .tooLong(let maxBytes): "the text is longer than \(maxBytes) bytes"
        case .notUTF8: "the text is UTF-16 or UTF-32; save it as UTF-8"
        }
    }

    private static func shown(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\n"): "a line end"
        case UInt8(ascii: "\t"): "a tab"
        case 0x20...0x7e: "'\(Character(Unicode.Scalar(byte)))'"
        default: "byte 0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
        }
    }
}
