import Archives
import Foundation
import Testing

@Suite struct `An extraction` {
    @Test(arguments: [1, 7, 512, 65_536])
    func `gives the same tree from pieces of any size`(size: Int) throws {
        let scratch = try Scratch()
        let archive = try packTar(Samples.members())
        let summary = try Samples.extract(archive, into: scratch, pieces: size)
        #expect(try scratch.tree() == Samples.tree)
        #expect(summary.members == 6)
        #expect(summary.files == 3)
        #expect(summary.links == 2)
        #expect(summary.bytes == UInt64(Samples.config.count + 1_500))
    }

    @Test func `refuses an archive that is cut at any byte, and leaves no part of a file`()
        throws
    {
        let archive = try packTar(Samples.members())
        for length in 0..<archive.count {
            let scratch = try Scratch()
            #expect(throws: ArchiveError.self) {
                try Samples.extract(Array(archive[..<length]), into: scratch)
            }
            for (name, contents) in try scratch.tree() {
                #expect(Samples.tree[name] == contents, "\(name) after \(length) bytes")
            }
        }
    }

    @Test func `refuses every change of one byte of the compressed data`() throws {
        let archive = try packTar(Samples.members())
        // Behind the fixed header, whose time, hint and system mean nothing.
        for index in 10..<archive.count {
            let scratch = try Scratch()
            var changed = archive
            changed[index] ^= 0x55
            #expect(throws: ArchiveError.self, "byte \(index)") {
                try Samples.extract(changed, into: scratch)
            }
            #expect(scratch.neighbourIsUntouched)
        }
    }

    @Test func `survives tar headers with random bytes`() throws {
        var random = SeededGenerator(state: 42)
        let archive = try packTar(Samples.members(), compression: .none)
        for _ in 0..<400 {
            let scratch = try Scratch()
            var changed = archive
            let block = Int.random(in: 0..<archive.count / 512, using: &random) * 512
            for _ in 0..<3 {
                changed[block + Int.random(in: 0..<512, using: &random)] =
                    UInt8.random(in: 0...255, using: &random)
            }
            Self.seal(&changed, at: block)
            _ = try? Samples.extract(changed, into: scratch, named: "random.tar")
            #expect(scratch.neighbourIsUntouched)
        }
    }

    @Test func `makes one file of a gzip that holds no tar, named without .gz`() throws {
        let scratch = try Scratch()
        let tar = try packTar(
            [(TarEntry(file: "x", size: 0), [])], compression: .gzip(level: 1))
        #expect(tar.starts(with: [0x1f, 0x8b, 8]))
        let plain = Array("just text\n".utf8)
        let packed = try Tools.run(["gzip", "-c"], input: plain)
        let summary = try Samples.extract(packed, into: scratch, named: "notes.gz")
        #expect(try scratch.tree() == ["notes": "just text\n"])
        #expect(summary.bytes == 10)
    }

    @Test(arguments: [
        ("<!DOCTYPE html><title>Sign in</title>", "an HTML page"),
        (#"{"errors":[{"code":"UNAUTHORIZED"}]}"#, "a JSON document"),
        ("-----BEGIN PGP MESSAGE-----", "a PGP message"), ("", "empty"),
    ])
    func `says what a file is that is no archive`(text: String, words: String) throws {
        let scratch = try Scratch()
        let error = try #require(throws: ArchiveError.self) {
            try Samples.extract(Array(text.utf8), into: scratch)
        }
        #expect(error.code == .notAnArchive)
        #expect(error.description.contains("not an archive"))
        #expect(error.description.contains(words))
    }

    @Test func `names the limit that was reached, and lets exactly the limit pass`() throws {
        let archive = try packTar(Samples.members())
        var limits = ExtractionLimits()
        limits.maxMembers = 6
        limits.maxBytes = UInt64(Samples.config.count + 1_500)
        try Samples.extract(archive, into: try Scratch(), limits: limits)
        limits.maxMembers = 5
        var error = try #require(throws: ArchiveError.self) {
            try Samples.extract(archive, into: try Scratch(), limits: limits)
        }
        #expect(error.description.contains("max-members"))
        limits.maxMembers = 6
        limits.maxBytes -= 1
        error = try #require(throws: ArchiveError.self) {
            try Samples.extract(archive, into: try Scratch(), limits: limits)
        }
        #expect(error.description.contains("max-bytes"))
    }

    @Test func `places a wrong checksum by member and byte`() throws {
        var archive = try packTar(Samples.members())
        archive[archive.count - 8] ^= 1
        let error = try #require(throws: ArchiveError.self) {
            try Samples.extract(archive, into: try Scratch())
        }
        #expect(
            error.description.hasPrefix(
                "docker.tar.gz: damaged: CRC of gzip member 1 is wrong at byte \(archive.count - 8), "
            ))
        #expect(
            error.description.contains(" bytes unpacked (expected "))
        #expect(error.description.hasSuffix("; 6 members were unpacked before"))
        #expect(error.summary.members == 6)
    }

    /// Computes the checksum of the header block at `start` again.
    private static func seal(_ archive: inout [UInt8], at start: Int) {
        for index in 148..<156 { archive[start + index] = 0x20 }
        let sum = archive[start..<(start + 512)].reduce(0) { $0 + Int($1) }
        let digits = Array(String(sum, radix: 8).utf8)
        let field = [UInt8](repeating: 0x30, count: max(0, 6 - digits.count)) + digits + [0]
        for (index, byte) in field.prefix(7).enumerated() { archive[start + 148 + index] = byte }
    }
}
