import Foundation

/// A real server on loopback, started on free ports and stopped by its process id.
///
/// Its script prints `PORT n …` once it accepts, and ends when its standard input does: it does
/// not outlive a test run that crashed.
public final class LoopbackServer: Sendable {
    private let process: Process
    private let input: Pipe
    /// The ports that it accepts at.
    public let ports: [Int]
    /// The first of them.
    public var port: Int { ports[0] }

    /// Starts a Python script and waits until it accepts connections.
    ///
    /// - Parameters:
    ///   - script: The script's path.
    ///   - arguments: What the script understands.
    ///   - interpreter: The Python that runs it.
    /// - Throws: ``StartFailure``, or what the system says.
    public init(
        script: String, arguments: [String] = [], interpreter: String = "python3"
    ) throws {
        process = Process()
        input = Pipe()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [interpreter, script] + arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = ""
        while !line.hasSuffix("\n") {
            let bytes = output.fileHandleForReading.availableData
            guard !bytes.isEmpty else { throw StartFailure(script: script) }
            line += String(decoding: bytes, as: UTF8.self)
        }
        let numbers = line.split { $0.isWhitespace }.dropFirst().map { Int($0) }
        ports = numbers.compactMap { $0 }
        guard !ports.isEmpty, ports.count == numbers.count else {
            throw StartFailure(script: script)
        }
    }

    /// Ends the server at once, in whatever it does.
    public func stop() {
        // Once it was waited for, its number may be another process's.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    deinit {
        stop()
    }

    /// The server did not come up.
    public struct StartFailure: Error {
        /// The script's path.
        public let script: String
    }
}
