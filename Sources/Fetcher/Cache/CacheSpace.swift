import ConfinedFiles
import Glibc

/// The space of a cache, as its files have it: there is no other book-keeping that could be wrong.
///
/// A file that is being downloaded has the length that its source claims from the start, so
/// whoever adds up the files sees what is reserved. All of it runs with the cache's lock held.
struct CacheSpace {
    let directory: ConfinedDirectory
    /// The most bytes of content.
    let capacity: UInt64

    /// The ending of a file that is not whole.
    static let partial = Array(".part".utf8)

    /// A file of the cache.
    struct File {
        let name: [UInt8]
        /// Bytes of content, without the record.
        let bytes: UInt64
        let modified: FileTime
        var isPartial: Bool { name.count > 64 }
    }

    /// All files of the cache; those that whoever died left behind are removed.
    func files() throws(ConfinedFilesError) -> [File] {
        var files: [File] = []
        for name in try directory.names() where Self.isOurs(name) {
            guard let status = try directory.status(at: name[...]), status.kind == .file else {
                continue
            }
            let file = File(
                name: name, bytes: status.size - min(status.size, UInt64(CacheRecord.length)),
                modified: status.modified)
            if file.isPartial, try removeIfUnlocked(name) { continue }
            files.append(file)
        }
        return files
    }

    private static func isOurs(_ name: [UInt8]) -> Bool {
        let digits = name.prefix(64)
        return digits.count == 64
            && digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            && (name.count == 64 || name.suffix(from: 64).elementsEqual(partial))
    }

    /// Removes a file that nobody has locked.
    func removeIfUnlocked(_ name: [UInt8]) throws(ConfinedFilesError) -> Bool {
        let file: Descriptor
        do throws(ConfinedFilesError) {
            file = try directory.openFile(at: name[...])
        } catch {
            if error.isMissing { return true }
            throw error
        }
        guard file.lockNow(isExclusive: true) else { return false }
        try directory.removeFile(at: name[...])
        return true
    }

    /// Makes room, by giving up what was used least recently and is not in use now.
    ///
    /// Nothing is given up unless it suffices (`Cache::selectVictims`).
    ///
    /// - Parameters:
    ///   - bytes: How much is needed.
    ///   - own: The file that needs it, and does not count.
    /// - Returns: Whether there is room.
    /// - Throws: `ConfinedFilesError` where the directory cannot be read or changed.
    func makeRoom(
        for bytes: UInt64, beside own: [UInt8]
    ) throws(ConfinedFilesError) -> Bool {
        guard bytes <= capacity else { return false }
        let others = try files().filter { $0.name != own }
        let used = others.reduce(UInt64(0)) { sum, file in
            sum.addingReportingOverflow(file.bytes).partialValue
        }
        let free = capacity - min(capacity, used)
        guard free < bytes else { return true }
        var victims: [[UInt8]] = []
        var freed = free
        let oldest = others.filter { !$0.isPartial }.sorted { left, right in
            (left.modified.seconds, left.modified.nanoseconds)
                < (right.modified.seconds, right.modified.nanoseconds)
        }
        for file in oldest where freed < bytes && !isInUse(file.name) {
            victims.append(file.name)
            freed += file.bytes
        }
        guard freed >= bytes else { return false }
        for name in victims { try directory.removeFile(at: name[...]) }
        return true
    }

    private func isInUse(_ name: [UInt8]) -> Bool {
        // Whoever begins to read takes the cache's lock first, which is held here.
        guard let file = try? directory.openFile(at: name[...]) else { return false }
        return !file.lockNow(isExclusive: true)
    }
}
