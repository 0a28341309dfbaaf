import LocatedJSON

/// A JSON text as Go's `encoding/json` takes it, with the words of Go's errors.
enum GoJSON {
    /// Which of the two readers of Go.
    enum Reader {
        /// `json.Decoder.Decode`: text behind the first value is passed over.
        case stream
        /// `json.Unmarshal`: nothing may follow the value.
        case whole
    }

    /// Why Go refuses a text, in its own words.
    struct Fault: Error {
        let text: String
        let location: JSONLocation?
    }

    /// The root of a text; Go nests no deeper than 10,000.
    static func parse(_ text: [UInt8], as reader: Reader) throws(Fault) -> JSONValue {
        let document: JSONDocument
        do throws(JSONSyntaxError) {
            document = try JSONDocument(parsing: text, limits: JSONLimits(maxDepth: 10_000))
        } catch {
            throw Fault(text: words(error, in: text, reader), location: error.location)
        }
        if document.hasByteOrderMark {
            throw Fault(
                text: "invalid character 'ï' looking for beginning of value",
                location: document.location(ofOffset: 0))
        }
        if reader == .whole, let offset = document.trailingOffset {
            throw Fault(
                text: "invalid character \(quoted(text[offset])) after top-level value",
                location: document.location(ofOffset: offset))
        }
        return document.root
    }

    /// Go's words for a syntax error.
    static func words(_ error: JSONSyntaxError, in text: [UInt8], _ reader: Reader) -> String {
        let offset = error.location.offset
        func invalid(_ context: String) -> String {
            let byte = offset < text.count ? text[offset] : 0
            return "invalid character \(quoted(byte)) \(context)"
        }
        switch error.reason {
        case .unexpectedEnd:
            if reader == .whole { return "unexpected end of JSON input" }
            return text.allSatisfy { [0x20, 0x09, 0x0a, 0x0d].contains($0) }
                ? "EOF" : "unexpected EOF"
        case .unexpectedByte(_, let expected):
            switch expected {
            case .value: return invalid("looking for beginning of value")
            case .memberName, .memberNameOrEnd:
                return invalid("looking for beginning of object key string")
            case .colon: return invalid("after object key")
            case .commaOrObjectEnd: return invalid("after object key:value pair")
            case .commaOrArrayEnd: return invalid("after array element")
            case .literal: return invalid(literal(before: offset, in: text))
            case .end: return invalid("after top-level value")
            case .digit: return invalid("in numeric literal")
            case .hexDigit: return invalid("in \\u hexadecimal character escape")
            }
        case .controlCharacterInString: return invalid("in string literal")
        case .invalidEscape: return invalid("in string escape code")
        case .tooDeep: return "exceeded max depth"
        case .tooLong(let maxBytes): return "the text is longer than \(maxBytes) bytes"
        case .notUTF8: return invalid("looking for beginning of value")
        }
    }

    /// Go's name of a kind of value.
    static func name(_ kind: JSONValue.Kind) -> String {
        kind == .null ? "null" : "\(kind)"
    }

    /// `in literal null (expecting 'u')`, from the letters that were right.
    private static func literal(before offset: Int, in text: [UInt8]) -> String {
        for word in ["true", "false", "null"] {
            let letters = Array(word.utf8)
            for length in stride(from: letters.count - 1, through: 1, by: -1)
            where offset >= length
                && text[offset - length..<offset].elementsEqual(letters[..<length])
            {
                return "in literal \(word) (expecting \(quoted(letters[length])))"
            }
        }
        return "looking for beginning of value"
    }

    /// A byte as Go's `quoteChar` shows it.
    private static func quoted(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "'"): return "'\\''"
        case UInt8(ascii: "\\"): return "'\\\\'"
        case 0x0a: return "'\\n'"
        case 0x0d: return "'\\r'"
        case 0x09: return "'\\t'"
        case 0x20..<0x7f, 0xa1...: return "'\(Unicode.Scalar(byte))'"
        default:
            let digits = String(byte, radix: 16)
            return byte < 0x80
                ? "'\\x\(digits.count == 1 ? "0" : "")\(digits)'" : "'\\u00\(digits)'"
        }
    }
}

extension JSONValue {
    /// The members as Go fills a map: of equal names the last value, in the order of the text.
    var goMap: [JSONMember] { Self.goMap(of: [self]) }

    /// The members of several maps as Go fills one with them.
    static func goMap(of maps: [JSONValue]) -> [JSONMember] {
        var filled = GoMap<JSONMember>()
        for map in maps {
            for member in map.members { filled.set(member, for: member.name) }
        }
        return filled.values
    }

    /// The values of a field of a Go struct, in the order of the text; names match in any case.
    func goFields(_ name: String) -> [JSONValue] {
        members.filter { $0.name.lowercased() == name && $0.value.kind != .null }.map(\.value)
    }
}
