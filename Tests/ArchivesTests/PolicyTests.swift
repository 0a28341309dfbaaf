import Archives
import Testing

@Suite struct `The hardened policy` {
    @Test(arguments: [
        ([TarEntry(file: "../x", size: 0)], "'..'"),
        ([TarEntry(file: "a/../b", size: 0)], "'..'"),
        ([TarEntry(symlink: "s", target: "/etc")], "absolute"),
        ([TarEntry(symlink: "s", target: "../canary")], "leads out"),
        ([TarEntry(symlink: "s", target: "a/../../x")], "'..' behind a name"),
        ([TarEntry(hardLink: "h", target: "../canary")], "leads outside"),
        ([TarEntry(hardLink: "h", target: "missing")], "not there"),
        (
            [
                TarEntry(directory: "d"), TarEntry(symlink: "s", target: "d"),
                TarEntry(file: "s/x", size: 0),
            ], "symbolic link"
        ),
        (
            [TarEntry(file: "f", size: 0), TarEntry(file: "f/x", size: 0)], "is a file"
        ),
        (
            [
                TarEntry(directory: "d"), TarEntry(file: "d/x", size: 0),
                TarEntry(file: "d", size: 0),
            ], "not empty"
        ),
    ])
    func `refuses what could lead outside or means two things`(
        entries: [TarEntry], words: String
    ) throws {
        let scratch = try Scratch()
        let archive = try packTar(entries.map { ($0, []) })
        let error = try #require(throws: ArchiveError.self) {
            try Samples.extract(archive, into: scratch)
        }
        #expect(error.code == .refused)
        #expect(error.description.contains(words))
        #expect(error.membersBefore == entries.count - 1)
        #expect(scratch.neighbourIsUntouched)
    }

    @Test func `takes leading slashes off, and says so`() throws {
        let scratch = try Scratch()
        let summary = try Samples.extract(
            try packTar([(TarEntry(file: "//etc/x", size: 0), [])]), into: scratch)
        #expect(try scratch.tree() == ["etc": "/", "etc/x": ""])
        #expect(summary.notes.count == 1)
    }

    @Test func `unlinks what has the name, so that another name keeps its content`() throws {
        let scratch = try Scratch()
        try Samples.extract(
            try packTar([
                (TarEntry(file: "a", size: 0), Array("old".utf8)),
                (TarEntry(hardLink: "b", target: "a"), []),
                (TarEntry(file: "a", size: 0), Array("new".utf8)),
            ]), into: scratch)
        #expect(try scratch.tree() == ["a": "new", "b": "old"])
    }
}

@Suite struct `The policy of Mesos` {
    @Test func `makes a link that leads out, and writes nothing through it`() throws {
        let scratch = try Scratch()
        let error = try #require(throws: ArchiveError.self) {
            try Samples.extract(
                try packTar([
                    (TarEntry(symlink: "s", target: ".."), []),
                    (TarEntry(file: "s/canary", size: 0), Array("changed".utf8)),
                ]), into: scratch, policy: .mesos)
        }
        #expect(error.code == .refused)
        #expect(try scratch.tree() == ["s": "-> .."])
        #expect(scratch.neighbourIsUntouched)
    }

    @Test func `follows a link that stays inside, and puts a directory in a file's place`()
        throws
    {
        let scratch = try Scratch()
        let summary = try Samples.extract(
            try packTar([
                (TarEntry(directory: "d"), []), (TarEntry(symlink: "s", target: "d"), []),
                (TarEntry(file: "s/x", size: 0), Array("x".utf8)),
                (TarEntry(file: "f", size: 0), []), (TarEntry(file: "f/y", size: 0), []),
            ]), into: scratch, policy: .mesos)
        #expect(
            try scratch.tree() == ["d": "/", "d/x": "x", "s": "-> d", "f": "/", "f/y": ""])
        #expect(summary.members == 5)
    }

    @Test func `takes a file of no bytes for an archive of no members`() throws {
        #expect(try Samples.extract([], into: try Scratch(), policy: .mesos).members == 0)
    }
}
