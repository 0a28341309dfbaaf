import Archives
import ConfinedFiles
import Foundation
import Testing
import Vocabulary

/// On several threads everything is as on one: trees, counts, errors and their places.
@Suite struct `An extraction on several threads` {
    /// A tar of many small files, some that replace each other, links, and large ones that hold
    /// gzip members themselves.
    private static func tar() throws -> [UInt8] {
        var random = SeededGenerator(state: 7)
        var members: [(entry: TarEntry, data: [UInt8])] = []
        for index in 0..<900 {
            let data = (0..<Int(random.next() % 3_000)).map { _ in UInt8(random.next() & 0xff) }
            let name = "d\(index % 7)/e\(index % 3)/f\(index % 450)"
            members.append((TarEntry(file: name, size: 0, mtime: Int64(index)), data))
            switch index % 100 {
            case 10: members.append((TarEntry(hardLink: "h\(index)", target: name), []))
            case 20: members.append((TarEntry(symlink: name, target: "elsewhere"), []))
            case 30: members.append((TarEntry(directory: name + ".d", mtime: 5), []))
            case 40:
                members.append((TarEntry(file: "x\(index)", size: 0), data))
                members.append((TarEntry(directory: "x\(index)"), []))
                members.append((TarEntry(file: "x\(index)/y", size: 0), data))
            case 50:
                let inner = try packTar(members.suffix(9), compression: .gzip(level: 1))
                let large = Array((0..<40).map { _ in inner }.joined())
                members.append((TarEntry(file: "inner\(index)", size: 0), large))
            default: break
            }
        }
        return try packTar(members)
    }

    /// The same bytes in one gzip member for each piece.
    private static func gzip(_ bytes: [UInt8], pieces: Int) throws -> [UInt8] {
        let scratch = try Scratch()
        let file = scratch.url.appendingPathComponent("archive")
        try Data(bytes).write(to: file)
        let script = """
            import gzip, sys
            data = open(sys.argv[1], "rb").read()
            size = int(sys.argv[2])
            out = b"".join(gzip.compress(data[i:i + size], 1, mtime=0)
                           for i in range(0, len(data), size))
            sys.stdout.buffer.write(out)
            """
        return try Tools.run(["python3", "-c", script, file.path, "\(pieces)"])
    }

    private func outcome(
        of archive: [UInt8], threads: Int, backEnd: InflateBackEnd
    ) throws -> (words: String, tree: [String: String]) {
        let scratch = try Scratch()
        let file = scratch.url.appendingPathComponent("archive")
        try Data(archive).write(to: file)
        var options = ArchiveReadingOptions()
        options.threads = threads
        options.backEnd = backEnd
        let words: String
        do throws(ArchiveError) {
            let summary = try extractArchive(
                at: file.path, into: scratch.directory, options: options)
            words = "\(summary)"
        } catch {
            #expect(scratch.neighbourIsUntouched)
            words = "\(error) \(error.summary)"
        }
        return (words, try scratch.tree())
    }

    @Test(arguments: [5_000, 70_000, 1_000_000, 100_000_000])
    func `gives the tree and the words of one`(pieces: Int) throws {
        var archive = try Self.gzip(try Self.tar(), pieces: pieces)
        var archives = [archive, Array(archive.dropLast(archive.count / 3))]
        archive[archive.count * 2 / 3] ^= 0x20
        archives.append(archive)
        archives.append(archives[0] + Array("garbage".utf8))
        for archive in archives {
            for backEnd in [InflateBackEnd.zlib, .isal] where backEnd.isAvailable {
                let expected = try outcome(of: archive, threads: 1, backEnd: backEnd)
                for threads in [2, 3, 5] {
                    let found = try outcome(of: archive, threads: threads, backEnd: backEnd)
                    #expect(found.words == expected.words)
                    #expect(found.tree == expected.tree)
                }
            }
        }
    }

    @Test func `ends at once when it is cancelled while a pipe is silent`() throws {
        let scratch = try Scratch()
        let pipe = scratch.url.appendingPathComponent("archive").path
        try #require(unsafe mkfifo(pipe, 0o600) == 0)
        // A reader and writer of its own, so that neither side waits to be opened.
        let held = unsafe open(pipe, O_RDWR)
        defer { close(held) }
        let cancellation = Cancellation()
        let canceller = Thread {
            usleep(100_000)
            cancellation.cancel()
        }
        canceller.start()
        var options = ArchiveReadingOptions()
        options.threads = 2
        let error = #expect(throws: ArchiveError.self) {
            try extractArchive(
                at: pipe, into: scratch.directory, options: options, cancellation: cancellation)
        }
        #expect(error?.code == .cancelled)
    }
}
