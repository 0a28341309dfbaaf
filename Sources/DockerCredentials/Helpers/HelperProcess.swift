import Glibc
import Subprocess
import SystemPackage
import Vocabulary

/// Runs a credential helper: the text on its standard input, its output collected, and no longer
/// than a limit.
///
/// It gets the variables it is given and nothing else, a session of its own, no blocked signal and
/// no open file but its three (swift-subprocess closes the others in the child).
struct HelperProcess {
    let path: String
    let variables: [String: String]
    let limits: HelperLimits

    private typealias Watch = ProcessWatch<HelperRun.End, HelperRun>

    /// Runs it to its end, or to a limit.
    ///
    /// The questions of this library are asked by synchronous code, and swift-subprocess answers
    /// asynchronously. The calling thread therefore waits, keeps the time, and kills; the rest runs
    /// in a task of a priority that nothing else here has, whose threads (the pool has its own for
    /// each priority) are never among those that wait: callers that fill the whole pool of their
    /// own priority do not starve the helpers that they wait for.
    func run(_ action: String, input: [UInt8]) -> HelperRun {
        let watch = Watch()
        Task.detached(priority: .utility) {
            watch.finish(await converse(action, input, watch))
        }
        let clock = ContinuousClock()
        let deadline = clock.now + limits.timeout
        while !watch.hasEnded(within: min(deadline - clock.now, .milliseconds(100))) {
            if limits.isCancelled() {
                watch.end(.cancelled)
            } else if clock.now >= deadline {
                watch.end(.timedOut(limits.timeout))
            } else {
                continue
            }
            break
        }
        let (outcome, verdict) = watch.result
        var run = outcome ?? HelperRun(end: .notStarted("it does not start"))
        if let verdict { run.end = verdict }
        return run
    }

    private func converse(
        _ action: String, _ input: [UInt8], _ watch: Watch
    ) async -> HelperRun {
        // A program that was written a moment ago may still be open in another process.
        for _ in 0..<50 {
            do {
                return try await start(action, input, watch)
            } catch let error as SubprocessError where error.underlyingError == .textFileBusy {
                try? await Task.sleep(for: .milliseconds(20))
            } catch let error as SubprocessError {
                let words = error.underlyingError?.description ?? error.description
                return HelperRun(end: .notStarted(words))
            } catch let error as Errno {
                return HelperRun(end: .notStarted(error.description))
            } catch {
                return HelperRun(end: .notStarted("\(error)"))
            }
        }
        return HelperRun(end: .notStarted(Errno.textFileBusy.description))
    }

    private func start(
        _ action: String, _ input: [UInt8], _ watch: Watch
    ) async throws -> HelperRun {
        var environment: [Environment.Key: String] = [:]
        for (name, value) in variables { environment[.init(stringLiteral: name)] = value }
        var options = PlatformOptions()
        // Its group can be killed as a whole, and it cannot stop us at the terminal.
        options.createSession = true
        let limit = limits.maxOutputBytes
        let result = try await Subprocess.run(
            .path(FilePath(path)), arguments: [action], environment: .custom(environment),
            platformOptions: options,
            input: .fileDescriptor(try Self.filledPipe(input), closeAfterSpawningProcess: true),
            output: .sequence, error: .sequence
        ) { execution in
            watch.started(execution.processIdentifier.value)
            async let errors = Self.collect(execution.standardError, limit, watch)
            let output = try await Self.collect(execution.standardOutput, limit, watch)
            return (output: output, errors: try await errors)
        }
        let (output, errors) = result.closureResult
        switch result.terminationStatus {
        case .exited(let status):
            return HelperRun(output: output, errors: errors, end: .exited(status))
        case .signaled(let signal):
            return HelperRun(output: output, errors: errors, end: .signalled(signal))
        }
    }

    private static func collect(
        _ stream: SubprocessOutputSequence, _ limit: Int, _ watch: Watch
    ) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await buffer in stream {
            unsafe buffer.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
            guard bytes.count <= limit else {
                watch.kill(.tooMuchOutput(maxBytes: limit))
                break
            }
        }
        return bytes
    }

    /// The reading end of a pipe that holds the text and has no writer any more.
    ///
    /// A helper may end without reading its key. The write that then fails with SIGPIPE, which
    /// would end the whole program, is done before anybody could have gone away.
    private static func filledPipe(_ text: [UInt8]) throws -> FileDescriptor {
        let (reader, writer) = try FileDescriptor.pipe(options: .closeOnExec)
        defer { try? writer.close() }
        do {
            // No key of sense is longer than a pipe holds: 64 KiB.
            _ = fcntl(writer.rawValue, F_SETFL, O_NONBLOCK)
            if !text.isEmpty { try writer.writeAll(text) }
        } catch {
            try? reader.close()
            throw error
        }
        return reader
    }
}
