import ConfinedFiles
import Glibc

/// A place in the cache for one download; whoever else wants the same URI waits for it.
///
/// The file is locked from its making on: when this process dies, the kernel gives the lock back,
/// and the next who comes removes what is left.
// One thread at a time uses it: the one that downloads.
final class CacheSlot: ContentSink, @unchecked Sendable {
    private let cache: FetchCache
    private let key: String
    private let uri: String
    private let name: [UInt8]
    private var file: Descriptor?
    private var leftover: Leftovers.Ticket?
    private let leftovers: Leftovers
    private var head = ContentHead()
    private var bytes: UInt64 = 0
    private var reserved: UInt64?
    /// Whether what comes is kept; a cache that is full or cannot be written must not stop a task.
    private(set) var isKept = true

    init(
        owning file: consuming Descriptor, of cache: FetchCache, key: String, uri: String,
        leftovers: Leftovers
    ) {
        self.cache = cache
        self.key = key
        self.uri = uri
        self.leftovers = leftovers
        name = Array(key.utf8) + CacheSpace.partial
        self.file = consume file
        let (directory, name) = (cache.directory, name)
        leftover = leftovers.remember { try? directory.removeFile(at: name[...]) }
    }

    deinit { abandon() }

    /// Reserves the space that the source claims to need.
    ///
    /// - Returns: Whether there is that much.
    func reserve(_ length: UInt64) -> Bool {
        guard let number = file?.number, length < UInt64(Int64.max) / 2 else { return false }
        do throws(ConfinedFilesError) {
            let isThere = try cache.lock.locked { () throws(ConfinedFilesError) in
                guard try cache.space.makeRoom(for: length, beside: name) else { return false }
                return ftruncate(number, off_t(length) + off_t(CacheRecord.length)) == 0
            }
            if isThere { reserved = length }
            return isThere
        } catch {
            return false
        }
    }

    func begin(_ head: ContentHead) {
        self.head = head
        if reserved == nil, !reserve(head.length ?? 0) { giveUp() }
    }

    func receive(_ piece: borrowing Span<UInt8>) {
        guard isKept, let number = file?.number else { return }
        // An endless source must not fill the disk with what will not be kept.
        guard bytes < cache.space.capacity || piece.isEmpty else { return giveUp() }
        var written = 0
        while written < piece.count {
            let rest = piece.extracting(droppingFirst: written)
            let offset = off_t(bytes) + off_t(CacheRecord.length) + off_t(written)
            let count = unsafe rest.withUnsafeBytes {
                unsafe pwrite(number, $0.baseAddress, $0.count, offset)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return giveUp() }
            written += count
        }
        bytes += UInt64(piece.count)
    }

    /// Makes the download visible to all; with what it is, in one step.
    ///
    /// - Parameter sha256: Of the content.
    func commit(sha256: String) {
        guard isKept, let number = file?.number else { return abandon() }
        // More came than was claimed: the rest needs room as well.
        if bytes > reserved ?? 0, !reserve(bytes) { return abandon() }
        let record = CacheRecord(
            key: key, uri: redacted(uri), bytes: bytes, sha256: sha256, head: head)
        let encoded = record.encoded
        let count = unsafe encoded.withUnsafeBytes {
            unsafe pwrite(number, $0.baseAddress, $0.count, 0)
        }
        guard count == encoded.count,
            ftruncate(number, off_t(bytes) + off_t(CacheRecord.length)) == 0
        else { return abandon() }
        let isRenamed =
            (try? cache.lock.locked { () throws(ConfinedFilesError) in
                try cache.directory.rename(name[...], to: Array(key.utf8)[...])
            }) != nil
        guard isRenamed else { return abandon() }
        file = nil
        leftovers.forget(leftover)
    }

    /// Gives the place back; others who wait find nothing.
    func abandon() {
        guard file != nil else { return }
        _ = try? cache.lock.locked { () throws(ConfinedFilesError) in
            try cache.directory.removeFile(at: name[...])
        }
        file = nil
        leftovers.forget(leftover)
    }

    private func giveUp() {
        isKept = false
        abandon()
    }
}
