/// One value on the tape: its kind, its bytes, and where the next sibling stands.
struct JSONNode: Sendable {
    var kind: JSONValue.Kind
    /// Whether a string holds a backslash; then its bytes are not its value.
    var hasEscapes = false
    /// The first byte of the value's text.
    var start: UInt32
    /// The byte behind the value's text.
    var end: UInt32
    /// The index of the node behind this value and all that it holds.
    var next: UInt32
}

/// RFC 8259 as a loop without recursion: depth costs no stack, whatever a text claims.
///
/// The tape holds a value's node and then those of its parts; a member is the node of its name
/// followed by the node of its value.
struct JSONParser {
    struct Fault: Error {
        let reason: JSONSyntaxError.Reason
        let offset: Int
    }

    private(set) var nodes: [JSONNode] = []
    private(set) var position: Int
    private let limits: JSONLimits
    private var open: [Int] = []

    init(position: Int, limits: JSONLimits) {
        self.position = position
        self.limits = limits
    }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09
    }

    mutating func parse(_ text: Span<UInt8>) throws(Fault) {
        try parseValueStart(text)
        while let container = open.last {
            if nodes[container].kind == .object {
                try parseObjectPart(text, of: container)
            } else {
                try parseArrayPart(text, of: container)
            }
        }
    }

    private mutating func parseObjectPart(
        _ text: Span<UInt8>, of container: Int
    ) throws(Fault) {
        let isFirst = nodes.count == container + 1
        var byte = try nextByte(text)
        if byte == UInt8(ascii: "}") { return close(container) }
        if !isFirst {
            guard byte == UInt8(ascii: ",") else {
                throw unexpected(byte, .commaOrObjectEnd)
            }
            position += 1
            byte = try nextByte(text)
        }
        guard byte == UInt8(ascii: "\"") else {
            throw unexpected(byte, isFirst ? .memberNameOrEnd : .memberName)
        }
        try parseString(text)
        let colon = try nextByte(text)
        guard colon == UInt8(ascii: ":") else { throw unexpected(colon, .colon) }
        position += 1
        try parseValueStart(text)
    }

    private mutating func parseArrayPart(_ text: Span<UInt8>, of container: Int) throws(Fault) {
        let byte = try nextByte(text)
        if byte == UInt8(ascii: "]") { return close(container) }
        if nodes.count > container + 1 {
            guard byte == UInt8(ascii: ",") else { throw unexpected(byte, .commaOrArrayEnd) }
            position += 1
        }
        try parseValueStart(text)
    }

    private mutating func close(_ container: Int) {
        position += 1
        nodes[container].end = UInt32(position)
        nodes[container].next = UInt32(nodes.count)
        open.removeLast()
    }

    private mutating func parseValueStart(_ text: Span<UInt8>) throws(Fault) {
        let byte = try nextByte(text)
        switch byte {
        case UInt8(ascii: "{"): try openContainer(.object)
        case UInt8(ascii: "["): try openContainer(.array)
        case UInt8(ascii: "\""): try parseString(text)
        case UInt8(ascii: "t"): try parseLiteral(text, "true", .bool)
        case UInt8(ascii: "f"): try parseLiteral(text, "false", .bool)
        case UInt8(ascii: "n"): try parseLiteral(text, "null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try parseNumber(text)
        default: throw unexpected(byte, .value)
        }
    }

    private mutating func openContainer(_ kind: JSONValue.Kind) throws(Fault) {
        guard open.count < limits.maxDepth else {
            throw Fault(reason: .tooDeep(maxDepth: limits.maxDepth), offset: position)
        }
        open.append(nodes.count)
        append(kind, from: position, to: position)
        position += 1
    }

    private mutating func append(
        _ kind: JSONValue.Kind, from start: Int, to end: Int, hasEscapes: Bool = false
    ) {
        nodes.append(
            JSONNode(
                kind: kind, hasEscapes: hasEscapes, start: UInt32(start), end: UInt32(end),
                next: UInt32(nodes.count + 1)))
    }

    private mutating func parseString(_ text: Span<UInt8>) throws(Fault) {
        let start = position
        var index = position + 1
        var hasEscapes = false
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "\"") {
                append(.string, from: start, to: index + 1, hasEscapes: hasEscapes)
                position = index + 1
                return
            }
            if byte < 0x20 { throw Fault(reason: .controlCharacterInString(byte), offset: index) }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                index = try skipEscape(text, at: index)
            } else {
                index += 1
            }
        }
        throw Fault(reason: .unexpectedEnd, offset: text.count)
    }

    private func skipEscape(_ text: Span<UInt8>, at backslash: Int) throws(Fault) -> Int {
        guard backslash + 1 < text.count else {
            throw Fault(reason: .unexpectedEnd, offset: text.count)
        }
        switch text[backslash + 1] {
        case UInt8(ascii: "u"):
            for index in backslash + 2..<backslash + 6 {
                guard index < text.count else {
                    throw Fault(reason: .unexpectedEnd, offset: text.count)
                }
                guard hexDigit(text[index]) != nil else {
                    throw Fault(
                        reason: .unexpectedByte(text[index], expected: .hexDigit), offset: index)
                }
            }
            return backslash + 6
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return backslash + 2
        case let byte:
            throw Fault(reason: .invalidEscape(byte), offset: backslash + 1)
        }
    }

    private mutating func parseLiteral(
        _ text: Span<UInt8>, _ literal: StaticString, _ kind: JSONValue.Kind
    ) throws(Fault) {
        let start = position
        for index in 0..<literal.utf8CodeUnitCount {
            guard start + index < text.count else {
                throw Fault(reason: .unexpectedEnd, offset: text.count)
            }
            let wanted = unsafe literal.utf8Start[index]
            guard text[start + index] == wanted else {
                throw Fault(
                    reason: .unexpectedByte(text[start + index], expected: .literal),
                    offset: start + index)
            }
        }
        position = start + literal.utf8CodeUnitCount
        append(kind, from: start, to: position)
    }

    private mutating func parseNumber(_ text: Span<UInt8>) throws(Fault) {
        var index = position
        if text[index] == UInt8(ascii: "-") { index += 1 }
        if index < text.count, text[index] == UInt8(ascii: "0") {
            index += 1
        } else {
            index = try skipDigits(text, from: index)
        }
        if index < text.count, text[index] == UInt8(ascii: ".") {
            index = try skipDigits(text, from: index + 1)
        }
        if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == 0x2d {
                index += 1
            }
            index = try skipDigits(text, from: index)
        }
        append(.number, from: position, to: index)
        position = index
    }

    private func skipDigits(_ text: Span<UInt8>, from start: Int) throws(Fault) -> Int {
        var index = start
        while index < text.count, text[index] &- 0x30 < 10 { index += 1 }
        guard index > start else {
            guard start < text.count else {
                throw Fault(reason: .unexpectedEnd, offset: text.count)
            }
            throw Fault(reason: .unexpectedByte(text[start], expected: .digit), offset: start)
        }
        return index
    }

    private mutating func nextByte(_ text: Span<UInt8>) throws(Fault) -> UInt8 {
        while position < text.count, Self.isBlank(text[position]) { position += 1 }
        guard position < text.count else {
            throw Fault(reason: .unexpectedEnd, offset: text.count)
        }
        return text[position]
    }

    private func unexpected(_ byte: UInt8, _ expected: JSONSyntaxError.Expectation) -> Fault {
        Fault(reason: .unexpectedByte(byte, expected: expected), offset: position)
    }
}

/// The value of a hexadecimal digit, `nil` for any other byte.
func hexDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
}
