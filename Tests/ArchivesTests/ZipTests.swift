import Archives
import ConfinedFiles
import Foundation
import Testing

@Suite struct `A zip` {
    static let tree = [
        "d": "/", "d/f": "hello hello hello hello", "s": "-> d/f", "g": "stored",
    ]

    /// A directory, a deflated and a stored file and a link, made by Python's zipfile.
    static func sample() throws -> [UInt8] {
        try python(
            """
            def add(name, data, mode, method):
                info = zipfile.ZipInfo(name, (2023, 1, 2, 3, 4, 6))
                info.external_attr, info.compress_type, info.create_system = mode << 16, method, 3
                z.writestr(info, data)
            add('d/', b'', 0o40755, 0)
            add('d/f', b'hello hello hello hello', 0o100644, 8)
            add('s', b'd/f', 0o120777, 0)
            add('g', b'stored', 0o100600, 0)
            """)
    }

    /// The bytes of what a script writes into the zip `z`.
    static func python(_ script: String) throws -> [UInt8] {
        try Tools.run([
            "python3", "-c",
            """
            import io, sys, zipfile
            out = io.BytesIO()
            z = zipfile.ZipFile(out, 'w')
            \(script)
            z.close()
            sys.stdout.buffer.write(out.getvalue())
            """,
        ])
    }

    @Test(arguments: [1, 7, 512, 65_536])
    func `that comes in pieces of any size is unpacked whole`(size: Int) throws {
        let scratch = try Scratch()
        let summary = try Samples.extract(
            try Self.sample(), into: scratch, pieces: size, named: "a")
        #expect(try scratch.tree() == Self.tree)
        #expect(summary.members == 4)
        #expect(summary.bytes == 29)
    }

    @Test func `in a file is read in place, and one in standard input is kept meanwhile`()
        throws
    {
        let scratch = try Scratch()
        let path = scratch.url.appendingPathComponent("archive").path
        try Data(try Self.sample()).write(to: URL(fileURLWithPath: path))
        var options = ArchiveReadingOptions()
        options.spoolDirectory = "/nonexistent"
        _ = try extractArchive(at: path, into: scratch.directory, options: options)
        #expect(try scratch.tree() == Self.tree)
        var extraction = ArchiveExtraction(of: "a", into: scratch.directory, options: options)
        let bytes = try Self.sample()
        let error = #expect(throws: ArchiveError.self) {
            try extraction.push(bytes.span)
            _ = try extraction.finish()
        }
        #expect(error?.code == .system)
        var names: [String] = []
        let contents = try readArchive(at: path) {
            names.append(String(decoding: $0.name, as: UTF8.self))
        }
        #expect(names == ["d/", "d/f", "s", "g"])
        #expect(contents.format == "zip")
        let summary = try extractArchive(at: path, into: scratch.directory, policy: .mesos)
        #expect(summary.notes.isEmpty)
    }

    @Test func `that is cut anywhere is an error`() throws {
        let archive = try Self.sample()
        for length in 0..<archive.count {
            let scratch = try Scratch()
            #expect(throws: ArchiveError.self, "\(length) bytes") {
                try Samples.extract(Array(archive[..<length]), into: scratch, named: "a.zip")
            }
            #expect(scratch.neighbourIsUntouched)
        }
    }

    @Test func `with a bit changed is refused, or comes out as it was`() throws {
        let archive = try Self.sample()
        // Nothing protects what says which system a member is from and what kind it has there.
        let free = Self.unprotected(in: archive)
        for index in archive.indices where !free.contains(index) {
            for bit in 0..<8 {
                let scratch = try Scratch()
                var changed = archive
                changed[index] ^= 1 << bit
                do {
                    try Samples.extract(changed, into: scratch, named: "a.zip")
                    #expect(try scratch.tree() == Self.tree, "byte \(index), bit \(bit)")
                } catch {
                    #expect(error is ArchiveError)
                }
                #expect(scratch.neighbourIsUntouched)
            }
        }
    }

    /// The host and attribute bytes of each record of the directory.
    private static func unprotected(in archive: [UInt8]) -> Set<Int> {
        var found: Set<Int> = []
        for start in archive.indices.dropLast(46)
        where archive[start...].starts(with: [0x50, 0x4b, 1, 2]) {
            found.formUnion([start + 5, start + 40, start + 41])
        }
        return found
    }

    @Test func `keeps to max-bytes, max-members and max-ratio before anything is written`()
        throws
    {
        let zeros = try Self.python("z.writestr('a', b'x')\nz.writestr('zeros', bytes(2 << 20), 8)")
        var limits = ExtractionLimits()
        limits.maxMembers = 1
        let empty = try Scratch()
        let first = try #require(throws: ArchiveError.self) {
            try Samples.extract(zeros, into: empty, limits: limits)
        }
        #expect(first.description.contains("max-members"))
        #expect(try empty.tree().isEmpty)
        limits = ExtractionLimits()
        limits.maxRatio = 100
        let error = try #require(throws: ArchiveError.self) {
            try Samples.extract(zeros, into: try Scratch(), limits: limits)
        }
        #expect(error.description.contains("zeros: more bytes out of each byte than max-ratio"))
        limits.maxRatio = 2_000
        limits.maxBytes = 2 << 20
        let scratch = try Scratch()
        let second = try #require(throws: ArchiveError.self) {
            try Samples.extract(zeros, into: scratch, limits: limits)
        }
        #expect(second.description.contains("max-bytes"))
        #expect(try scratch.tree().isEmpty)
        limits.maxBytes += 1
        try Samples.extract(zeros, into: scratch, limits: limits)
    }

    @Test func `that comes as a stream may have more bytes than max-bytes, as it may in a file`()
        throws
    {
        let one = try Self.python("z.writestr('f', b'x')\nz.writestr('d/', b'')")
        var limits = ExtractionLimits()
        limits.maxBytes = 1
        let scratch = try Scratch()
        try Samples.extract(one, into: scratch, limits: limits)
        #expect(try scratch.tree() == ["f": "x", "d": "/"])
        limits.maxBytes = 0
        let error = try #require(throws: ArchiveError.self) {
            try Samples.extract(one, into: try Scratch(), limits: limits)
        }
        #expect(error.description.contains("f: more bytes than max-bytes (0) allows"))
        // What is kept meanwhile is bounded all the same.
        let large = one + Array(repeating: 0, count: 16 << 20)
        let second = try #require(throws: ArchiveError.self) {
            try Samples.extract(large, into: try Scratch(), limits: limits)
        }
        #expect(second.description.contains("the zip itself has more bytes than max-bytes (0)"))
    }
}
