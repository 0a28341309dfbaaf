public import ConfinedFiles
public import Vocabulary
import Glibc

/// Unpacks an archive beneath a directory while its bytes come in.
///
/// ```swift
/// let directory = try ConfinedDirectory(opening: "sandbox")
/// var extraction = ArchiveExtraction(of: "docker.tar.gz", into: directory)
/// for piece in download { try extraction.push(piece.span) }
/// let summary = try extraction.finish()
/// ```
///
/// Memory is flat whatever the archive claims. After an error the member under way is gone, and
/// those before it stay.
public struct ArchiveExtraction: ~Copyable {
    private var stream: MemberStream<TreeWriter>
    private let archive: String

    /// An extraction that has seen nothing yet.
    ///
    /// - Parameters:
    ///   - archive: The archive's name, for errors.
    ///   - directory: The boundary: nothing is made outside of it.
    ///   - limits: How much the archive may take.
    ///   - policy: What members may do beneath the directory.
    ///   - options: How its bytes are taken.
    ///   - cancellation: Polled while a zip is unpacked, which ``finish()`` does.
    ///   - observe: Called behind every member that is whole.
    public init(
        of archive: String, into directory: ConfinedDirectory,
        limits: ExtractionLimits = ExtractionLimits(), policy: ExtractionPolicy = .hardened,
        options: ArchiveReadingOptions = ArchiveReadingOptions(),
        cancellation: Cancellation? = nil, observe: @escaping (TarMember) -> Void = { _ in }
    ) {
        self.archive = archive
        // The mask can be read by setting it alone.
        let mask = Glibc.umask(0o022)
        _ = Glibc.umask(mask)
        // Where no second descriptor is to be had, links are simply not followed.
        let beneath =
            policy.followsLinksInside
            ? (try? directory.followingLinksInside()) ?? directory : directory
        stream = MemberStream(
            into: TreeWriter(
                into: beneath, limits: limits, policy: policy, umask: mask, observe: observe),
            rules: ContentRules(
                of: archive, limits: limits, policy: policy, options: options,
                cancellation: cancellation))
    }

    /// Takes the next piece of the archive, of any size.
    ///
    /// - Parameter bytes: Borrowed for the call.
    /// - Throws: ``ArchiveError``; then nothing more may be pushed.
    public mutating func push(_ bytes: borrowing Span<UInt8>) throws(ArchiveError) {
        do throws(ArchiveFault) {
            try stream.push(bytes)
        } catch {
            throw abandoned(error)
        }
    }

    /// Checks the archive's end, and gives the directories their modes and times.
    ///
    /// - Returns: What was done.
    /// - Throws: ``ArchiveError`` where the archive is cut off.
    public mutating func finish() throws(ArchiveError) -> ExtractionSummary {
        try finish { (stream) throws(ArchiveFault) in try stream.finish() }
    }

    /// Unpacks the file at `path` where it is a zip that can be read in place.
    ///
    /// - Returns: `nil` where it is none: then its bytes are to be pushed.
    mutating func readZip(at path: String) throws(ArchiveError) -> ExtractionSummary? {
        let zip: ZipFile?
        do throws(ArchiveFault) {
            zip = try openZip(at: path, rules: stream.rules)
        } catch {
            throw abandoned(error)
        }
        guard let zip else { return nil }
        return try finish { (stream) throws(ArchiveFault) in try stream.readZip(zip) }
    }

    private mutating func finish(
        _ end: (inout MemberStream<TreeWriter>) throws(ArchiveFault) -> Void
    ) throws(ArchiveError) -> ExtractionSummary {
        do throws(ArchiveFault) {
            try end(&stream)
            try stream.sink.finish()
        } catch {
            throw abandoned(error)
        }
        var summary = stream.sink.summary
        summary.notes += stream.notes
        return summary
    }

    /// Stops before the end: the member under way goes, those before it stay.
    public mutating func cancel() -> ArchiveError {
        abandoned(ArchiveFault(.cancelled, "interrupted"))
    }

    private mutating func abandoned(_ fault: ArchiveFault) -> ArchiveError {
        stream.sink.abandon()
        // Whole directories keep the modes that they were meant to have.
        try? stream.sink.finish()
        var error = ArchiveError(
            archive: archive, fault: fault, membersBefore: stream.sink.summary.members)
        error.summary = stream.sink.summary
        return error
    }
}

/// Unpacks an archive file beneath a directory.
///
/// - Parameters:
///   - path: The archive, or `-` for standard input.
///   - directory: The boundary: nothing is made outside of it.
///   - archive: The archive's name in errors; by default the last part of `path`.
///   - limits: How much the archive may take.
///   - policy: What members may do beneath the directory.
///   - options: How its bytes are taken.
///   - cancellation: Polled between two pieces.
///   - observe: Called behind every member that is whole.
/// - Returns: What was done.
/// - Throws: ``ArchiveError``: not an archive, damaged, refused, a limit, or the system's word.
public func extractArchive(
    at path: String, into directory: ConfinedDirectory, named archive: String? = nil,
    limits: ExtractionLimits = ExtractionLimits(), policy: ExtractionPolicy = .hardened,
    options: ArchiveReadingOptions = ArchiveReadingOptions(), cancellation: Cancellation? = nil,
    observe: @escaping (TarMember) -> Void = { _ in }
) throws(ArchiveError) -> ExtractionSummary {
    let name = archive ?? path.split(separator: "/").last.map(String.init) ?? path
    var extraction = ArchiveExtraction(
        of: name, into: directory, limits: limits, policy: policy, options: options,
        cancellation: cancellation, observe: observe)
    if let summary = try extraction.readZip(at: path) { return summary }
    try readPieces(of: path, named: name) { piece throws(ArchiveError) in
        if cancellation?.isCancelled == true { throw extraction.cancel() }
        try extraction.push(piece)
    }
    return try extraction.finish()
}
