import ConfinedFiles
import Fetcher
import Foundation
import Testing
import Vocabulary

@Suite struct `The behaviour of a Mesos` {
    struct PropertyCase: Decodable, Sendable, CustomTestStringConvertible {
        struct Step: Decodable, Sendable {
            let version: String
            let value: String
        }

        let property: String
        let at: [Step]
        var testDescription: String { property }
    }

    @Test(arguments: try cases("versions", of: PropertyCase.self))
    func `changes with the releases that changed it`(_ example: PropertyCase) throws {
        for step in example.at {
            let version = try #require(MesosVersion(step.version))
            let properties = Mirror(reflecting: MesosBehavior(version)).children
            let value = try #require(properties.first { $0.label == example.property }?.value)
            #expect("\(value)" == step.value, "\(step.version)")
        }
    }

    @Test func `has no property without a row`() throws {
        let rows = try cases("versions", of: PropertyCase.self).map(\.property)
        let properties = Mirror(reflecting: MesosBehavior()).children.compactMap(\.label)
        #expect(Set(properties) == Set(rows + ["version"]))
    }
}

@Suite struct `What Mesos would do otherwise` {
    struct FindingCase: Decodable, Sendable, CustomTestStringConvertible {
        struct Request: Decodable, Sendable {
            let uri: String
            let extract: Bool?
            let executable: Bool?
            let cache: Bool?
            let outputFile: String?
        }

        let version: String
        let requests: [Request]
        let user: String?
        let ids: [String]
        var testDescription: String { "\(version) \(requests.map(\.uri))" }
    }

    @Test(arguments: try cases("findings", of: FindingCase.self))
    func `is told for every request`(_ example: FindingCase) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("findings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = FetchOptions()
        options.behavior = MesosBehavior(try #require(MesosVersion(example.version)))
        options.user = example.user
        let stop = Cancellation()
        stop.cancel()
        options.cancellation = stop
        let requests = example.requests.map {
            ArtifactRequest(
                uri: $0.uri, extract: $0.extract ?? true, executable: $0.executable ?? false,
                cache: $0.cache ?? false, outputFile: $0.outputFile)
        }
        let outcome = ArtifactFetcher(
            into: try ConfinedDirectory(opening: folder.path), options: options
        ).fetchAll(requests)
        #expect(outcome.findings.map(\.id).filter { $0 != "F01" }.sorted() == example.ids)
        let known = Set(FetchRules.all.map(\.id))
        for finding in outcome.findings {
            #expect(known.contains(finding.id) || finding.id.hasPrefix("L-"))
            #expect(!finding.message.contains("pw@") && !finding.message.contains("=12"))
        }
    }
}
