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
}
