import Foundation

/// Other programs that read or write archives.
enum Tools {
    /// Runs a program found on PATH and gives what it printed.
    static func run(_ arguments: [String], input: [UInt8] = []) throws -> [UInt8] {
        let process = Process()
        let result = Pipe()
        // A file, not a pipe: a tool that ends without reading must not end the tests by SIGPIPE.
        let source = FileManager.default.temporaryDirectory
            .appendingPathComponent("tool-input-\(UUID().uuidString)")
        try Data(input).write(to: source)
        defer { try? FileManager.default.removeItem(at: source) }
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: source)
        process.standardOutput = result
        try process.run()
        let output = try result.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ToolFailed(arguments: arguments) }
        return Array(output)
    }

    struct ToolFailed: Error {
        let arguments: [String]
    }
}
