import Archives
import Foundation
import Testing

#if BZip2 && XZ
@Suite struct `bzip2 and xz` {
    static let tools = [["bzip2", "-c"], ["xz", "-c", "--check=sha256"], ["xz", "-c", "-9"]]

    /// Two streams, one behind the other, of a tar that is larger than an output buffer.
    static func packed(_ tool: [String]) throws -> [UInt8] {
        let noise = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        let members = Samples.members() + [(TarEntry(file: "noise", size: 0), noise)]
        let tar = try packTar(members, compression: .none)
        return try Tools.run(tool, input: Array(tar[..<1_000]))
            + Tools.run(tool, input: Array(tar[1_000...]))
    }

    @Test(arguments: tools, [1, 7, 512, 65_536])
    func `streams that follow one another are one, in pieces of any size`(
        tool: [String], size: Int
    ) throws {
        let scratch = try Scratch()
        let summary = try Samples.extract(try Self.packed(tool), into: scratch, pieces: size)
        #expect(summary.members == 7)
        #expect(summary.notes.isEmpty)
        #expect(try scratch.tree()[".docker/config.json"] == Samples.tree[".docker/config.json"])
    }

    @Test(arguments: tools)
    func `an input that is cut anywhere is an error`(tool: [String]) throws {
        let archive = try Samples.compressed(by: tool)
        for length in 1..<archive.count {
            #expect(throws: ArchiveError.self, "\(length) bytes") {
                try Samples.extract(Array(archive[..<length]), into: try Scratch())
            }
        }
    }

    @Test(arguments: tools)
    func `a changed byte is an error or changes nothing`(tool: [String]) throws {
        let archive = try Samples.compressed(by: tool)
        for index in archive.indices {
            let scratch = try Scratch()
            var changed = archive
            changed[index] ^= 0x55
            do {
                try Samples.extract(changed, into: scratch)
                #expect(try scratch.tree() == Samples.tree, "byte \(index)")
            } catch {
                #expect(error is ArchiveError)
            }
        }
    }

    @Test func `behind bzip2 garbage is passed over and said, behind xz it is damage`() throws {
        let garbage = Array("garbage".utf8)
        let bzip2 = try Samples.compressed(by: ["bzip2", "-c"])
        let summary = try Samples.extract(bzip2 + garbage, into: try Scratch())
        #expect(summary.notes.count == 1)
        for rest in ["BZ", "BZh9", "BZh9garbage"] {
            #expect(throws: ArchiveError.self, "\(rest)") {
                try Samples.extract(bzip2 + Array(rest.utf8), into: try Scratch())
            }
        }
        let xz = try Samples.compressed(by: ["xz", "-c"])
        try Samples.extract(xz + [0, 0, 0, 0], into: try Scratch())
        for rest in [garbage, [0, 0, 0]] {
            let error = try #require(throws: ArchiveError.self) {
                try Samples.extract(xz + rest, into: try Scratch())
            }
            #expect(error.code == .damaged || error.code == .truncated)
        }
    }

    @Test func `an xz header that asks for 4 GiB is refused with that amount`() throws {
        // Made by Python's lzma from 1,024 bytes; the dictionary's size was raised afterwards.
        let text =
            "/Td6WFoAAAD/EtlBAgAhASgAAADmoBGz4AP/AAtdADxv+7/+o7De4HIAAAAAAR+ACAAAAO78h0WoAAr8AgAA"
            + "AAAAWVo="
        let archive = Array(try #require(Data(base64Encoded: text)))
        let error = try #require(throws: ArchiveError.self) {
            try Samples.extract(archive, into: try Scratch())
        }
        #expect(error.code == .limit)
        #expect(error.description.contains("asks for 4096 MiB"), "\(error)")
    }

    @Test func `layers are taken off for Mesos alone, and not without bound`() throws {
        let twice = try Tools.run(["gzip", "-c"], input: Samples.compressed(by: ["bzip2", "-c"]))
        let thrice = try Tools.run(["xz", "-c"], input: twice)
        for archive in [twice, thrice] {
            for size in [1, 65_536] {
                let scratch = try Scratch()
                try Samples.extract(archive, into: scratch, pieces: size, policy: .mesos)
                #expect(try scratch.tree() == Samples.tree)
            }
        }
        var error = try #require(throws: ArchiveError.self) {
            try Samples.extract(twice, into: try Scratch())
        }
        #expect(error.description.contains("in the gzip is bzip2, a second layer"))
        let bare = try Scratch()
        try Samples.extract(twice, into: bare, named: "x.tar.bz2.gz")
        #expect(try Array(bare.tree().keys) == ["x.tar.bz2"])
        var deep = thrice
        for _ in 0..<4 { deep = try Tools.run(["gzip", "-c"], input: deep) }
        error = try #require(throws: ArchiveError.self) {
            try Samples.extract(deep, into: try Scratch(), policy: .mesos)
        }
        #expect(error.code == .limit)
    }
}

#else
@Suite struct `A build without bzip2 and xz` {
    @Test(arguments: [["bzip2", "-c"], ["xz", "-c"]])
    func `refuses what it cannot unpack by the format's name`(tool: [String]) throws {
        let error = try #require(throws: ArchiveError.self) {
            try Samples.extract(try Samples.compressed(by: tool), into: try Scratch())
        }
        #expect(error.code == .unsupported)
        #expect(error.description.contains("a \(tool[0]) archive"))
    }
}
#endif

extension Samples {
    /// The sample members as a tar, compressed by another program.
    static func compressed(by tool: [String]) throws -> [UInt8] {
        try Tools.run(tool, input: try packTar(members(), compression: .none))
    }
}
