import Foundation
import Marathon
import Testing
import Vocabulary

@Suite struct `A definition` {
    struct Index: Decodable {
        let samples: [Sample]
    }

    struct Sample: Decodable, Sendable, CustomTestStringConvertible {
        let file: String
        let form: String
        let runs: [Run]
        let lints: [String]?
        var testDescription: String { file }
    }

    struct Run: Decodable, Sendable {
        let features: [String]
        let valid: Bool
        let violations: [Expected]
        let results: [Result]?
    }

    struct Expected: Decodable, Hashable, Sendable {
        let id: String
        let path: String
    }

    struct Result: Decodable, Sendable {
        let id: String
        let containerType: String?
        let fetch: [Fetch]?
        let image: String?
        let forcePull: Bool?
        let pullSecret: PullSecret?
        let envSecrets: [String: PullSecret]?
        let secretVolumes: [SecretVolume]?
        let dependencies: [String]?
    }

    struct SecretVolume: Decodable, Hashable, Sendable {
        let containerPath: String
        let reference: String
        let source: String
        let inSpace: Bool
    }

    struct Fetch: Decodable, Hashable, Sendable {
        let uri: String
        let extract: Bool
        let executable: Bool
        let cache: Bool
        let outputFile: String?
    }

    struct PullSecret: Decodable, Hashable, Sendable {
        let reference: String
        let source: String
        let inSpace: Bool
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Data")

    static let samples: [Sample] = {
        let data = try? Data(contentsOf: folder.appendingPathComponent("index.json"))
        return data.flatMap { try? JSONDecoder().decode(Index.self, from: $0).samples } ?? []
    }()

    @Test func `has a table of samples`() {
        #expect(Self.samples.count == 15)
    }

    @Test(arguments: samples)
    func `gives what Marathon makes of it`(_ sample: Sample) throws {
        let text = try Data(contentsOf: Self.folder.appendingPathComponent(sample.file))
        for run in sample.runs {
            var features = MarathonFeatures()
            features.secrets = run.features.contains("secrets")
            let definition = MarathonDefinition(
                parsing: Array(text), file: sample.file, features: features)
            let place: Comment = "\(sample.file) with \(run.features)"
            #expect(definition.form.rawValue == sample.form, place)
            #expect(definition.isValid == run.valid, place)
            let violations = definition.violations.map { Expected(id: $0.id, path: $0.path) }
            #expect(Set(violations) == Set(run.violations), place)
            for (task, result) in zip(definition.tasks, run.results ?? []) {
                #expect(task.id == result.id, place)
                #expect(task.image == result.image, place)
                #expect(task.containerizer?.rawValue == result.containerType, place)
                if result.image != nil { #expect(task.forcePull == result.forcePull, place) }
                #expect(task.dependencies == result.dependencies ?? [], place)
                let variables = task.environmentSecrets.mapValues {
                    PullSecret(
                        reference: $0.reference, source: $0.source, inSpace: $0.isInSpace)
                }
                #expect(variables == result.envSecrets ?? [:], place)
                let files = task.secretVolumes.map {
                    SecretVolume(
                        containerPath: $0.containerPath, reference: $0.secret.reference,
                        source: $0.secret.source, inSpace: $0.secret.isInSpace)
                }
                #expect(files == result.secretVolumes ?? [], place)
                let fetch = task.artifacts.map {
                    Fetch(
                        uri: $0.uri, extract: $0.extract, executable: $0.executable,
                        cache: $0.cache, outputFile: $0.outputFile)
                }
                #expect(fetch == result.fetch ?? [], place)
                let secret = task.pullSecret.map {
                    PullSecret(
                        reference: $0.reference, source: $0.source, inSpace: $0.isInSpace)
                }
                #expect(secret == result.pullSecret, place)
            }
            #expect(definition.tasks.count == (run.results ?? []).count, place)
            let lints = Set(
                definition.findings.flatMap { [$0.id, "\($0.id) \($0.path ?? "")"] })
            if run.features.contains("secrets") || sample.runs.count == 1 {
                #expect(lints.isSuperset(of: sample.lints ?? []), place)
            }
            #expect(definition.violations.allSatisfy { $0.location != nil }, place)
        }
    }
}
