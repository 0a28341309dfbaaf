/// A value of a ``JSONDocument``: a view, cheap to copy, that keeps the document alive.
public struct JSONValue: Sendable {
    /// What JSON knows.
    public enum Kind: UInt8, Sendable {
        case null
        case bool
        case number
        case string
        case array
        case object

        /// The kind in words: `a string`, `an object`, `null`.
        public var phrase: String {
            switch self {
            case .null: "null"
            case .bool: "true or false"
            case .number: "a number"
            case .string: "a string"
            case .array: "an array"
            case .object: "an object"
            }
        }
    }

    /// The document that it is part of.
    public let document: JSONDocument
    let index: Int

    private var node: JSONNode { document.nodes[index] }

    /// What it is.
    public var kind: Kind { node.kind }

    /// The bytes of its text in the document, quotes and braces included.
    public var range: Range<Int> { Int(node.start)..<Int(node.end) }

    /// Where its text begins.
    public var location: JSONLocation { document.location(ofOffset: Int(node.start)) }

    /// `true` or `false`, `nil` for any other kind.
    public var boolValue: Bool? {
        node.kind == .bool ? document.text[Int(node.start)] == UInt8(ascii: "t") : nil
    }

    /// A number as it is written, `nil` for any other kind; whoever reads it rounds by own rules.
    public var numberText: String? {
        node.kind == .number ? String(decoding: document.text[range], as: UTF8.self) : nil
    }

    /// The elements of an array in order; empty for any other kind.
    public var elements: Elements {
        let isArray = node.kind == .array
        return Elements(
            document: document, position: index + 1, end: isArray ? Int(node.next) : index + 1)
    }

    /// The members of an object in order, duplicates kept; empty for any other kind.
    public var members: Members {
        let isObject = node.kind == .object
        return Members(
            document: document, position: index + 1, end: isObject ? Int(node.next) : index + 1)
    }

    /// The value of the last member called `name`, as most decoders choose among duplicates.
    public subscript(name: String) -> JSONValue? {
        var found: JSONValue?
        for member in members where member.name == name { found = member.value }
        return found
    }

    /// Whether an array or object holds nothing; `true` for any other kind.
    public var isEmpty: Bool { Int(node.next) == index + 1 }

    /// The elements of an array.
    public struct Elements: Sequence, IteratorProtocol, Sendable {
        let document: JSONDocument
        var position: Int
        let end: Int

        /// The next element.
        public mutating func next() -> JSONValue? {
            guard position < end else { return nil }
            let value = JSONValue(document: document, index: position)
            position = Int(document.nodes[position].next)
            return value
        }
    }

    /// The members of an object.
    public struct Members: Sequence, IteratorProtocol, Sendable {
        let document: JSONDocument
        var position: Int
        let end: Int

        /// The next member.
        public mutating func next() -> JSONMember? {
            guard position < end else { return nil }
            let member = JSONMember(
                nameValue: JSONValue(document: document, index: position),
                value: JSONValue(document: document, index: position + 1))
            position = Int(document.nodes[position + 1].next)
            return member
        }
    }
}

/// A member of an object.
public struct JSONMember: Sendable {
    /// The name as a value, for its place.
    public let nameValue: JSONValue
    /// What it names.
    public let value: JSONValue

    /// The name; broken UTF-8 and lone surrogates are U+FFFD.
    public var name: String { nameValue.stringValue ?? "" }
}
