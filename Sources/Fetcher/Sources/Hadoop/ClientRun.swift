import Subprocess
import SystemPackage
import Vocabulary

/// A run of a client program: what it wrote, and how it ended.
struct ClientRun: Sendable {
    /// The beginning of its standard output and its standard error.
    var output = ""
    var errors = ""
    /// The status as `wait` gives it, which is how Mesos prints it; 127 << 8 where nothing ran.
    var status: Int32 = 127 << 8
    /// Why it was not started; in words of the system.
    var problem: String?
    /// Whether it had to be killed.
    var wasKilled = false

    private enum Reason { case mayNotGoOn }
    private typealias Watch = ProcessWatch<Reason, ClientRun>

    /// How much of each output is kept.
    private static let maxOutputBytes = 64 << 10

    /// Runs a program to its end, with an empty standard input and in a session of its own.
    ///
    /// Fetching is synchronous and swift-subprocess is not: the calling thread waits, and the rest
    /// runs at a priority whose threads (the pool has its own for each) never wait for it.
    ///
    /// - Parameters:
    ///   - program: Its path.
    ///   - arguments: Its arguments, without its own name.
    ///   - environment: Its whole environment.
    ///   - mayGoOn: Asked ten times a second; `false` kills the program and its children.
    /// - Returns: What came of it.
    static func of(
        _ program: String, _ arguments: [String], environment: [String: String],
        while mayGoOn: () -> Bool
    ) -> ClientRun {
        let watch = Watch()
        Task.detached(priority: .utility) {
            watch.finish(await run(program, arguments, environment, watch))
        }
        while !watch.hasEnded(within: .milliseconds(100)) {
            if !mayGoOn() {
                watch.end(.mayNotGoOn)
                break
            }
        }
        let (outcome, reason) = watch.result
        var ended = outcome ?? ClientRun(problem: "it does not end")
        ended.wasKilled = reason != nil
        return ended
    }

    private static func run(
        _ program: String, _ arguments: [String], _ environment: [String: String],
        _ watch: Watch
    ) async -> ClientRun {
        // A program that was written a moment ago may still be open in another process.
        for _ in 0..<50 {
            do {
                return try await start(program, arguments, environment, watch)
            } catch let error as SubprocessError where error.underlyingError == .textFileBusy {
                try? await Task.sleep(for: .milliseconds(20))
            } catch let error as SubprocessError {
                return ClientRun(problem: error.underlyingError?.description ?? error.description)
            } catch {
                return ClientRun(problem: "\(error)")
            }
        }
        return ClientRun(problem: Errno.textFileBusy.description)
    }

    private static func start(
        _ program: String, _ arguments: [String], _ variables: [String: String],
        _ watch: Watch
    ) async throws -> ClientRun {
        var environment: [Environment.Key: String] = [:]
        for (name, value) in variables { environment[.init(stringLiteral: name)] = value }
        var options = PlatformOptions()
        // Its group can be killed as a whole, and it cannot stop us at the terminal.
        options.createSession = true
        let result = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments),
            environment: .custom(environment), platformOptions: options,
            input: .none, output: .sequence, error: .sequence
        ) { execution in
            watch.started(execution.processIdentifier.value)
            async let errors = beginning(of: execution.standardError)
            let output = try await beginning(of: execution.standardOutput)
            return (output: output, errors: try await errors)
        }
        var run = ClientRun()
        (run.output, run.errors) = result.closureResult
        switch result.terminationStatus {
        case .exited(let status): run.status = status << 8
        case .signaled(let signal): run.status = signal
        }
        return run
    }

    /// Reads a stream to its end: a client that is not read from would not end.
    private static func beginning(of stream: SubprocessOutputSequence) async throws -> String {
        var bytes: [UInt8] = []
        for try await buffer in stream where bytes.count < maxOutputBytes {
            unsafe buffer.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        }
        return String(decoding: bytes.prefix(maxOutputBytes), as: UTF8.self)
    }
}
