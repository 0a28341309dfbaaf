import ConfinedFiles
import Foundation
import Testing

@Suite struct `A confined directory` {
    let scratch: URL
    let root: URL
    let directory: ConfinedDirectory

    init() throws {
        scratch = FileManager.default.temporaryDirectory
            .appendingPathComponent("confined-\(UUID().uuidString)")
        root = scratch.appendingPathComponent("root")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        directory = try ConfinedDirectory(opening: root.path)
    }

    private func bytes(_ path: String) -> ArraySlice<UInt8> { Array(path.utf8)[...] }

    private func remove() { try? FileManager.default.removeItem(at: scratch) }

    @Test func `makes files, directories and links, and tells what they are`() throws {
        defer { remove() }
        try directory.makeDirectories(at: bytes("a/b/c"), mode: 0o755)
        let file = try directory.createFile(at: bytes("a/b/x"), mode: 0o600)
        try file.write(Array("hello".utf8).span)
        file.setTime(FileTime(seconds: 1_500_000_000, nanoseconds: 7))
        try file.close()
        try directory.makeSymlink(at: bytes("a/l"), target: Array("b/x".utf8))
        try directory.makeHardLink(at: bytes("a/h"), target: bytes("a/b/x"))
        let status = try #require(try directory.status(at: bytes("a/b/x")))
        #expect(status.kind == .file && status.size == 5 && status.mode == 0o600)
        #expect(try directory.status(at: bytes("a/h"))?.isSameFile(as: status) == true)
        #expect(try directory.status(at: bytes("a/l"))?.kind == .symlink)
        #expect(try directory.linkTarget(at: bytes("a/l")) == Array("b/x".utf8))
        #expect(try directory.readFile(at: bytes("a/h"), limit: 5) == Array("hello".utf8))
        #expect(
            try directory.names(in: bytes("a")).map { String(decoding: $0, as: UTF8.self) }
                == ["b", "h", "l"])
    }

    @Test(arguments: ["", "/x", "a//b", "./a", "a/..", "..", "a/../b", "a/"])
    func `refuses a path that is not plain`(_ path: String) throws {
        defer { remove() }
        #expect(throws: ConfinedFilesError.self) {
            _ = try directory.createFile(at: bytes(path), mode: 0o600)
        }
    }

    @Test func `does not go through a link, wherever it leads`() throws {
        defer { remove() }
        try FileManager.default.createDirectory(
            at: root.appendingPathComponent("inside"), withIntermediateDirectories: true)
        for (name, target) in [("out", scratch.path), ("in", "inside")] {
            try FileManager.default.createSymbolicLink(
                atPath: root.appendingPathComponent(name).path, withDestinationPath: target)
            #expect(throws: ConfinedFilesError.self) {
                _ = try directory.createFile(at: bytes("\(name)/x"), mode: 0o600)
            }
            #expect(throws: ConfinedFilesError.self) {
                try directory.makeDirectories(at: bytes("\(name)/x"), mode: 0o700)
            }
            #expect(throws: ConfinedFilesError.self) {
                _ = try directory.createFile(at: bytes(name), mode: 0o600)
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["root"])
    }

    @Test func `removes a tree, closed directories and links included, and nothing behind them`()
        throws
    {
        defer { remove() }
        let outside = scratch.appendingPathComponent("outside")
        try Data("kept".utf8).write(to: outside)
        try directory.makeDirectories(at: bytes("t/closed/deep"), mode: 0o755)
        try directory.makeSymlink(at: bytes("t/l"), target: Array(outside.path.utf8))
        try directory.makeSymlink(at: bytes("t/up"), target: Array("../..".utf8))
        try directory.setMode(0, ofDirectory: bytes("t/closed"))
        try directory.removeTree(at: bytes("t"))
        #expect(try directory.names() == [])
        #expect(try Data(contentsOf: outside) == Data("kept".utf8))
        try directory.removeTree(at: bytes("missing"))
    }

    @Test func `removes a tree of a hundred levels`() throws {
        defer { remove() }
        let path = Array(repeating: "d", count: 100).joined(separator: "/")
        try directory.makeDirectories(at: bytes(path), mode: 0o700)
        try directory.removeTree(at: bytes("d"))
        #expect(try directory.names() == [])
    }
}
