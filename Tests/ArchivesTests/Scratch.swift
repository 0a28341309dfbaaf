import ConfinedFiles
import Foundation

/// A directory to unpack into, with a neighbour that must stay as it is; both go with their owner.
final class Scratch {
    let url: URL
    let directory: ConfinedDirectory

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("archives-test-\(UUID().uuidString)")
        let inside = url.appendingPathComponent("in")
        try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
        try Data("untouched".utf8).write(to: url.appendingPathComponent("canary"))
        directory = try ConfinedDirectory(opening: inside.path)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// Whether nothing but the directory and the canary is there.
    var neighbourIsUntouched: Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        let canary = try? String(
            contentsOf: url.appendingPathComponent("canary"), encoding: .utf8)
        return Set(names).isSubset(of: ["in", "canary", "archive"]) && canary == "untouched"
    }

    /// The paths in the directory, sorted, each with what it is: contents, target or `/`.
    func tree() throws -> [String: String] {
        let inside = url.appendingPathComponent("in")
        var tree: [String: String] = [:]
        let names = FileManager.default.enumerator(atPath: inside.path)
        while let name = names?.nextObject() as? String {
            let path = inside.appendingPathComponent(name).path
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            switch attributes[.type] as? FileAttributeType {
            case .typeDirectory: tree[name] = "/"
            case .typeSymbolicLink:
                tree[name] =
                    try "-> " + FileManager.default.destinationOfSymbolicLink(atPath: path)
            default:
                tree[name] = String(
                    decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
            }
        }
        return tree
    }

    /// A line for each path with its kind, mode and size, and what a file or a link holds; names
    /// may be any bytes.
    func listing(of path: [UInt8] = []) throws -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for name in try directory.names(in: path[...]) {
            let child = path.isEmpty ? name : path + [UInt8(ascii: "/")] + name
            guard let status = try directory.status(at: child[...]) else { continue }
            var line = child + Array(" \(status.kind) \(status.mode) ".utf8)
            switch status.kind {
            case .file where status.size < 1 << 20:
                line += try directory.readFile(at: child[...], limit: 1 << 20)
            case .file: line += Array("\(status.size)".utf8)
            case .symlink: line += try directory.linkTarget(at: child[...])
            case .directory: lines += try listing(of: child)
            case .special: break
            }
            lines.append(line)
        }
        return lines
    }
}
