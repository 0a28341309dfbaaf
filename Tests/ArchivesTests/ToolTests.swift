import Archives
import Foundation
import Testing

@Suite struct `Archives of other tools` {
    @Test(arguments: ["v7", "ustar", "oldgnu", "gnu", "posix"])
    func `of GNU tar in each dialect, with a sparse file, come out as they went in`(
        format: String
    ) throws {
        let source = try Scratch()
        let inside = source.url.appendingPathComponent("in")
        let name = format == "v7" ? "short" : String(repeating: "n", count: 90)
        let folder = inside.appendingPathComponent("d")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent(name)
        try Data("text".utf8).write(to: file)
        try FileManager.default.createSymbolicLink(
            atPath: inside.appendingPathComponent("link").path, withDestinationPath: "d/\(name)")
        let holes = inside.appendingPathComponent("holes")
        try Data("begin".utf8).write(to: holes)
        let handle = try FileHandle(forWritingTo: holes)
        try handle.seek(toOffset: 300_000)
        try handle.write(contentsOf: Data("end".utf8))
        try handle.close()
        let sparse = ["v7", "ustar"].contains(format) ? [] : ["--sparse"]
        let archive = try Tools.run(
            ["tar", "--format=\(format)"] + sparse + ["-C", inside.path, "-czf", "-", "."])
        for size in [1, 512, 65_536] {
            let scratch = try Scratch()
            try Samples.extract(archive, into: scratch, pieces: size)
            #expect(try scratch.tree() == source.tree())
        }
    }

    @Test(arguments: [TarWriter.Format.ustar, .pax])
    func `GNU tar reads what is packed here`(format: TarWriter.Format) throws {
        let members = Samples.members().filter { format == .pax || $0.entry.name.count < 100 }
        let archive = try packTar(members, format: format)
        let listed = try Tools.run(["tar", "-tzf", "-"], input: archive)
        let expected = members.map { String(decoding: $0.entry.name, as: UTF8.self) + "\n" }
        #expect(String(decoding: listed, as: UTF8.self) == expected.joined())
        #expect(try packTar(members, format: format) == archive)
    }

    @Test func `ustar says what does not fit`() throws {
        let entry = TarEntry(file: String(repeating: "x", count: 101), size: 0)
        #expect(throws: TarWriterError.doesNotFit(entry.name)) {
            try packTar([(entry, [])], format: .ustar)
        }
    }

    @Test func `a writer refuses data of another length than was said`() throws {
        var writer = TarWriter()
        try writer.begin(TarEntry(file: "f", size: 2)) { _ in }
        let three: [UInt8] = [1, 2, 3]
        #expect(throws: TarWriterError.wrongSize(Array("f".utf8))) {
            try writer.write(three.span) { _ in }
        }
        #expect(throws: TarWriterError.wrongSize(Array("f".utf8))) { try writer.finish { _ in } }
    }
}
