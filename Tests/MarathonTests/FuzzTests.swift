import Foundation
import Marathon
import Testing

@Suite struct `Reading a hostile definition` {
    @Test func `ends soon for brackets without end`() {
        let text = [UInt8](repeating: UInt8(ascii: "["), count: 100 << 20)
        let definition = MarathonDefinition(parsing: text, file: "deep.json")
        #expect(definition.violations.map(\.id) == ["J-SYNTAX"])
    }

    @Test func `follows a thousand nested groups`() {
        var text = #"{"id": "/g""#
        for _ in 0..<1_000 { text += #", "groups": [{"id": "g""# }
        text += #", "apps": [{"id": "a", "cmd": "run"}]"#
        for _ in 0..<1_000 { text += "}]" }
        text += "}"
        let definition = MarathonDefinition(parsing: Array(text.utf8), file: "deep.json")
        #expect(definition.isValid)
        #expect(definition.tasks.first?.id.hasSuffix("/g/g/a") == true)
    }
}
