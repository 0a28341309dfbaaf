import Foundation

/// A case of `Data/Cases`: an archive that a script there writes, and how it is to be unpacked.
struct ArchiveCase: Decodable, CustomStringConvertible {
    let id: String
    let file: String
    let options: [String]
    let before: [Placed]?
    let fileSize: Int?

    /// Something that is there beforehand.
    struct Placed: Decodable {
        let path: String
    }

    var description: String { id }

    /// The value behind a flag.
    func value(of flag: String) -> String? {
        options.firstIndex(of: flag).map { options[$0 + 1] }
    }

    /// Writes the archives of one script into a folder, and reads the manifest.
    static func generate(_ kind: String, into folder: URL) throws -> [ArchiveCase] {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Data/Cases/generate_\(kind).py")
        let manifest = folder.appendingPathComponent("manifest.json")
        _ = try Tools.run(["python3", script.path, folder.path, "--manifest", manifest.path])
        struct Manifest: Decodable {
            let cases: [ArchiveCase]
        }
        return try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: manifest)).cases
    }
}
