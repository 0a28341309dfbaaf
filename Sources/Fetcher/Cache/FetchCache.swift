public import ConfinedFiles
import Crypto
import Glibc
import Synchronization
import Vocabulary

/// The agent's cache of artifacts: a directory with a file for each user and URI.
///
/// As in Mesos the size is limited, what was used least recently goes first, what is in use stays,
/// and who wants what is being downloaded waits for it. Beyond Mesos the cache outlives its
/// process and is shared with others: a file becomes visible whole, by one rename, with its own
/// description in it; locks belong to the kernel, which takes them back from the dead. A copy is
/// compared with its SHA-256 on the way out, so that a damaged file is fetched again.
public final class FetchCache: Sendable {
    let directory: ConfinedDirectory
    let lock: CacheLock
    let space: CacheSpace
    /// Whether a server is asked whether a cached file is still current, once for each URI.
    public let revalidates: Bool
    private let current = Mutex<Set<String>>([])

    /// Opens a cache, or makes one.
    ///
    /// - Parameters:
    ///   - path: Its directory; made with mode 0700, and what is missing above it with 0755.
    ///   - capacity: The most bytes of content.
    ///   - revalidates: Whether servers are asked with `If-None-Match` or `If-Modified-Since`.
    /// - Throws: `ConfinedFilesError`; `EPERM` where the directory belongs to somebody else.
    public init(
        at path: String, capacity: UInt64 = 2 << 30, revalidates: Bool = false
    ) throws(ConfinedFilesError) {
        directory = try ConfinedDirectory(opening: path, makingAllWith: 0o755, last: 0o700)
        var status = stat()
        // Who owns the directory could put any file in the place of an artifact.
        guard unsafe fstat(directory.number, &status) == 0,
            status.st_uid == geteuid() || status.st_uid == 0, status.st_mode & 0o022 == 0
        else { throw ConfinedFilesError(operation: "trust the cache in", path: path, code: EPERM) }
        lock = CacheLock(in: directory)
        space = CacheSpace(directory: directory, capacity: capacity)
        self.revalidates = revalidates
        _ = try lock.locked { () throws(ConfinedFilesError) in try space.files() }
    }

    /// A file of the cache, for people and tests.
    public struct Entry: Sendable, Hashable {
        /// The URI, without its secrets.
        public let uri: String
        /// Its length in bytes.
        public let bytes: UInt64
        /// The file's name in the cache's directory.
        public let file: String
    }

    /// What is in the cache; the least recently used first.
    public func entries() throws(ConfinedFilesError) -> [Entry] {
        let files = try lock.locked { () throws(ConfinedFilesError) in try space.files() }
        let sorted = files.filter { !$0.isPartial }.sorted { left, right in
            (left.modified.seconds, left.modified.nanoseconds)
                < (right.modified.seconds, right.modified.nanoseconds)
        }
        return sorted.compactMap { file in
            let name = String(decoding: file.name, as: UTF8.self)
            guard let descriptor = try? directory.openFile(at: file.name[...]),
                let cached = CachedFile(owning: descriptor, key: name)
            else { return nil }
            return Entry(uri: cached.record.uri, bytes: cached.record.bytes, file: name)
        }
    }

    /// What the cache has for a request.
    enum Claim {
        /// A whole file.
        case whole(CachedFile)
        /// A whole file whose source must be asked, and a place for what is newer.
        case stale(CachedFile, CacheSlot)
        /// Nothing yet, and a place for it.
        case missing(CacheSlot)
        /// The cache is of no use this time.
        case unusable(String)
    }

    /// The key of a URI for a user: Mesos takes `user@uri`, of which two can be alike.
    static func key(_ uri: String, user: String?) -> String {
        let name = user ?? ""
        return hexadecimal(
            SHA256.hash(
                data: Array("\(user == nil ? "-" : "+")\(name.utf8.count):\(name)\(uri)".utf8)))
    }

