import ConfinedFiles

/// Keeps a zip that comes as a stream, until its directory, which is at the end, is there.
///
/// The file has no name: nobody else sees it, and it goes with its descriptor, however the program
/// ends.
final class ZipSpool {
    private var file: ConfinedFile?
    private var count: UInt64 = 0
    private let limits: ExtractionLimits
    private let directory: String

    /// An empty spool in a directory.
    ///
    /// - Throws: ``ArchiveFault`` with code system where no file can be made there.
    init(in directory: String, limits: ExtractionLimits) throws(ArchiveFault) {
        self.limits = limits
        self.directory = directory
        do throws(ConfinedFilesError) {
            file = try ConfinedDirectory(opening: directory).createUnnamedFile()
        } catch {
            throw fault(error)
        }
    }

    /// Keeps more bytes.
    ///
    /// - Throws: ``ArchiveFault`` where the zip alone is far larger than all that may come out of it.
    func append(_ bytes: borrowing Span<UInt8>) throws(ArchiveFault) {
        count += UInt64(bytes.count)
        guard limits.allowIdle(count) else {
            throw ArchiveFault(
                .limit, "the zip itself has more bytes than max-bytes (\(limits.maxBytes)) allows")
        }
        do throws(ConfinedFilesError) {
            try file?.write(bytes)
        } catch {
            throw fault(error)
        }
    }

    /// The whole zip, for reading; nothing can be appended any more.
    func finish() throws(ArchiveFault) -> ZipFile? {
        guard let file = file.take() else { return nil }
        return try ZipFile(file.takeDescriptor())
    }

    private func fault(_ error: ConfinedFilesError) -> ArchiveFault {
        ArchiveFault(
            .system,
            "a zip that comes as a stream must be kept in \(directory) meanwhile:"
                + " \(error.reason); \(error.advice)")
    }
}
