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
                let bytes = try? JSONSerialization.data(withJSONObject: text)
            else { return nil }
            return Case(
                number: number, text: Array(bytes),
                features: row["features"] as? [String] ?? ["secrets"], violations: violations,
                lints: row["lints"] as? [String] ?? [])
        }
    }()

    @Test func `are a table`() {
        #expect(Self.cases.count == 83)
    }

    @Test(arguments: cases)
    func `refuse and advise as they should`(_ row: Case) {
        var features = MarathonFeatures()
        features.secrets = row.features.contains("secrets")
        let definition = MarathonDefinition(
            parsing: row.text, file: "case.json", features: features)
        let found = definition.violations.map { "\($0.id) \($0.path)" }
        #expect(Set(found) == Set(row.violations))
        #expect(found.count == row.violations.count)
        let lints = Set(definition.findings.map { "\($0.id) \($0.path ?? "")" })
        #expect(lints.isSuperset(of: row.lints), "\(lints)")
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
