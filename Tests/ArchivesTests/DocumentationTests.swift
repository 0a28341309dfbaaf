import Archives
import ConfinedFiles
import Foundation
import Testing

/// The examples of the library's page, as they stand there: they compile, and they do what it
/// says.
@Suite struct `The examples of the documentation` {
    private func unpack(_ archive: String, at path: String, log: (String) -> Void) throws {
        let directory = try ConfinedDirectory(opening: path, makingWith: 0o755)
        do {
            let summary = try extractArchive(at: archive, into: directory)
            log("\(summary.files) files, \(summary.bytes) bytes")
            for member in summary.skipped { log("skipped: \(member.because)") }
        } catch {
            // docker.tar.gz: refused: ../x: its name has a '..'; 3 members were unpacked before
            log(error.description)
        }
    }

    private func read(_ archive: String, log: (String) -> Void) throws {
        var largest = (name: "", size: Int64(-1))
        var bytes = 0
        let contents = try readArchive(at: archive) { data in
            bytes += data.count
        } onMember: { member in
            guard member.size > largest.size else { return }
            largest = (String(decoding: member.name, as: UTF8.self), member.size)
        }
        log("\(contents.format): \(contents.members) members, \(bytes) bytes, \(largest.name)")
    }

    private func push(_ download: [[UInt8]], at path: String, log: (String) -> Void) throws {
        let directory = try ConfinedDirectory(opening: path)
        var extraction = ArchiveExtraction(of: "docker.tar.gz", into: directory)
        for piece in download {
            try extraction.push(piece.span)
        }
        let summary = try extraction.finish()
        log("\(summary.members) members")
    }

    private func pack(_ config: [UInt8], log: (String) -> Void) throws -> [UInt8] {
        var writer = TarWriter(format: .pax, compression: .gzip(level: 9))
        var packed: [UInt8] = []
        func keep(_ bytes: borrowing Span<UInt8>) {
            for index in bytes.indices { packed.append(bytes[index]) }
        }
        let entry = TarEntry(file: ".docker/config.json", size: UInt64(config.count), mode: 0o600)
        try writer.begin(entry, emit: keep)
        try writer.write(config.span, emit: keep)
        try writer.finish(emit: keep)
        log("\(packed.count) bytes")
        return packed
    }

    @Test func `do what the page says`() throws {
        let scratch = try Scratch()
        var lines: [String] = []
        let packed = try pack(Samples.config) { lines.append($0) }
        let archive = scratch.url.appendingPathComponent("archive").path
        try Data(packed).write(to: URL(fileURLWithPath: archive))
        let inside = scratch.url.appendingPathComponent("in").path
        try unpack(archive, at: inside) { lines.append($0) }
        try read(archive) { lines.append($0) }
        try push(packed.map { [$0] }, at: inside) { lines.append($0) }
        let size = Samples.config.count
        #expect(
            lines == [
                "\(packed.count) bytes", "1 files, \(size) bytes",
                "tar in gzip: 1 members, \(size) bytes, .docker/config.json", "1 members",
            ])
        #expect(try scratch.tree()[".docker/config.json"] != nil)
    }

    @Test func `stand on the page word for word`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appendingPathComponent("Sources/Archives/Archives.docc/Archives.md"),
            encoding: .utf8)
        let source = try String(contentsOfFile: #filePath, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.drop { $0 == " " } }.joined(separator: "\n")
        let examples = page.components(separatedBy: "```swift\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }
        #expect(examples.count == 4)
        for example in examples {
            let lines = example.split(separator: "\n").map { $0.drop { $0 == " " } }
            #expect(source.contains(lines.joined(separator: "\n")))
        }
    }
}
