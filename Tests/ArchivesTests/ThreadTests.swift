import Archives
import ConfinedFiles
import Foundation
import Testing
import Vocabulary

/// On several threads everything is as on one: trees, counts, errors and their places.
@Suite struct `An extraction on several threads` {
    private static let tar = Result { try makeTar() }

    /// A tar of many small files, some that replace each other, links, and large ones that hold
    /// gzip members themselves.
    private static func makeTar() throws -> [UInt8] {
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
                var large: [UInt8] = []
                for _ in 0..<40 { large += inner }
                members.append((TarEntry(file: "inner\(index)", size: 0), large))
            default: break
            }
        }
        return try packTar(members, compression: .none)
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

    /// Where each member of a gzip begins, and where the last one ends.
    private static func boundaries(of gzip: [UInt8]) throws -> [Int] {
        let scratch = try Scratch()
        let file = scratch.url.appendingPathComponent("archive")
        try Data(gzip).write(to: file)
        let script = """
            import sys, zlib
            data = open(sys.argv[1], "rb").read()
            at = 0
            while at < len(data):
                print(at)
                member = zlib.decompressobj(31)
                member.decompress(data[at:])
                at = len(data) - len(member.unused_data)
            print(at)
            """
        let lines = try Tools.run(["python3", "-c", script, file.path])
        return String(decoding: lines, as: UTF8.self).split(separator: "\n").compactMap { Int($0) }
    }

    private func outcome(
        of archive: [UInt8], threads: Int, backEnd: InflateBackEnd
    ) throws -> (words: String, tree: Set<Data>) {
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
        return (words, Set(try scratch.listing().map { Data($0) }))
    }

    // 524,288 is what one buffer between the threads holds: members end where it does.
    @Test(arguments: [5_000, 70_000, 524_288, 1_000_000, 100_000_000])
    func `gives the tree and the words of one`(pieces: Int) throws {
        var archive = try Self.gzip(try Self.tar.get(), pieces: pieces)
        var archives = [archive, Array(archive.dropLast(archive.count / 3))]
        archive[archive.count * 2 / 3] ^= 0x20
        archives.append(archive)
        archives.append(archives[0] + Array("garbage".utf8))
        for archive in archives {
            for backEnd in [InflateBackEnd.zlib, .isal] where backEnd.isAvailable {
                let expected = try outcome(of: archive, threads: 1, backEnd: backEnd)
                #expect(expected.tree.count > 300)
                for threads in [2, 3, 5] {
                    let found = try outcome(of: archive, threads: threads, backEnd: backEnd)
                    #expect(found.words == expected.words)
                    #expect(found.tree == expected.tree)
                }
            }
        }
    }

    @Test(arguments: [InflateBackEnd.zlib, .isal].filter(\.isAvailable))
    func `names the member of gzip that is damaged, and its byte, as one does`(
        backEnd: InflateBackEnd
    ) throws {
        let archive = try Self.gzip(try Self.tar.get(), pieces: 70_000)
        let boundaries = try Self.boundaries(of: archive)
        try #require(boundaries.count > 20)
        // One after the other, so that they lie in several parts of a window.
        for index in 13..<21 {
            let end = boundaries[index]
            var wrong = archive
            wrong[end - 8] ^= 1
            let cut = Array(archive[..<end]) + [0x1f, 0x8b, 0x45] + Array(archive[end...])
            let (damaged, words) =
                index.isMultiple(of: 2)
                ? (wrong, "CRC of gzip member \(index) is wrong at byte \(end - 8), ")
                : (cut, "gzip method 69 is unknown, only 8 is defined at byte \(end + 2), ")
            let expected = try outcome(of: damaged, threads: 1, backEnd: backEnd)
            #expect(expected.words.contains(words))
            let found = try outcome(of: damaged, threads: 4, backEnd: backEnd)
            #expect(found.words == expected.words)
            #expect(found.tree == expected.tree)
        }
    }

    /// Damage 20 KB behind the start of a gzip member, which lies just before a buffer's end.
    @Test(arguments: [1, 2, 3], [InflateBackEnd.zlib, .isal].filter(\.isAvailable))
    func `loses nothing that came out before damage`(
        threads: Int, backEnd: InflateBackEnd
    ) throws {
        let scratch = try Scratch()
        let file = scratch.url.appendingPathComponent("archive")
        try Data(try Self.tar.get()).write(to: file)
        let script = """
            import gzip, sys, zlib
            data = open(sys.argv[1], "rb").read()
            start, end = 524188, 544188
            packer = zlib.compressobj(6, zlib.DEFLATED, 31)
            # A last block of the type that does not exist.
            wrong = packer.compress(data[start:end]) + packer.flush(zlib.Z_SYNC_FLUSH) + b"\\7"
            sys.stdout.buffer.write(gzip.compress(data[:start]) + wrong + bytes(100))
            """
        let archive = try Tools.run(["python3", "-c", script, file.path])
        let found = try outcome(of: archive, threads: threads, backEnd: backEnd)
        #expect(found.words.contains(", 544188 bytes unpacked"), "\(found.words)")
        let expected = try outcome(of: archive, threads: 1, backEnd: .zlib)
        #expect(found.tree == expected.tree)
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