    /// Looks a URI up, and waits where somebody is downloading it.
    ///
    /// - Parameters:
    ///   - uri: The URI as it was written.
    ///   - user: The task's user.
    ///   - leftovers: Keeps the names of what is not whole.
    ///   - cancellation: Polled while it waits.
    /// - Returns: A file, a place for one, or why there is neither.
    /// - Throws: ``FetchError`` where it was cancelled.
    func claim(
        _ uri: String, user: String?, leftovers: Leftovers, cancellation: Cancellation?
    ) throws(FetchError) -> Claim {
        let key = Self.key(uri, user: user)
        var hasWaited = false
        while true {
            let look: Look
            do throws(ConfinedFilesError) {
                look = try lock.locked { () throws(ConfinedFilesError) in
                    try self.look(key, uri, leftovers)
                }
            } catch {
                return .unusable(error.description)
            }
            switch look {
            case .whole(let file): return .whole(file)
            case .stale(let file, let slot): return .stale(file, slot)
            case .missing(let slot):
                // Those who waited in vain do not wait for each other as well (`_fetch`).
                guard !hasWaited else {
                    slot.abandon()
                    return .unusable("the download that was under way failed")
                }
                return .missing(slot)
            case .underWay(let other):
                hasWaited = true
                guard other.file.waitUntilShared(cancellation) else { throw .interrupted(uri) }
            }
        }
    }

    /// Notes that a file is current: its source said so, or it has just come from there.
    func noteCurrent(_ uri: String, user: String?) {
        guard revalidates else { return }
        current.withLock { _ = $0.insert(Self.key(uri, user: user)) }
    }

    /// Removes a file whose content is not what it was.
    func drop(_ uri: String, user: String?) {
        let name = Array(Self.key(uri, user: user).utf8)
        _ = try? lock.locked { () throws(ConfinedFilesError) in
            try directory.removeFile(at: name[...])
        }
    }

    /// A download of somebody else.
    private final class UnderWay: Sendable {
        let file: Descriptor
        init(_ file: consuming Descriptor) { self.file = file }
    }

    private enum Look {
        case whole(CachedFile)
        case stale(CachedFile, CacheSlot)
        case missing(CacheSlot)
        case underWay(UnderWay)
    }

    /// One look with the lock held.
    private func look(
        _ key: String, _ uri: String, _ leftovers: Leftovers
    ) throws(ConfinedFilesError) -> Look {
        let name = Array(key.utf8)
        let partial = name + CacheSpace.partial
        if try directory.status(at: partial[...]) != nil {
            let file = try directory.openFile(at: partial[...])
            guard file.lockNow(isExclusive: true) else { return .underWay(UnderWay(file)) }
            // Its maker is dead.
            try directory.removeFile(at: partial[...])
        }
        let whole = try wholeFile(key, name)
        if let whole, !revalidates || current.withLock({ $0.contains(key) }) {
            return .whole(whole)
        }
        let file = try directory.openOrCreateFile(at: partial[...], mode: 0o600, isNew: true)
        guard file.lockNow(isExclusive: true) else {
            throw ConfinedFilesError(operation: "lock", path: "a new file", code: errno)
        }
        let slot = CacheSlot(owning: file, of: self, key: key, uri: uri, leftovers: leftovers)
        return whole.map { .stale($0, slot) } ?? .missing(slot)
    }

    private func wholeFile(
        _ key: String, _ name: [UInt8]
    ) throws(ConfinedFilesError) -> CachedFile? {
        guard try directory.status(at: name[...]) != nil else { return nil }
        let file = try directory.openFile(at: name[...])
        // Only whoever makes room locks a whole file exclusively, with the cache's lock held.
        _ = file.lockNow(isExclusive: false)
        guard let whole = CachedFile(owning: file, key: key) else {
            try directory.removeFile(at: name[...])
            return nil
        }
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        try directory.setTime(
            FileTime(seconds: Int64(now.tv_sec), nanoseconds: Int32(now.tv_nsec)), at: name[...])
        return whole
    }
}
