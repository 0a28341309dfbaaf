import Foundation
import Testing

/// What is there, and what is said, when work cannot go on to its end.
@Suite struct `Work that breaks off` {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func bash(_ lines: String) throws -> ProgramResult {
        try BuiltProgram.bash(lines, in: folder)
    }

    private func names(in name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: folder.url.appendingPathComponent(name).path)
    }

    #if BZip2
    @Test(arguments: ["1", "2"])
    func `leaves no part of a member that a few bytes make large`(threads: String) throws {
        let made = try bash(
            "printf abc > a; truncate -s 1500M z; tar -cf - a z | bzip2 -1 > a.tar.bz2; rm z")
        #expect(made.status == 0)
        let result = try bash(
            "timeout --preserve-status -s INT 0.7 $simagent extract a.tar.bz2 --into out"
                + " --threads \(threads)")
        #expect(result.status == 130)
        #expect(
            result.errors
                == "simagent: a.tar.bz2: interrupted; 1 member was unpacked before;"
                + " z was not whole and is removed\n")
        #expect(try names(in: "out") == ["a"])
    }
    #endif

    @Test(arguments: ["", " --format json"])
    func `does not pass a list for whole that a silent pipe cut short`(format: String) throws {
        let result = try bash(
            "printf abc > a; tar -cf a.tar a; (head -c 1024 a.tar; sleep 3) | timeout"
                + " --preserve-status -s INT 0.7 $simagent list -\(format); exit ${PIPESTATUS[1]}")
        #expect(result.status == 130)
        #expect(result.errors == "simagent: -: interrupted; 1 member was read before\n")
    }

    @Test func `leaves nothing of a tree that was being fetched`() throws {
        let made = try bash(
            """
            python3 - <<'END'
            import tarfile
            with tarfile.open("many.tgz", "w:gz", compresslevel=1) as tar:
                for n in range(200000): tar.addfile(tarfile.TarInfo(f"d/{n}"))
            END
            """)
        #expect(made.status == 0, "\(made.errors)")
        let result = try bash(
            "timeout --preserve-status -s INT 1 $simagent fetch $PWD/many.tgz --into out")
        #expect(result.status == 130)
        #expect(result.errors.hasSuffix("many.tgz: interrupted; run it again\n"))
        #expect(try names(in: "out").filter { $0 != "many.tgz" } == [])
    }

    @Test func `leaves nothing of a damaged tree that is deeper than there are descriptors`()
        throws
    {
        let made = try bash(
            """
            python3 - <<'END'
            import gzip, tarfile
            with tarfile.open("deep.tar", "w") as tar:
                for n in range(1, 1500):
                    member = tarfile.TarInfo("d/" * n)
                    member.type = tarfile.DIRTYPE
                    tar.addfile(member)
            data = bytearray(gzip.compress(open("deep.tar", "rb").read()))
            data[-8] ^= 1
            open("deep.tgz", "wb").write(data)
            END
            """)
        #expect(made.status == 0, "\(made.errors)")
        let result = try bash("ulimit -n 256; $simagent fetch $PWD/deep.tgz --into out")
        #expect(result.status == 1)
        #expect(result.errors.contains("CRC of gzip member 1 is wrong"))
        #expect(!result.errors.contains("unpacked before"))
        #expect(try names(in: "out") == ["deep.tgz"])
    }

    @Test(arguments: ["extract a.tar --into out", "list a.tar"])
    func `ends as it failed where nobody takes its report`(command: String) throws {
        let result = try bash(
            "head -c 3000 /dev/urandom > a; tar -cf a.tar a; truncate -s 2000 a.tar; set +o pipefail"
                + "; $simagent \(command) --format json | true; exit ${PIPESTATUS[0]}")
        #expect(result.status == 1)
        #expect(result.errors.contains("a.tar: truncated: a: "))
    }

    @Test func `counts no hard link that could not be made`() throws {
        let result = try bash(
            """
            python3 - <<'END'
            import tarfile
            with tarfile.open("a.tar", "w") as tar:
                for name, kind in ("a", tarfile.REGTYPE), ("d/x", tarfile.REGTYPE), ("d", tarfile.LNKTYPE):
                    member = tarfile.TarInfo(name)
                    member.type, member.linkname = kind, "a" if name == "d" else ""
                    tar.addfile(member)
            END
            $simagent extract a.tar --into out --format json
            """)
        #expect(result.status == 1)
        #expect(result.output.contains(#""links" : 0"#))
        #expect(result.errors.contains("d: a directory that is not empty has its name"))
    }

    @Test(arguments: ["1", "2"])
    func `names the byte where a damaged header begins, in whatever pieces it comes`(
        threads: String
    ) throws {
        let result = try bash(
            "printf abc > a; cp a b; tar -cf a.tar a b; printf X | dd of=a.tar bs=1 seek=1030"
                + " conv=notrunc status=none; (head -c 1100 a.tar; sleep 0.5; tail -c +1101 a.tar)"
                + " | $simagent extract - --into out --threads \(threads)")
        #expect(result.status == 1)
        #expect(result.errors.contains(" at byte 1024 of the unpacked stream"))
    }

    @Test func `keeps the file to which a hard link leads by another path`() throws {
        let result = try bash(
            """
            python3 - <<'END'
            import io, tarfile
            with tarfile.open("a.tar", "w") as tar:
                file = tarfile.TarInfo("d/f")
                file.size = 3
                tar.addfile(file, io.BytesIO(b"abc"))
                for name, kind, target in ("l", tarfile.SYMTYPE, "d"), ("d/f", tarfile.LNKTYPE, "l/f"):
                    link = tarfile.TarInfo(name)
                    link.type, link.linkname = kind, target
                    tar.addfile(link)
            END
            $simagent extract a.tar --into out --policy mesos && cat out/d/f
            """)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.hasSuffix("abc"))
    }

    @Test func `counts directories that no member names against the limit of members`() throws {
        let result = try bash(
            """
            python3 - <<'END'
            import tarfile
            with tarfile.open("a.tar", "w") as tar:
                for n in range(20): tar.addfile(tarfile.TarInfo(f"{n}/" + "d/" * 100 + "f"))
            END
            $simagent extract a.tar --into out --max-members 1000
            """)
        #expect(result.status == 1)
        #expect(result.errors.contains("more directories that no member names than max-members"))
    }

    @Test func `refuses a word that is no UTF-8, which would name another file`() throws {
        let result = try bash("$simagent extract a.tar --into $'a\\xff'")
        #expect(result.status == 64)
        #expect(result.errors.contains("argument 4 is not valid UTF-8"))
        #expect(try names(in: ".") == [])
    }
}
