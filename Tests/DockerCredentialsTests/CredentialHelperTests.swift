import DockerCredentials
import Foundation
import Testing

/// Helpers that do what they should not, and files that are none.
@Suite struct `A hostile helper or file` {
    private func decide(_ config: String, script: String? = nil) throws -> CredentialDecision {
        let sandbox = try SandboxFixture([
            ".docker/config.json": .bytes(Data(config.utf8), mode: nil)
        ])
        var variables: [String: String] = [:]
        if let script {
            let program = sandbox.url.appendingPathComponent("docker-credential-x")
            try Data("#!/bin/sh\n\(script)\n".utf8).write(to: program)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: program.path)
            variables["PATH"] = sandbox.url.path
        }
        let environment = ClientEnvironment(home: sandbox.url.path, variables: variables)
        return DockerPull(behavior: DockerBehavior(), environment: environment)
            .decide(reference: "quay.io/team/app")
    }

    @Test func `whose name is a path is not run`() throws {
        let decision = try decide(#"{"credsStore": "../../bin/evil"}"#)
        #expect(decision.kind == .error)
        #expect(decision.error?.contains("path") == true)
    }

    @Test func `sees the given variables and nothing else`() throws {
        let script = #"echo "{\"Username\":\"${USER-none}\",\"Secret\":\"s\"}""#
        let decision = try decide(#"{"credsStore": "x"}"#, script: script)
        #expect(decision.kind == .basic)
        #expect(decision.username == "none")
    }

    @Test(.timeLimit(.minutes(10))) func `that writes without end is stopped`() throws {
        let script =
            "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done"
        let decision = try decide(#"{"credsStore": "x"}"#, script: script)
        #expect(decision.kind == .error)
        #expect(decision.error?.contains("bytes of output") == true)
    }

    @Test func `nested ten thousand deep is an answer`() throws {
        for depth in [1_000, 9_000, 100_000] {
            let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            let decision = try decide(#"{"x": \#(text), "auths": {"quay.io": {"auth": "dTpw"}}}"#)
            #expect(decision.kind == (depth < 10_000 ? .basic : .anonymous))
        }
    }
}
