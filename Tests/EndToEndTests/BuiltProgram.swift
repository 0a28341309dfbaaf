import Foundation

/// What a run of the built program printed, and how it ended.
struct ProgramResult {
    let status: Int32
    let output: String
    let errors: String
}

/// The program as the build left it, run as a user would.
enum BuiltProgram {
    /// The folder with the products, where the test bundle itself lies.
    static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    /// The root of the checkout.
    static let checkout = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Runs a product to its end, in the checkout and with PATH alone unless told otherwise.
    static func run(
        _ arguments: [String], name: String = "simagent", input: Data = Data(),
        environment: [String: String] = [:], directory: URL = checkout
    ) throws -> ProgramResult {
        try runTool(
            folder.appendingPathComponent(name).path, arguments, input: input,
            environment: environment, directory: directory)
    }

    /// Runs lines of bash in a folder, with the program as `$simagent`.
    static func bash(_ lines: String, in folder: TemporaryFolder) throws -> ProgramResult {
        let program = Self.folder.appendingPathComponent("simagent").path
        return try runTool(
            "bash", ["-c", lines], environment: ["simagent": program], directory: folder.url)
    }

    /// Runs any program by path, or by name on PATH through `env`.
    static func runTool(
        _ program: String, _ arguments: [String], input: Data = Data(),
        environment: [String: String] = [:], directory: URL = checkout
    ) throws -> ProgramResult {
        let scratch = try TemporaryFolder()
        let paths = ["in", "out", "err"].map { scratch.url.appendingPathComponent($0) }
        try input.write(to: paths[0])
        try Data().write(to: paths[1])
        try Data().write(to: paths[2])
        let process = Process()
        let isPath = program.hasPrefix("/")
        process.executableURL = URL(fileURLWithPath: isPath ? program : "/usr/bin/env")
        process.arguments = isPath ? arguments : [program] + arguments
        process.currentDirectoryURL = directory
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        process.environment = ["PATH": path].merging(DeepTesting.sanitizerOptions) { $1 }
            .merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: paths[0])
        process.standardOutput = try FileHandle(forWritingTo: paths[1])
        process.standardError = try FileHandle(forWritingTo: paths[2])
        try process.run()
        process.waitUntilExit()
        return ProgramResult(
            status: process.terminationReason == .exit
                ? process.terminationStatus : -process.terminationStatus,
            output: String(decoding: try Data(contentsOf: paths[1]), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: paths[2]), as: UTF8.self))
    }
}

/// A folder that goes with its owner.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("simagent-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// Writes a file below the folder and gives its path.
    func write(_ name: String, _ text: String) throws -> String {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file.path
    }
}
