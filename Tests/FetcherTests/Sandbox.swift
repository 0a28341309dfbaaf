import ConfinedFiles
import Fetcher
import Foundation
import LoopbackServers
import Testing

/// A place for fetches: a folder with what is fetched, one for the cache, and a sandbox for each
/// task; all of it goes with its owner.
final class FetchPlace: Sendable {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("fetch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("source"), withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func cache(_ capacity: UInt64 = 2 << 30, revalidates: Bool = false) throws -> FetchCache {
        try FetchCache(
            at: folder.appendingPathComponent("cache").path, capacity: capacity,
            revalidates: revalidates)
    }

    /// Writes a file that can be fetched, and gives its path.
    @discardableResult
    func source(_ name: String, _ text: String, mode: Int = 0o644) throws -> String {
        let file = folder.appendingPathComponent("source/\(name)")
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: file.path)
        return file.path
    }

    /// Packs a plain tar with one executable member, as Mesos' tests do, whatever it is called.
    func tar(_ name: String, member: String, _ text: String) throws -> String {
        let inside = folder.appendingPathComponent("in-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
        let file = inside.appendingPathComponent(member)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: file.path)
        let archive = folder.appendingPathComponent("source/\(name)").path
        try run(["tar", "-C", inside.path, "-cf", archive, member])
        return archive
    }

    func run(_ words: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(words)")
    }

    /// A server for what can be fetched; it remembers every request.
    func server() throws -> LoopbackServer {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Servers/file-server.py").path
        return try LoopbackServer(
            script: script, arguments: [folder.appendingPathComponent("source").path])
    }

    /// What the server was asked, `GET /a`.
    func requests(to server: LoopbackServer) throws -> [String] {
        let request = ArtifactRequest(uri: "http://127.0.0.1:\(server.port)/log")
        let log = try task("log-\(UUID().uuidString)", [request]).text("log")
        return try JSONDecoder().decode([String].self, from: Data(log.utf8))
    }

    /// Runs one task in a sandbox of its own.
    func task(
        _ name: String, _ requests: [ArtifactRequest], cache: FetchCache? = nil,
        _ change: (inout FetchOptions) -> Void = { _ in }
    ) throws -> Task {
        let path = folder.appendingPathComponent(name).path
        let directory = try ConfinedDirectory(opening: path, makingWith: 0o755)
        var options = FetchOptions()
        options.cache = cache
        change(&options)
        let outcome = ArtifactFetcher(into: directory, options: options).fetchAll(requests)
        return Task(path: path, directory: directory, outcome: outcome)
    }

    /// A task that has run.
    struct Task {
        let path: String
        let directory: ConfinedDirectory
        let outcome: FetchOutcome

        /// All files and folders, sorted.
        func names() throws -> [String] {
            try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
        }

        func text(_ name: String) throws -> String {
            try String(contentsOfFile: path + "/" + name, encoding: .utf8)
        }

        func exists(_ name: String) -> Bool {
            FileManager.default.fileExists(atPath: path + "/" + name)
        }

        func isExecutable(_ name: String) throws -> Bool {
            let mode = try directory.status(at: Array(name.utf8)[...])?.mode
            return try #require(mode) & 0o111 != 0
        }
    }
}
