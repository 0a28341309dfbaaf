import Foundation
import Marathon
import Testing

/// A generator with a seed, so that a failure can be made again.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

@Suite struct `Reading a hostile definition` {
    /// 200,000 when `SIMAGENT_FUZZ` is set, fewer otherwise.
    static let rounds =
        ProcessInfo.processInfo.environment["SIMAGENT_FUZZ"] == nil ? 4_000 : 200_000

    private static let tokens = [
        "null", "true", "1e999", "-1", "1.5", "\"\"", "[]", "{}", "{\"a\":", "[[", "\"x", "\\u0000",
        "9223372036854775808", "\"secret\":", "\"/\"", ",", ":", "\u{e9}",
    ].map { Array($0.utf8) }

    @Test func `never crashes, whatever is changed in a sample`() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Data")
        let samples = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { $0.first?.isNumber == true }
            .map { Array(try Data(contentsOf: folder.appendingPathComponent($0))) }
        try #require(samples.count == 15)
        var random = SplitMix(state: 7)
        var refused = 0
        for round in 0..<Self.rounds {
            var text = samples[round % samples.count]
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                Self.mutate(&text, &random)
            }
            let definition = MarathonDefinition(parsing: text, file: "fuzz.json")
            if !definition.isValid {
                refused += 1
                #expect(definition.tasks.isEmpty)
            }
        }
        #expect(refused > Self.rounds / 2)
    }

    private static func mutate(_ text: inout [UInt8], _ random: inout SplitMix) {
        guard !text.isEmpty else { return }
        let place = Int.random(in: 0..<text.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: text[place] = UInt8.random(in: 0...255, using: &random)
        case 1: text.remove(at: place)
        case 2:
            text.insert(
                contentsOf: tokens[Int.random(in: 0..<tokens.count, using: &random)], at: place)
        case 3:
            let end = Int.random(in: place...min(place + 40, text.count), using: &random)
            text.insert(contentsOf: Array(text[place..<end]), at: place)
        default: text.removeSubrange(place..<min(place + 20, text.count))
        }
    }

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
