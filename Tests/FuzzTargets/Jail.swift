public import ConfinedFiles
import Glibc

/// A directory to unpack into, in a folder where nothing else may change.
public final class Jail {
    private let root: String
    /// Where archives are unpacked.
    public let directory: ConfinedDirectory
    private let outer: ConfinedDirectory
    private let canary: FileStatus?

    /// A jail below a folder, which should be in memory.
    public init(below folder: String = "/dev/shm") throws {
        root = "\(folder)/fuzz-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        outer = try ConfinedDirectory(opening: root, makingWith: 0o700)
        try outer.makeDirectory(at: Array("in".utf8)[...], mode: 0o755)
        directory = try ConfinedDirectory(opening: root + "/in")
        let untouched = Array("untouched".utf8)
        let file = try outer.createFile(at: Array("canary".utf8)[...], mode: 0o600)
        try file.write(untouched.span)
        try file.close()
        canary = try outer.status(at: Array("canary".utf8)[...])
    }

    deinit {
        try? clear()
        for name in ["canary", "archive"] { try? outer.removeFile(at: Array(name.utf8)[...]) }
        try? outer.removeDirectory(at: Array("in".utf8)[...])
        unsafe rmdir(root)
    }

    /// Writes the archive, and gives its path.
    func write(_ archive: [UInt8]) throws -> String {
        let name = Array("archive".utf8)
        if try outer.status(at: name[...]) != nil { try outer.removeFile(at: name[...]) }
        let file = try outer.createFile(at: name[...], mode: 0o600)
        try file.write(archive.span)
        try file.close()
        return root + "/archive"
    }

    /// What was touched outside of the directory.
    func faults() throws -> [String] {
        let names = try outer.names().map {
            String(decoding: $0, as: UTF8.self)
        }
        var faults: [String] = []
        if Set(names) != ["in", "canary", "archive"] { faults.append("outside: \(names)") }
        let now = try outer.status(at: Array("canary".utf8)[...])
        let text = try outer.readFile(at: Array("canary".utf8)[...], limit: 100)
        if now != canary || text != Array("untouched".utf8) { faults.append("canary: \(text)") }
        return faults
    }

    /// The paths in the directory with what each is.
    func tree() throws -> [String] {
        var tree: [String] = []
        try visit([], into: &tree)
        return tree.sorted()
    }

    private func visit(_ path: [UInt8], into tree: inout [String]) throws {
        for name in try directory.names(in: path[...]) {
            let below = path.isEmpty ? name : path + [UInt8(ascii: "/")] + name
            guard let status = try directory.status(at: below[...]) else { continue }
            let size = status.kind == .file ? status.size : 0
            let text = String(decoding: below, as: UTF8.self)
            tree.append("\(text)\t\(status.kind) \(status.mode) \(size)")
            if status.kind == .directory { try visit(below, into: &tree) }
        }
    }

    /// Removes what was unpacked.
    func clear() throws {
        for name in try directory.names() { try directory.removeTree(at: name[...]) }
    }
}
