import Foundation
import Testing

@Suite struct `simagent image` {
    @Test func `answers with the fields of the table, for every example in it`() throws {
        let table = BuiltProgram.checkout.appendingPathComponent(
            "Tests/DockerCredentialsTests/Data/image-references.json")
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: table))
        let rows = try #require((object as? [String: Any])?["vectors"] as? [[String: Any]])
        for row in rows.enumerated().filter({ $0.offset % 9 == 0 }).map(\.element) {
            let input = try #require(row["input"] as? String)
            let result = try BuiltProgram.run(
                ["image", "--docker", "28.2.2", "--format", "json", "--", input])
            #expect(result.status == (row["valid"] as? Bool == true ? 0 : 1), "\(input)")
            let answer = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
            let wanted = try JSONSerialization.data(withJSONObject: row, options: .sortedKeys)
            let given = try JSONSerialization.data(withJSONObject: answer, options: .sortedKeys)
            #expect(given == wanted, "\(input): \(result.output)")
        }
    }

    @Test func `explains a reference to a person`() throws {
        let result = try BuiltProgram.run(["image", "ubuntu"])
        #expect(result.status == 0)
        #expect(result.output.contains("https://index.docker.io/v1/"))
    }

    @Test func `says what is wrong with one that is none`() throws {
        let result = try BuiltProgram.run(["image", "quay.io/Team/app"])
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("repository name (Team/app) must be lowercase"))
    }
}

@Suite struct `simagent findings` {
    @Test func `lists every rule with all of its words`() throws {
        let result = try BuiltProgram.run(["findings", "--format", "json"])
        let rules = try JSONDecoder().decode(
            [[String: String]].self, from: Data(result.output.utf8))
        #expect(rules.count >= 77)
        #expect(Set(rules.compactMap { $0["id"] }).count == rules.count)
        for rule in rules {
            #expect(Set(rule.keys) == ["id", "severity", "title", "what", "why", "advice"])
            #expect(rule.values.allSatisfy { !$0.isEmpty }, "\(rule)")
        }
    }

    @Test func `explains one`() throws {
        let result = try BuiltProgram.run(["findings", "k01"])
        #expect(result.status == 0)
        #expect(result.output.hasPrefix("K01 error: no entry for the registry"))
    }

    @Test func `knows no other`() throws {
        let result = try BuiltProgram.run(["findings", "Z99"])
        #expect(result.status == 64)
        #expect(result.errors.contains("Z99"))
    }
}
