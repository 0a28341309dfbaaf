import DockerCredentials
import Foundation
import Testing
import Vocabulary

/// What a credential helper may not do: hang, flood, leave children behind, starve its callers.
@Suite struct `A credential helper with limits` {
    private let sandbox: SandboxFixture

    init() throws {
        sandbox = try SandboxFixture([
            ".docker/config.json": .bytes(Data(#"{"credsStore": "x"}"#.utf8), mode: nil)
        ])
    }

    private func decide(
        _ script: String, limits: HelperLimits = HelperLimits(), host: String = "quay.io"
    ) throws -> CredentialDecision {
        try sandbox.write(program: "docker-credential-x", "#!/bin/sh\n\(script)\n")
        var environment = sandbox.environment(["PATH": "/usr/bin:/bin"])
        environment.variables["PATH"] = "\(sandbox.programs.path):/usr/bin:/bin"
        environment.helperLimits = limits
        return DockerPull(behavior: DockerBehavior(), environment: environment).decide(host: host)
    }

    private func waitUntilGone(_ process: pid_t) -> Bool {
        for _ in 0..<500 {
            if kill(process, 0) != 0 { return true }
            usleep(20_000)
        }
        return false
    }

    private func writtenProcess(_ name: String) throws -> pid_t {
        let file = sandbox.url.appendingPathComponent(name)
        let text = try String(contentsOf: file, encoding: .utf8)
        return try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    @Test(.timeLimit(.minutes(10))) func `is killed with its children when the time is over`()
        throws
    {
        let script = """
            sleep 300 & echo $! > "$HOME/child"
            echo $$ > "$HOME/self"
            wait
            """
        let limits = HelperLimits(timeout: .milliseconds(1_500))
        let decision = try decide(script, limits: limits)
        #expect(decision.kind == .error)
        #expect(
            decision.error
                == "error getting credentials - err: no answer within 1.5 seconds, killed, out: ``")
        #expect(waitUntilGone(try writtenProcess("self")))
        #expect(waitUntilGone(try writtenProcess("child")))
    }

    @Test(.timeLimit(.minutes(10))) func `does not hold its caller by a child that lives on`()
        throws
    {
        let script = """
            sleep 300 & echo $! > "$HOME/child"
            echo '{"Username": "u", "Secret": "s"}'
            """
        let decision = try decide(script)
        #expect(decision.username == "u")
        #expect(waitUntilGone(try writtenProcess("child")))
    }

    @Test(.timeLimit(.minutes(10))) func `is killed when nobody wants its answer any more`() throws
    {
        let limits = HelperLimits(isCancelled: { true })
        let decision = try decide("sleep 300", limits: limits)
        #expect(decision.error?.contains("interrupted, killed") == true)
    }

    @Test(.timeLimit(.minutes(10))) func `may not write more than its limit, on either output`()
        throws
    {
        for output in ["1", "2"] {
            let script = "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa >&\(output); done"
            let decision = try decide(script, limits: HelperLimits(maxOutputBytes: 100_000))
            #expect(decision.error?.contains("more than 100000 bytes of output, killed") == true)
        }
    }

    @Test func `may answer as much as its limit at once`() throws {
        let secret = String(repeating: "s", count: 300_000)
        let file = sandbox.url.appendingPathComponent("answer")
        try Data(#"{"Username": "u", "Secret": "\#(secret)"}"#.utf8).write(to: file)
        let decision = try decide(#"cat "$HOME/answer""#)
        #expect(decision.secret?.reveal().count == 300_000)
    }

    @Test func `may go without reading its key`() throws {
        for _ in 0..<20 {
            #expect(try decide("exit 3").error?.contains("exit status 3") == true)
        }
    }

    @Test func `has no terminal, no blocked signal and no open file but three`() throws {
        let script = """
            for FILE in /proc/$$/fd/?; do [ -e $FILE ] && FILES="$FILES ${FILE##*/}"; done
            BLOCKED=$(sed -n 's/^SigBlk:[^0-9a-f]*//p' /proc/$$/status)
            SESSION=$(cut -d' ' -f6 /proc/$$/stat)
            [ "$SESSION" = $$ ] && SESSION=own
            echo "{\\"Username\\": \\"$FILES/$BLOCKED/$SESSION\\", \\"Secret\\": \\"s\\"}"
            """
        // The shell itself keeps its script open, under a number of two or three digits.
        #expect(try decide(script).username == " 0 1 2/0000000000000000/own")
    }

    @Test func `that is asked for a key longer than a pipe is not run`() throws {
        let host = String(repeating: "a", count: 1 << 20)
        let decision = try decide("echo '{}'", host: host)
        #expect(decision.kind == .error)
        #expect((decision.error?.utf8.count ?? 0) < 1_000)
    }

    @Test(.timeLimit(.minutes(10))) func `answers although callers hold every thread of the pool`()
        async
    {
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<32 {
                group.addTask {
                    (try? SandboxFixture.answer("u")) == "u"
                }
            }
            for await isAnswered in group { #expect(isAnswered) }
        }
    }
}

extension SandboxFixture {
    /// The user that a helper of a sandbox of its own answers.
    static func answer(_ user: String) throws -> String? {
        let sandbox = try SandboxFixture([
            ".docker/config.json": .bytes(Data(#"{"credsStore": "x"}"#.utf8), mode: nil)
        ])
        try sandbox.write(
            program: "docker-credential-x",
            "#!/bin/sh\necho '{\"Username\": \"\(user)\", \"Secret\": \"s\"}'\n")
        return DockerPull(behavior: DockerBehavior(), environment: sandbox.environment([:]))
            .decide(host: "quay.io").username
    }

    /// Writes a program into the folder that is the PATH of ``environment(_:)``.
    func write(program name: String, _ text: String) throws {
        try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
        let program = programs.appendingPathComponent(name)
        try Data(text.utf8).write(to: program)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: program.path)
    }
}
