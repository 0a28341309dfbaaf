import LocatedJSON
import Testing

@Suite struct `A JSON text` {
    private func document(_ text: String) throws -> JSONDocument {
        try JSONDocument(parsing: Array(text.utf8))
    }

    @Test func `keeps order, duplicates and the place of every value`() throws {
        let root = try document("{\n  \"b\": [1, -2.5e3],\n  \"a\": null, \"b\": true\n}").root
        #expect(root.members.map(\.name) == ["b", "a", "b"])
        let list = try #require(root.members.first { $0.name == "b" }?.value)
        #expect(list.elements.map(\.numberText) == ["1", "-2.5e3"])
        #expect(list.location.line == 2 && list.location.column == 8)
        #expect(root["b"]?.boolValue == true)
        let last = try #require(root["b"])
        #expect(last.location.line == 3 && last.location.column == 19)
        #expect(root.document.line(2) == "  \"b\": [1, -2.5e3],")
    }

    @Test func `counts columns in scalars, not in bytes`() throws {
        let value = try #require(try document("[\"é😀\", 7]").root.elements.map { $0 }.last)
        #expect(value.location.column == 8)
    }

    @Test(arguments: [
        (#""a\nb\/\"\\""#, "a\nb/\"\\"), (#""\u00e9\ud83d\ude00""#, "é😀"),
        (#""\ud83d!""#, "\u{fffd}!"), (#""\ude00""#, "\u{fffd}"), (#""""#, ""),
        (#""\ud83d\u0041""#, "\u{fffd}A"),
    ])
    func `resolves escapes`(_ text: String, _ value: String) throws {
        #expect(try document(text).root.stringValue == value)
    }

    @Test func `keeps bytes that are no UTF-8`() throws {
        let root = try JSONDocument(parsing: [0x22, 0xe9, 0x22]).root
        #expect(root.stringBytes == [0xe9])
        #expect(root.stringValue == "\u{fffd}")
    }

    @Test(arguments: [
        ("", 1, 1, "the text is empty"),
        ("{\"a\":\n }", 2, 2, "unexpected '}', expected a value"),
        ("{\"a\" 1}", 1, 6, "unexpected '1', expected ':'"),
        ("{\"a\":1,}", 1, 8, "unexpected '}', expected a member name in quotes"),
        ("{a:1}", 1, 2, "unexpected 'a', expected a member name in quotes or '}'"),
        ("[1 2]", 1, 4, "unexpected '2', expected ',' or ']'"),
        ("[1,]", 1, 4, "unexpected ']', expected a value"),
        ("[tru]", 1, 5, "unexpected ']', expected true, false or null"),
        ("\"a\u{1}\"", 1, 3, "byte 0x01 inside a string must be escaped"),
        ("\"\\x\"", 1, 3, "'x' cannot follow a backslash"),
        ("\"\\u12G4\"", 1, 6, "unexpected 'G', expected a hexadecimal digit"),
        ("[01]", 1, 3, "unexpected '1', expected ',' or ']'"),
        ("-", 1, 2, "the text ends in the middle of a value"),
        ("{\"a\": [1, 2", 1, 12, "the text ends in the middle of a value"),
    ])
    func `says where it is broken`(_ text: String, line: Int, column: Int, words: String) throws {
        let error = try #require(throws: JSONSyntaxError.self) { try document(text) }
        #expect(error.location.line == line && error.location.column == column)
        #expect(error.description == words)
    }

    @Test func `tells what stands around its value`() throws {
        let document = try JSONDocument(parsing: [0xef, 0xbb, 0xbf] + Array("{} \n x".utf8))
        #expect(document.hasByteOrderMark)
        #expect(document.endOffset == 5)
        #expect(document.trailingOffset == 8)
    }

    @Test func `is refused when it is too deep, without reading on`() throws {
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100 << 20)
        let error = try #require(throws: JSONSyntaxError.self) { try JSONDocument(parsing: deep) }
        #expect(error.reason == .tooDeep(maxDepth: 1_000))
        #expect(error.location.column == 1_001)
    }
}
