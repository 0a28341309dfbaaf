public import Foundation

/// A server program of the system with a folder of its own, which goes with it.
public final class ServerProgram: Sendable {
    private let server: LoopbackServer
    /// What it serves, and where it keeps its own files.
    public let folder: URL
    /// The ports that it accepts at.
    public var ports: [Int] { server.ports }

    /// Starts a program and waits until it accepts connections.
    ///
    /// - Parameters:
    ///   - command: Program and arguments; `@PORT1@` … and `@FOLDER@` are filled in.
    ///   - ports: How many ports it listens at.
    ///   - files: Texts by path in the folder; one whose name ends in `.in` is filled in likewise.
    /// - Throws: ``LoopbackServer/StartFailure``, or what the system says.
    public init(_ command: [String], ports: Int, files: [String: String] = [:]) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("simagent-server-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in files {
            let file = folder.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Programs/serve.py").path
        do {
            server = try LoopbackServer(
                script: script, arguments: ["\(ports)", folder.path] + command)
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }

    /// Ends the program at once, in whatever it does.
    public func stop() { server.stop() }

    deinit {
        server.stop()
        try? FileManager.default.removeItem(at: folder)
    }
}
