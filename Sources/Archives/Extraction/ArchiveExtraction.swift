public import ConfinedFiles
public import Vocabulary

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
        cancellation: Cancellation? = nil, observe: ((TarMember) -> Void)? = nil
    ) {
        self.archive = archive
        stream = MemberStream(
            into: TreeWriter(into: directory, limits: limits, policy: policy, observe: observe),
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
    mutating func readZip(
        at path: String, onProgress: ((ExtractionProgress) -> Void)?
    ) throws(ArchiveError) -> ExtractionSummary? {
        let zip: ZipFile?
        do throws(ArchiveFault) {
            zip = try openZip(at: path, rules: stream.rules)
        } catch {
            throw abandoned(error)
        }
        guard let zip else { return nil }
        return try finish { (stream) throws(ArchiveFault) in
            try stream.readZip(zip, onProgress: onProgress)
        }
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
        abandoned(.interrupted)
    }

    /// How far it has come.
    public var progress: ExtractionProgress { ExtractionProgress(stream.sink.summary) }

    /// Stops at a fault: the member under way goes, those before it stay.
    mutating func abandoned(_ fault: ArchiveFault) -> ArchiveError {
        stream.sink.abandoned(of: archive, by: fault)
    }
}

extension TreeWriter {
    /// Ends before the archive's end: the member under way goes, whole directories get the modes
    /// that they were meant to have.
    mutating func abandoned(of archive: String, by fault: ArchiveFault) -> ArchiveError {
        let unfinished = abandon()
        try? finish()
        compareWithMesos(fault)
        var error = ArchiveError(
            archive: archive, fault: fault, membersBefore: summary.members)
        error.unfinished = unfinished
        error.summary = summary
        return error
    }
}
