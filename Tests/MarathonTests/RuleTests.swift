import Foundation
import Marathon
import Testing
import Vocabulary

@Suite struct `Marathon's rules` {
    struct Case: Sendable, CustomTestStringConvertible {
        let number: String
        let text: [UInt8]
        let features: [String]
        let violations: [String]
        let lints: [String]
        var testDescription: String { number }
    }

    static let cases: [Case] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Data/rules.json")
        let data = (try? Data(contentsOf: file)) ?? Data()
        let rows = (try? JSONSerialization.jsonObject(with: data)) as? [[String: Any]] ?? []
        return rows.compactMap { row in
            guard let number = row["no"] as? String, let text = row["text"],
                let violations = row["violations"] as? [String],
                let bytes = try? JSONSerialization.data(withJSONObject: text, options: .sortedKeys)
            else { return nil }
            return Case(
                number: number, text: Array(bytes),
                features: row["features"] as? [String] ?? ["secrets"], violations: violations,
                lints: row["lints"] as? [String] ?? [])
        }
    }()

    @Test func `are a table`() {
        #expect(Self.cases.count == 220)
    }

    @Test(arguments: cases)
    func `refuse and advise as they should`(_ row: Case) {
        var features = MarathonFeatures()
        features.secrets = false
        for feature in row.features {
            let isKnown = features.set(feature, to: true)
            #expect(isKnown)
        }
        let definition = MarathonDefinition(
            parsing: row.text, file: "case.json", features: features)
        let found = definition.violations.map { "\($0.id) \($0.path)" }
        #expect(Set(found) == Set(row.violations))
        #expect(found.count == row.violations.count)
        let lints = Set(definition.findings.map { "\($0.id) \($0.path ?? "")" })
        for lint in row.lints {
            // `!L-SPACE` forbids it anywhere, `!L-SPACE /env` at that path.
            guard lint.hasPrefix("!") else {
                #expect(lints.contains(lint), "\(lint) in \(lints)")
                continue
            }
            let wanted = lint.dropFirst()
            let isThere = lints.contains { found in
                wanted.contains(" ") ? found == wanted : found.hasPrefix(wanted + " ")
            }
            #expect(!isThere, "\(lint) in \(lints)")
        }
        #expect(definition.violations.allSatisfy { $0.location != nil })
    }

    @Test(arguments: cases)
    func `say nothing that the catalogue does not know`(_ row: Case) {
        let known = Set(DefinitionRules.all.map(\.id))
        let definition = MarathonDefinition(parsing: row.text, file: "case.json")
        for id in definition.violations.map(\.id) + definition.findings.map(\.id) {
            #expect(known.contains(id), "\(id)")
        }
    }

    @Test func `have ids of their own in the catalogue`() {
        let ids = DefinitionRules.all.map(\.id)
        #expect(Set(ids).count == ids.count)
    }
}
