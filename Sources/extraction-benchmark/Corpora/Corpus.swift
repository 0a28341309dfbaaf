import Archives

/// A kind of archive whose unpacking is measured.
enum Corpus: String, CaseIterable, Sendable {
    /// Tens of thousands of text files under 64 KiB, as headers and sources are.
    case small
    /// Few large files that look like executables.
    case binary
    /// Few large logs.
    case logs
    /// The logs in gzip members of 1 MiB each.
    case multi
    /// Random bytes, which gzip stores.
    case stored
    /// One login of a few hundred bytes: the time is the program's start.
    case tiny

    /// How many rounds are run for one of the others': what takes milliseconds needs more.
    var roundsFactor: Int { self == .tiny ? 40 : 1 }

    /// Hands the members to a closure, with the data of files in pieces.
    ///
    /// - Parameters:
    ///   - bytes: About how many bytes the tar should have.
    ///   - seed: The same members come from the same seed.
    ///   - pack: Takes an entry, and its data.
    func make(
        bytes: Int, seed: UInt64, pack: (TarEntry, [UInt8]) throws -> Void
    ) rethrows {
        switch self {
        case .small: try makeSmallFiles(bytes: bytes, seed: seed, pack: pack)
        case .binary:
            try makeLargeFiles("usr/lib/lib", ".so.1", mode: 0o755, bytes, 15, pack: pack) {
                BinaryText(seed: seed &+ UInt64($0)).bytes($1)
            }
        case .logs, .multi:
            try makeLargeFiles("var/log/service-", ".log", mode: 0o644, bytes, 12, pack: pack) {
                LogText(seed: seed &+ UInt64($0)).bytes($1)
            }
        case .stored:
            try makeLargeFiles("random-", ".bin", mode: 0o644, bytes, 8, pack: pack) {
                var random = Seed(seed &+ UInt64($0))
                return randomBytes($1, &random)
            }
        case .tiny:
            try pack(TarEntry(directory: ".docker", mode: 0o700, mtime: 1_700_000_000), [])
            let login = #"{"auths":{"quay.io":{"auth":"dXNlcjpwYXNzd29yZA=="}}}"#
            try pack(
                TarEntry(
                    file: ".docker/config.json", size: 0, mode: 0o600, mtime: 1_700_000_001),
                Array(login.utf8))
        }
    }

    private func makeLargeFiles(
        _ prefix: String, _ suffix: String, mode: UInt32, _ bytes: Int, _ count: Int,
        pack: (TarEntry, [UInt8]) throws -> Void, content: (Int, Int) -> [UInt8]
    ) rethrows {
        for number in 0..<count {
            // Sizes differ, as those of real files do: from a half to one and a half.
            let size = bytes / count / 2 + bytes / count * number / max(1, count - 1)
            try pack(
                TarEntry(
                    file: "\(prefix)\(number)\(suffix)", size: 0, mode: mode,
                    mtime: 1_700_000_000 + Int64(number)), content(number, size))
        }
    }

    private func makeSmallFiles(
        bytes: Int, seed: UInt64, pack: (TarEntry, [UInt8]) throws -> Void
    ) rethrows {
        var random = Seed(seed)
        let source = SourceText(seed: seed)
        var total = 0
        var number = 0
        var folder = ""
        while total < bytes {
            if number % 17 == 0 {
                let depth = 2 + random.below(4)
                folder = (0..<depth).map { "\(source.name(random.below(40 << $0)))" }
                    .joined(separator: "/")
                try pack(
                    TarEntry(directory: "src/\(folder)", mode: 0o755, mtime: 1_700_000_000), [])
            }
            let data = source.file(&random)
            let name = "src/\(folder)/\(source.name(random.below(3_000)))\(number).h"
            let time = 1_600_000_000 + Int64(random.below(100_000_000))
            try pack(
                TarEntry(
                    file: name, size: 0, mode: random.below(10) == 0 ? 0o755 : 0o644,
                    mtime: time), data)
            if number % 200 == 199 {
                try pack(
                    TarEntry(
                        symlink: "src/\(folder)/link\(number)", target: "\(number).h",
                        mtime: time), [])
            }
            total += 512 + (data.count + 511) / 512 * 512
            number += 1
        }
    }
}

/// Bytes that nothing compresses.
func randomBytes(_ count: Int, _ random: inout Seed) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 8)
    while bytes.count < count {
        let number = random.next()
        for shift in 0..<8 as Range<UInt64> {
            bytes.append(UInt8(truncatingIfNeeded: number >> (8 * shift)))
        }
    }
    return bytes
}
