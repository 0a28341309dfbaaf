import Archives
import ArgumentParser

/// What `extract` and `list` understand about an archive.
struct ArchiveOptions: ParsableArguments {
    @Argument(help: "The archive, or - for standard input.")
    var archive: String

    @Option(help: "The most bytes that all files together may have (64GB).")
    var maxBytes: ByteSize?

    @Option(help: "The most members of any type (1000000).")
    var maxMembers: Int?

    @Option(help: "The most bytes that may come out of each compressed byte.")
    var maxRatio: UInt64?

    @Option(
        help: ArgumentHelp(
            "What it is: auto (by content, then by name), tar, tar.gz, tar.bz2, tar.xz, zip or gz.",
            valueName: "type"),
        transform: ArchiveOptions.type)
    var type = ArchiveType.auto

    @Option(
        help: "What inflates: auto (zlib below 64 KiB, else the fastest built in), zlib, or ISA-L.")
    var inflate = Inflate.auto

    enum Inflate: String, ExpressibleByArgument, CaseIterable {
        case auto
        case zlib
        case isal

        var backEnd: InflateBackEnd {
            switch self {
            case .auto: .auto
            case .zlib: .zlib
            case .isal: .isal
            }
        }
    }

    /// How the bytes are taken.
    var reading: ArchiveReadingOptions {
        var options = ArchiveReadingOptions.ofCaller
        options.type = type
        options.backEnd = inflate.backEnd
        return options
    }

    private static func type(_ name: String) throws -> ArchiveType {
        let short: [String: ArchiveType] = [
            "tgz": .tarGzip, "tbz2": .tarBzip2, "txz": .tarXZ, "gzip": .gzip,
        ]
        guard let type = ArchiveType(rawValue: name) ?? short[name] else {
            let known = ArchiveType.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("it must be one of \(known).")
        }
        return type
    }

    /// The limits with what the flags change.
    var limits: ExtractionLimits {
        var limits = ExtractionLimits()
        if let maxBytes { limits.maxBytes = maxBytes.bytes }
        if let maxMembers { limits.maxMembers = maxMembers }
        if let maxRatio { limits.maxRatio = maxRatio }
        return limits
    }

    func validate() throws {
        if let maxMembers, maxMembers < 0 {
            throw ValidationError("--max-members must not be negative.")
        }
        guard inflate.backEnd.isAvailable else {
            throw ValidationError("--inflate isal: this simagent was built without ISA-L.")
        }
        if maxRatio == 0 { throw ValidationError("--max-ratio must be at least 1.") }
    }
}

extension CommandFailure {
    /// How the program ends for an error of an archive.
    init(_ error: ArchiveError) {
        self.init(error.description, status: error.code == .cancelled ? .interrupted : .fails)
    }
}

extension ArchiveReadingOptions {
    /// A zip that comes through a pipe is kept in the caller's TMPDIR.
    static var ofCaller: Self {
        var options = Self()
        if let folder = ProcessEnvironment["TMPDIR"] { options.spoolDirectory = folder }
        return options
    }
}
