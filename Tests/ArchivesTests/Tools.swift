import Foundation

/// Other programs that read or write archives.
enum Tools {
    /// Runs a program found on PATH and gives what it printed.
    static func run(_ arguments: [String], input: [UInt8] = []) throws -> [UInt8] {
        let process = Process()
        let (source, result) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardInput = source
        process.standardOutput = result
        try process.run()
        // Small inputs only: they fit into the pipe.
        try source.fileHandleForWriting.write(contentsOf: Data(input))
        try source.fileHandleForWriting.close()
        let output = try result.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ToolFailed(arguments: arguments) }
        return Array(output)
    }

    struct ToolFailed: Error {
        let arguments: [String]
    }
}
