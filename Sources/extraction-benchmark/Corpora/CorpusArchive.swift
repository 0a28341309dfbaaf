import Archives
import Glibc

/// An archive to measure, on a file system in memory.
struct CorpusArchive {
    /// The name in tables: a corpus, or the file's.
    let name: String
    let path: String
    /// Bytes of the archive itself.
    let packedBytes: Int
    let roundsFactor: Int

    /// Somebody's own archive.
    init(own path: String) throws(BenchmarkFailure) {
        name = path.split(separator: "/").last.map(String.init) ?? path
        // Contenders run in directories of their own.
        self.path = try absolutePath(path)
        packedBytes = try fileSize(path)
        roundsFactor = 1
    }

    /// Packs a corpus below a folder, in gzip of level 6.
    init(
        _ corpus: Corpus, bytes: Int, seed: UInt64, below folder: String
    ) throws(BenchmarkFailure) {
        name = corpus.rawValue
        path = "\(folder)/\(corpus.rawValue).tar.gz"
        roundsFactor = corpus.roundsFactor
        let isMulti = corpus == .multi
        let file = try OutputFile(isMulti ? "\(folder)/multi.tar" : path)
        var writer = TarWriter(compression: isMulti ? .none : .gzip(level: 6))
        do {
            try corpus.make(bytes: bytes, seed: seed) { entry, data in
                var entry = entry
                if entry.kind == .file { entry.size = UInt64(data.count) }
                try writer.begin(entry) { try file.write($0) }
                if entry.kind == .file { try writer.write(data.span) { try file.write($0) } }
            }
            try writer.finish { try file.write($0) }
        } catch {
            throw BenchmarkFailure("cannot make the corpus \(name): \(error)")
        }
        file.close()
        if isMulti {
            let split = "split -b 1M --filter='gzip -nc' '\(folder)/multi.tar' >'\(path)'"
            let run = try ChildProcess.run(
                ["sh", "-c", "\(split) && rm '\(folder)/multi.tar'"], log: "\(folder)/log")
            guard run.status == 0 else { throw BenchmarkFailure("split and gzip failed") }
        }
        packedBytes = try fileSize(path)
    }
}

/// A file that is written from front to end.
final class OutputFile {
    private let number: Int32
    private let path: String

    init(_ path: String) throws(BenchmarkFailure) {
        self.path = path
        number = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard number >= 0 else { throw BenchmarkFailure(failed: "write", path) }
    }

    func write(_ bytes: borrowing Span<UInt8>) throws(BenchmarkFailure) {
        var start = 0
        while start < bytes.count {
            let rest = bytes.extracting(droppingFirst: start)
            let count = unsafe rest.withUnsafeBufferPointer { rest in
                unsafe rest.baseAddress.map { unsafe Glibc.write(number, $0, rest.count) } ?? 0
            }
            guard count > 0 else { throw BenchmarkFailure(failed: "write", path) }
            start += count
        }
    }

    func close() {
        Glibc.close(number)
    }
}

func fileSize(_ path: String) throws(BenchmarkFailure) -> Int {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw BenchmarkFailure(failed: "read", path) }
    return Int(status.st_size)
}

func absolutePath(_ path: String) throws(BenchmarkFailure) -> String {
    guard let resolved = unsafe realpath(path, nil) else {
        throw BenchmarkFailure(failed: "find", path)
    }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
}
