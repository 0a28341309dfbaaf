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

    /// A line for each path with its kind, size and mode, and a file's contents or their length.
    func listing() throws -> [String] {
        let inside = url.appendingPathComponent("in")
        var lines: [String] = []
        let names = FileManager.default.enumerator(atPath: inside.path)
        while let name = names?.nextObject() as? String {
            let path = inside.appendingPathComponent(name).path
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let size = attributes[.size] as? Int ?? 0
            let kind = attributes[.type] as? FileAttributeType
            let mode = attributes[.posixPermissions] as? Int ?? 0
            var line = "\(name) \(kind?.rawValue ?? "?") \(mode)"
            if kind == .typeRegular {
                line += " \(size)"
                if size < 1 << 20, let data = FileManager.default.contents(atPath: path) {
                    // FNV-1a: Data's own hash looks at the first bytes alone.
                    line +=
                        " \(data.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 })"
                }
            } else if kind == .typeSymbolicLink {
                line += try " " + FileManager.default.destinationOfSymbolicLink(atPath: path)
            }
            lines.append(line)
        }
        return lines.sorted()
    }
}
