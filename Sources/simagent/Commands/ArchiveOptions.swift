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
        if maxRatio == 0 { throw ValidationError("--max-ratio must be at least 1.") }
    }

    /// How the program ends for an error of an archive.
    static func status(for error: ArchiveError) -> ExitStatus {
        error.code == .cancelled ? .interrupted : .fails
    }
}
