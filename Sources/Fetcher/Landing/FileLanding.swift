import ConfinedFiles
import Crypto

/// Where a file lands in a directory: under a temporary name until it is whole.
final class FileLanding: ContentSink {
    /// The bytes so far.
    private(set) var bytes: UInt64 = 0
    /// What the source said of the content.
    private(set) var head = ContentHead()
    private let directory: ConfinedDirectory
    private let path: String
    private let uri: String
    private let isExecutable: Bool
    private let partial: ArraySlice<UInt8>
    private var file: ConfinedFile?
    private var hash = SHA256()
    private let observe: (ContentHead, UInt64) -> Void

    /// A place for a file.
    ///
    /// - Parameters:
    ///   - path: A plain path beneath `directory`.
    ///   - directory: The sandbox.
    ///   - uri: Where it comes from, for errors.
    ///   - isExecutable: Whether it gets mode 0755 whatever the source and the umask say.
    ///   - observe: Told of the bytes so far.
    init(
        at path: String, in directory: ConfinedDirectory, uri: String, isExecutable: Bool,
        observe: @escaping (ContentHead, UInt64) -> Void = { _, _ in }
    ) {
        self.path = path
        self.directory = directory
        self.uri = uri
        self.isExecutable = isExecutable
        self.observe = observe
        partial = Array((path + ".simagent-partial").utf8)[...]
    }

    deinit {
        // Whoever gave up left the landing with its file open.
        if file != nil { try? directory.removeFile(at: partial) }
    }

    func begin(_ head: ContentHead) throws(FetchError) {
        self.head = head
        do throws(ConfinedFilesError) {
            if try directory.status(at: partial) != nil { try directory.removeFile(at: partial) }
            let file = try directory.createFile(
                at: partial, mode: isExecutable ? 0o755 : head.mode ?? 0o644)
            if isExecutable { try file.setMode(0o755) }
            self.file = consume file
        } catch {
            throw unwritable(error)
        }
        observe(head, 0)
    }

    func receive(_ piece: borrowing Span<UInt8>) throws(FetchError) {
        do throws(ConfinedFilesError) {
            try file?.write(piece)
        } catch {
            throw unwritable(error)
        }
        unsafe piece.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        bytes += UInt64(piece.count)
        observe(head, bytes)
    }

    /// Gives the whole file its name.
    ///
    /// - Returns: SHA-256 of its bytes, 64 hexadecimal digits.
    func finish() throws(FetchError) -> String {
        // A response without content has no piece, and some sources no head.
        if file == nil { try begin(head) }
        guard let whole = file.take() else { return "" }
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
        return hexadecimal(hash.finalize())
    }

    private func unwritable(_ error: ConfinedFilesError) -> FetchError {
        FetchError(.unwritable, uri: uri, error.description, advice: error.advice)
    }
}

/// Bytes as digits, in lower case.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: text, as: UTF8.self)
}
