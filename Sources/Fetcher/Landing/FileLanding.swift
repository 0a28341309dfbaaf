import ConfinedFiles

/// Where a file lands in a directory: under a temporary name until it is whole.
final class FileLanding: ContentSink {
    private let directory: ConfinedDirectory
    private let path: String
    private let uri: String
    private let isExecutable: Bool
    private let partial: ArraySlice<UInt8>
    private let leftovers: Leftovers
    private var leftover: Leftovers.Ticket?
    private var file: ConfinedFile?

    /// A place for a file.
    ///
    /// - Parameters:
    ///   - path: A plain path beneath `directory`; its parent exists.
    ///   - directory: The sandbox.
    ///   - uri: Where it comes from, for errors.
    ///   - isExecutable: Whether it gets mode 0755 whatever the source and the umask say.
    ///   - leftovers: Keeps the temporary name while it is in use.
    init(
        at path: String, in directory: ConfinedDirectory, uri: String, isExecutable: Bool,
        leftovers: Leftovers
    ) {
        self.path = path
        self.directory = directory
        self.uri = uri
        self.isExecutable = isExecutable
        self.leftovers = leftovers
        partial = temporaryName(beside: path)
    }

    deinit {
        // Whoever gave up left the landing with its file open.
        if file != nil { try? directory.removeFile(at: partial) }
        leftovers.forget(leftover)
    }

    func begin(_ head: ContentHead) throws(FetchError) {
        let (directory, partial) = (directory, partial)
        leftover = leftovers.remember { try? directory.removeFile(at: partial) }
        do throws(ConfinedFilesError) {
            let file = try directory.createFile(
                at: partial, mode: isExecutable ? 0o755 : head.mode ?? 0o644)
            if isExecutable { try file.setMode(0o755) }
            self.file = consume file
        } catch {
            try? directory.removeFile(at: partial)
            throw unwritable(error)
        }
    }

    func receive(_ piece: borrowing Span<UInt8>) throws(FetchError) {
        do throws(ConfinedFilesError) {
            try file?.write(piece)
        } catch {
            throw unwritable(error)
        }
    }

    /// Gives the whole file its name.
    func finish() throws(FetchError) {
        guard let whole = file.take() else { return }
        do throws(ConfinedFilesError) {
            do throws(ConfinedFilesError) {
                try whole.close()
                try directory.rename(partial, to: Array(path.utf8)[...])
            } catch {
                try? directory.removeFile(at: partial)
                throw error
            }
        } catch {
            throw unwritable(error)
        }
    }

    private func unwritable(_ error: ConfinedFilesError) -> FetchError {
        FetchError(.unwritable, uri: uri, error.description, advice: error.advice)
    }
}

/// A name in the folder of `path` that nothing else has: without any part of the real name, which
/// may hold a query, and short enough for any file system.
func temporaryName(beside path: String) -> ArraySlice<UInt8> {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let number = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    return Array((folder + ".simagent-partial-" + number).utf8)[...]
}
