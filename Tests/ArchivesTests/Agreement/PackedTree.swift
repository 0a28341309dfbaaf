import Foundation

/// An archive that another tool made of an odd tree, and what must come out of it; the manifest
/// of `Data/agreement/make.py`.
struct PackedTree: Decodable {
    let archive: String
    /// Where the tree lies that was packed.
    let tree: String
    let entries: [Entry]

    struct Entry: Decodable {
        /// The bytes of the path, in hex.
        let path: String
        let kind: String
        let mode: UInt32
        let seconds: Int64
        let nanoseconds: Int64
        let size: Int64
        let target: String
        /// The name of the same file that came before, if one did.
        let first: String

        var isHardLink: Bool { !first.isEmpty }
    }

    /// Makes trees and archives below a folder.
    static func make(_ trees: Range<Int>, seed: Int, below folder: URL) throws -> [PackedTree] {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Data/agreement/make.py")
        _ = try Tools.run([
            "env", "PYTHONDONTWRITEBYTECODE=1", "python3", script.path, folder.path, "\(seed)",
            "\(trees.lowerBound)", "\(trees.count)",
        ])
        let manifest = try Data(contentsOf: folder.appendingPathComponent("manifest.json"))
        return try JSONDecoder().decode([PackedTree].self, from: manifest)
    }
}

/// The bytes of a string of hex digits.
func bytes(ofHex text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var high: UInt8?
    for digit in text.utf8 {
        let value = digit < 0x3a ? digit - 0x30 : digit - 0x57
        if let first = high {
            bytes.append(first << 4 | value)
            high = nil
        } else {
            high = value
        }
    }
    return bytes
}
