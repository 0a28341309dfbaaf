import DockerCredentials
import Foundation
import Testing
import Vocabulary

/// Files far beyond what anybody needs: an answer or a clear error, in a time that grows with the
/// size and not with its square.
@Suite struct `A huge credentials file` {
    /// A file of about `megabytes` with a login for `quay.io` behind all others.
    static func entries(megabytes: Int) -> [UInt8] {
        var text = Array(#"{"auths": {"#.utf8)
        text.reserveCapacity((megabytes + 1) << 20)
        var number = 0
        while text.count < megabytes << 20 {
            text += #""registry-\#(number).example.com": {"auth": "dXNlcjpzZWNyZXQ="}, "#.utf8
            number += 1
        }
        return text + Array(#""quay.io": {"auth": "dTpw"}}}"#.utf8)
    }

    private func environment(_ text: [UInt8]) -> ClientEnvironment {
        ClientEnvironment(
            home: "/home", read: { $0.hasSuffix(".docker/config.json") ? .bytes(text) : .missing })
    }

    @Test(.timeLimit(.minutes(5))) func `of fifty megabytes is read`() {
        let text = Self.entries(megabytes: 50)
        let decision = DockerPull(behavior: .newest, environment: environment(text))
            .decide(reference: "quay.io/team/app")
        #expect(decision.username == "u")
        #expect(decision.trace.allSatisfy { $0.because.utf8.count < 1_000 })
    }

    @Test(.timeLimit(.minutes(5))) func `of four megabytes is read by every client`() {
        let text = Self.entries(megabytes: 4)
        let seen = environment(text)
        let clients: [any CredentialClient] = [
            DockerBuild(behavior: .newest, environment: seen), MesosPull(secret: text),
            MesosDockerPull(behavior: .newest, environment: seen),
            ContainersImage(environment: seen), OrasPull(environment: seen),
            GoContainerRegistry(environment: seen), KubeletPull(environment: seen),
        ]
        for client in clients {
            let found = client.decide(reference: "quay.io/team/app")
            #expect(found.username == "u", "\(type(of: client))")
            // Nor does a name that is not there fill a screen with those that are.
            let missing = client.decide(reference: "gcr.io/team/app")
            #expect(missing.kind == .anonymous, "\(type(of: client))")
            let longest = missing.trace.map(\.because.utf8.count).max() ?? 0
            #expect(longest < 1_000 && missing.trace.count < 200, "\(type(of: client))")
        }
    }

    @Test(.timeLimit(.minutes(5))) func `of four megabytes is reviewed`() {
        let found = findings(
            aboutText: Self.entries(megabytes: 4), named: "config.json", layout: .config,
            context: ReviewContext(wanted: ["quay.io"], now: 0))
        #expect(found.map(\.id) == ["K09"])
    }

    @Test(.timeLimit(.minutes(5))) func `with a hundred thousand maps of entries is read`() {
        let maps = String(
            repeating: #""auths": {"a": {}}, "credHelpers": {"b": "c"}, "#, count: 100_000)
        let text = Array(#"{\#(maps)"auths": {"quay.io": {"auth": "dTpw"}}}"#.utf8)
        let seen = environment(text)
        #expect(
            DockerPull(behavior: .newest, environment: seen).decide(host: "quay.io").username == "u"
        )
        #expect(ContainersImage(environment: seen).decide(host: "quay.io").username == "u")
    }

    @Test func `beyond what is read at all is an error that says so`() throws {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("huge-\(UUID().uuidString)")
        #expect(FileManager.default.createFile(atPath: file.path, contents: nil))
        defer { try? FileManager.default.removeItem(at: file) }
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: 100 << 20)
        try handle.close()
        guard case .unreadable(let reason) = readFile(file.path) else {
            Issue.record("a sparse file of 100 MiB was read")
            return
        }
        #expect(reason == "File too large")
    }

    @Test(arguments: ["{\"auths\":", "["])
    func `nested ten thousand deep is an answer or an error, for every client`(_ opening: String) {
        for depth in [9_999, 10_001, 1_000_000] {
            let text = Array(String(repeating: opening, count: depth).utf8)
            let seen = environment(text)
            let docker = DockerPull(behavior: .newest, environment: seen).decide(host: "quay.io")
            #expect(docker.kind == .anonymous && docker.reason == "json-syntax")
            for client: any CredentialClient in [
                ContainersImage(environment: seen), OrasPull(environment: seen),
                GoContainerRegistry(environment: seen), MesosPull(secret: text),
            ] {
                #expect(client.decide(host: "quay.io").kind == .error, "\(type(of: client))")
            }
            #expect(KubeletPull(environment: seen).decide(host: "quay.io").kind == .anonymous)
        }
    }
}
