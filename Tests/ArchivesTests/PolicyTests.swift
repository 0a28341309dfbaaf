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

    @Test func `takes a file of no bytes for an archive of no members, and says so`() throws {
        let summary = try Samples.extract([], into: try Scratch(), policy: .mesos)
        #expect(summary.members == 0)
        #expect(
            summary.notes == [
                "the file has no bytes; Mesos takes that for an archive without members"
            ])
    }

    @Test func `says where Mesos would fail, crash or write elsewhere`() throws {
        for (entry, words) in [
            (TarEntry(file: "gr\u{fc}n", size: 0), "MESOS-9393): gr\u{fc}n"),
            (TarEntry(file: "tab\tulator", size: 0), "MESOS-9393): tab\\tulator"),
            (TarEntry(symlink: "s", target: "/etc"), "as Mesos does: s"),
        ] {
            let summary = try Samples.extract(
                try packTar([(entry, [])]), into: try Scratch(), policy: .mesos)
            #expect(summary.notes.contains { $0.hasSuffix(words) }, "\(summary.notes)")
        }
        let plain = try Samples.extract(
            try packTar(Samples.members()), into: try Scratch(), policy: .mesos)
        #expect(plain.notes.isEmpty)
        let error = try #require(throws: ArchiveError.self) {
            try Samples.extract(
                try packTar([
                    (TarEntry(symlink: "s", target: ".."), []),
                    (TarEntry(file: "s/x", size: 0), []),
                ]), into: try Scratch(), policy: .mesos)
        }
        #expect(error.description.contains("Mesos would write there"))
    }

    @Test func `refuses a hard link to itself, which the hardened policy lets be`() throws {
        let archive = try packTar([
            (TarEntry(file: "f", size: 0), Array("text".utf8)),
            (TarEntry(hardLink: "f", target: "f"), []),
        ])
        let scratch = try Scratch()
        try Samples.extract(archive, into: scratch)
        #expect(try scratch.tree() == ["f": "text"])
        let error = try #require(throws: ArchiveError.self) {
            try Samples.extract(archive, into: scratch, policy: .mesos)
        }
        #expect(error.description.contains("a hard link to itself"))
        #expect(try scratch.tree() == ["f": "text"])
    }

    @Test func `says that Mesos would not notice a wrong checksum`() throws {
        var archive = try packTar(Samples.members())
        archive[archive.count - 8] ^= 1
        let error = try #require(throws: ArchiveError.self) {
            try Samples.extract(archive, into: try Scratch(), policy: .mesos)
        }
        #expect(error.summary.notes.contains { $0.contains("would not notice") })
        let hardened = try #require(throws: ArchiveError.self) {
            try Samples.extract(archive, into: try Scratch())
        }
        #expect(hardened.summary.notes.isEmpty)
    }

    #if BZip2 && XZ
    @Test func `names the program that an agent needs for bzip2 and xz`() throws {
        for program in ["bzip2", "xz"] {
            let summary = try Samples.extract(
                try Samples.compressed(by: [program, "-c"]), into: try Scratch(), policy: .mesos)
            #expect(summary.notes.contains { $0.contains("the program \(program)") })
        }
    }
    #endif
}
