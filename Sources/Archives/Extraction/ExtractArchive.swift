public import ConfinedFiles
public import Vocabulary
import Glibc

/// Unpacks an archive file beneath a directory.
///
/// With one thread it is a straight loop. With two, one inflates and one reads the tar, and
/// whichever would wait makes small files, or inflates the next members where a gzip has many; more
/// threads do the same, and read ahead.
///
/// - Parameters:
///   - path: The archive, or `-` for standard input.
///   - directory: The boundary: nothing is made outside of it.
///   - archive: The archive's name in errors; by default the last part of `path`.
///   - limits: How much the archive may take.
///   - policy: What members may do beneath the directory.
///   - options: How its bytes are taken, and by how many threads.
///   - cancellation: Polled between two pieces.
///   - onProgress: Told what was done, piece by piece, on the calling thread.
///   - observe: Called behind every member that is whole.
/// - Returns: What was done.
/// - Throws: ``ArchiveError``: not an archive, damaged, refused, a limit, or the system's word.
public func extractArchive(
    at path: String, into directory: ConfinedDirectory, named archive: String? = nil,
    limits: ExtractionLimits = ExtractionLimits(), policy: ExtractionPolicy = .hardened,
    options: ArchiveReadingOptions = ArchiveReadingOptions(), cancellation: Cancellation? = nil,
    onProgress: ((ExtractionProgress) -> Void)? = nil,
    observe: ((TarMember) -> Void)? = nil
) throws(ArchiveError) -> ExtractionSummary {
    let name = archive ?? path.split(separator: "/").last.map(String.init) ?? path
    let options = options.fitting(path)
    let threads = options.threads
    var extraction = ArchiveExtraction(
        of: name, into: directory, limits: limits, policy: policy, options: options,
        cancellation: cancellation, observe: observe)
    if let summary = try extraction.readZip(at: path, onProgress: onProgress) { return summary }
    if threads > 1 {
        let rules = ContentRules(
            of: name, limits: limits, policy: policy, options: options,
            cancellation: cancellation)
        return try ThreadedExtraction(of: name, rules: rules, onProgress: onProgress).run(
            path, threads: threads, into: directory, policy: policy, observe: observe)
    }
    try readPieces(
        of: path, cancellation: cancellation, failed: { extraction.abandoned($0) }
    ) { piece throws(ArchiveError) in
        if cancellation?.isCancelled == true { throw extraction.cancel() }
        try extraction.push(piece)
        onProgress?(extraction.progress)
    }
    if cancellation?.isCancelled == true { throw extraction.cancel() }
    return try extraction.finish()
}

extension ArchiveReadingOptions {
    /// The options with what they leave open decided for a file.
    ///
    /// A small one is unpacked before a second thread has begun, and zlib is as fast there and
    /// more strict. Else the threads are the machine's cores, at most 8.
    func fitting(_ path: String) -> Self {
        var status = stat()
        let isFound = unsafe stat(path, &status) == 0
        let isSmall =
            path != "-" && isFound && status.st_mode & S_IFMT == S_IFREG
            && status.st_size < 64 << 10
        var options = self
        if isSmall, backEnd == .auto { options.backEnd = .zlib }
        if threads <= 0 {
            options.threads =
                isSmall ? 1 : min(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), 8)
        }
        return options
    }
}
