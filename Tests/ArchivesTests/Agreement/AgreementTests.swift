import Archives
import Foundation
import Testing

/// 320 odd trees, each packed by GNU tar, bsdtar and Python in all their dialects: 4,480 archives.
///
/// `Data/agreement/make.py` lets those tools read the archives too, and fails where one of them
/// does not see what must come out here.
@Suite struct `Archives of odd trees` {
    static let seed = 20_231_114
    static let share = 40

    @Test(arguments: 0..<8)
    func `are listed and unpacked as GNU tar, bsdtar and Python made and read them`(part: Int)
        throws
    {
        let scratch = try Scratch()
        let folder = scratch.url.appendingPathComponent("archive")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let trees = part * Self.share..<(part + 1) * Self.share
        let packed = try PackedTree.make(trees, seed: Self.seed, below: folder)
        #expect(packed.count == Self.share * 14)
        for (number, tree) in packed.enumerated() {
            var differences = try Self.differencesInList(of: tree)
            differences += try Self.differencesOnDisk(of: tree, number: number)
            guard let first = differences.first else { continue }
            let name = URL(fileURLWithPath: tree.archive).lastPathComponent
            Issue.record("\(name), seed \(Self.seed): \(differences.count), as: \(first)")
        }
    }

    private static func differencesInList(of tree: PackedTree) throws -> [String] {
        var members: [TarMember] = []
        try readArchive(at: tree.archive) { members.append($0) }
        guard members.count == tree.entries.count else {
            return ["\(members.count) members are listed, not \(tree.entries.count)"]
        }
        var differences: [String] = []
        for (member, entry) in zip(members, tree.entries) {
            var name = member.name
            if member.kind == .directory, name.last == UInt8(ascii: "/") { name.removeLast() }
            let kind = entry.isHardLink ? "hardlink" : entry.kind
            let target = entry.isHardLink ? entry.first : entry.target
            let isFile = kind == "file"
            let isSame =
                name == bytes(ofHex: entry.path) && member.kind.rawValue == kind
                && member.mode == entry.mode && member.mtime == entry.seconds
                && Int64(member.mtimeNanoseconds) == entry.nanoseconds
                && (!isFile || member.size == entry.size)
                && member.target == bytes(ofHex: target)
            if !isSame {
                differences.append(
                    "\(entry) is listed as \(String(decoding: name, as: UTF8.self)),"
                        + " \(member.kind), mode \(member.mode), \(member.size) bytes, time"
                        + " \(member.mtime) and \(member.mtimeNanoseconds)")
            }
        }
        return differences
    }

    private static func differencesOnDisk(of tree: PackedTree, number: Int) throws -> [String] {
        let scratch = try Scratch()
        let summary = try unpack(tree.archive, into: scratch, number: number)
        let into = Array(scratch.url.appendingPathComponent("in").path.utf8) + [0x2f]
        var differences: [String] = []
        var inodes: [String: UInt64] = [:]
        for entry in tree.entries {
            let path = bytes(ofHex: entry.path)
            let found = FileOnDisk(into + path)
            if let found { inodes[entry.path] = found.inode }
            let source = Array(tree.tree.utf8) + [0x2f] + path
            if let difference = difference(of: entry, from: found, at: into + path, source) {
                differences.append("\(String(decoding: path, as: UTF8.self)): \(difference)")
            }
            if entry.isHardLink, inodes[entry.first] != inodes[entry.path] {
                differences.append("\(entry) is another file")
            }
        }
        if summary.skipped.count != tree.entries.count(where: { $0.kind == "fifo" }) {
            differences.append("skipped: \(summary.skipped)")
        }
        if !scratch.neighbourIsUntouched { differences.append("the neighbour was touched") }
        return differences
    }

    private static func difference(
        of entry: PackedTree.Entry, from found: FileOnDisk?, at path: [UInt8], _ source: [UInt8]
    ) -> String? {
        guard let found else { return entry.kind == "fifo" ? nil : "is not there" }
        guard found.kind == entry.kind else { return "is a \(found.kind), not a \(entry.kind)" }
        let time = (found.seconds, found.nanoseconds)
        guard time == (entry.seconds, entry.nanoseconds) else {
            return "has time \(time), not \((entry.seconds, entry.nanoseconds))"
        }
        if entry.kind == "symlink" {
            return found.target == bytes(ofHex: entry.target) ? nil : "points elsewhere"
        }
        let minimum: UInt32 = entry.kind == "directory" ? 0o700 : 0
        let mode = entry.mode & 0o755 & ~FileOnDisk.umask() | minimum
        guard found.mode == mode else {
            return "has mode \(String(found.mode, radix: 8)), not \(String(mode, radix: 8))"
        }
        guard entry.kind == "file" else { return nil }
        guard found.size == entry.size else { return "has \(found.size) bytes" }
        if found.allocated > 4 << 20 { return "takes \(found.allocated) bytes of the disk" }
        return FileOnDisk.haveSameContents(path, source) ? nil : "holds something else"
    }

    /// Unpacks each archive in one of the ways that the library has.
    private static func unpack(
        _ archive: String, into scratch: Scratch, number: Int
    ) throws -> ExtractionSummary {
        let sizes = [7, 512, 65_536, nil, nil]
        guard let pieces = sizes[number % sizes.count] else {
            return try extractArchive(at: archive, into: scratch.directory)
        }
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: archive)))
        return try Samples.extract(bytes, into: scratch, pieces: pieces, named: archive)
    }
}
