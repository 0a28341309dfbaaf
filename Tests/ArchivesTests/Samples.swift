import Archives
import ConfinedFiles

/// Archives that are made here, and ways to push them.
enum Samples {
    static let config = Array(#"{"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"}}}"#.utf8)

    /// A docker.tar.gz with a directory, a file, an empty file, a long name and both links.
    static func members() -> [(entry: TarEntry, data: [UInt8])] {
        let long = "d/" + String(repeating: "long", count: 60)
        return [
            (TarEntry(directory: ".docker", mode: 0o700, mtime: 1_700_000_000), []),
            (TarEntry(file: ".docker/config.json", size: 0, mode: 0o600), config),
            (TarEntry(file: "empty", size: 0), []),
            (TarEntry(file: long, size: 0), Array(repeating: 0x61, count: 1_500)),
            (TarEntry(symlink: "link", target: ".docker/config.json"), []),
            (TarEntry(hardLink: "second", target: "empty"), []),
        ]
    }

    static let tree: [String: String] = [
        ".docker": "/", ".docker/config.json": String(decoding: config, as: UTF8.self),
        "empty": "", "second": "", "link": "-> .docker/config.json", "d": "/",
        "d/" + String(repeating: "long", count: 60): String(repeating: "a", count: 1_500),
    ]

    /// Unpacks bytes that come in pieces.
    @discardableResult
    static func extract(
        _ archive: [UInt8], into scratch: Scratch, pieces: Int = 65_536,
        named name: String = "docker.tar.gz", limits: ExtractionLimits = ExtractionLimits(),
        policy: ExtractionPolicy = .hardened
    ) throws(ArchiveError) -> ExtractionSummary {
        var extraction = ArchiveExtraction(
            of: name, into: scratch.directory, limits: limits, policy: policy)
        var index = 0
        while index < archive.count {
            let piece = Array(archive[index..<min(index + pieces, archive.count)])
            try extraction.push(piece.span)
            index += pieces
        }
        return try extraction.finish()
    }
}

/// SplitMix64, so that a run can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
