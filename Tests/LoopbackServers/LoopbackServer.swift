import Foundation

/// A real server on loopback, started on a free port and stopped by its process id.
///
/// The script prints `PORT n` once it accepts, and ends when its standard input does: it does not
/// outlive a test run that crashed.
public final class LoopbackServer: Sendable {
    private let process: Process
    private let input: Pipe
    /// The port that the system chose.
    public let port: Int

    /// Starts a Python script and waits until it accepts connections.
    ///
    /// - Parameters:
    ///   - script: The script's path.
    ///   - arguments: What the script understands.
    /// - Throws: ``StartFailure``, or what the system says.
    public init(script: String, arguments: [String] = []) throws {
        process = Process()
        input = Pipe()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script] + arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = ""
        while !line.hasSuffix("\n") {
            let bytes = output.fileHandleForReading.availableData
            guard !bytes.isEmpty else { throw StartFailure(script: script) }
            line += String(decoding: bytes, as: UTF8.self)
        }
        guard let number = line.split(separator: " ").last.flatMap({ Int($0.dropLast()) }) else {
            throw StartFailure(script: script)
        }
        port = number
    }

    deinit {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// The server did not come up.
    public struct StartFailure: Error {
        /// The script's path.
        public let script: String
    }
}
