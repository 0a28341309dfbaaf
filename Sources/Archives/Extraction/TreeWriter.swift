import ConfinedFiles
import Glibc

/// Makes an archive's members beneath one directory, by the hardened policy.
///
/// The policy, line by line: `..` refused, leading slashes taken off, links only where they stay
/// inside, nothing written through a link, an existing name unlinked and never opened, devices
/// passed over, set-id and group and other write taken off, directory modes and times at the end.
struct TreeWriter: ~Copyable, MemberSink {
    let directory: ConfinedDirectory
    /// The same one where no link is followed.
    let boundary: ConfinedDirectory
    let limits: ExtractionLimits
    let policy: ExtractionPolicy
    let umask = processUmask
    private let observe: ((TarMember) -> Void)?
    var file: ConfinedFile?
    var member: TarMember?
    var path: [UInt8] = []
    /// Bytes of the file under way that are counted and have not come yet.
    var claimed: UInt64 = 0
    /// Bytes of the file under way that are counted.
    var counted: UInt64 = 0
    var directories = DeferredDirectories()
    /// What was done so far.
    var summary = ExtractionSummary()
    /// Members that were passed over and are not named.
    private var skippedUnnamed = 0
    /// The directory in which the last small file was made, and its path.
    var parent: (directory: ConfinedParent, path: [UInt8])?
    /// The small files of the slot under way; one at a time where there is no queue.
    var batch = FileBatch()
    /// Whether ``parent`` is one of the batch's.
    var isParentInBatch = false
    var inFlight = InFlightNames()
    var knownDirectories = KnownDirectories()
    /// Where batches go; `nil` makes every file at once.
    let queue: WriteQueue?
    /// What of the batches was not made, when the extraction has failed.
    var unmade = FileBatch.Unmade()
    let observesMembers: Bool

    /// Members that are named where they are passed over: at most 4 MiB of names.
    private static let maxSkipped = 1_000

    /// A writer that has made nothing yet.
    ///
    /// - Parameters:
    ///   - directory: The boundary.
    ///   - limits: How much the archive may take.
    ///   - policy: What members may do.
    ///   - queue: Takes small files in batches. Links that are followed would give one file two
    ///     paths, and whoever observes wants members that are there: then there are no batches.
    ///   - observe: Called behind every member that is whole.
    init(
        into directory: ConfinedDirectory, limits: ExtractionLimits, policy: ExtractionPolicy,
        queue: WriteQueue? = nil, observe: ((TarMember) -> Void)?
    ) {
        boundary = directory
        // Where no second descriptor is to be had, links are simply not followed.
        self.directory =
            policy.followsLinksInside
            ? (try? directory.followingLinksInside()) ?? directory : directory
        self.limits = limits
        self.policy = policy
        self.observe = observe
        // Each member is compared with what Mesos would do.
        observesMembers = observe != nil || policy.comparesWithMesos
        self.queue = policy.followsLinksInside || observe != nil ? nil : queue
    }

    mutating func begin(_ member: TarMember) throws(ArchiveFault) {
        var member = member
        if policy.takesSlashForDirectory, member.kind == .file, member.size == 0,
            member.name.last == UInt8(ascii: "/")
        {
            member.kind = .directory
        }
        self.member = member
        guard summary.members < limits.maxMembers else {
            throw fault(.limit, "more members than max-members (\(limits.maxMembers)) allows")
        }
        let normalized = try MemberPath(member.name, limits: limits)
        guard case .beneath(let path, let hadLeadingSlash) = normalized else {
            guard member.kind == .directory else {
                throw fault(.refused, "it has the name of the directory itself")
            }
            self.path = []
            if policy.setsTimeOfRoot {
                _ = directories.set(.init(mode: nil, time: time(of: member)), for: [])
            }
            return
        }
        self.path = path
        if policy.comparesWithMesos { compareWithMesos(member) }
        try waitForNames(of: member)
        if hadLeadingSlash { note("leading slashes were taken off names") }
        do throws(ConfinedFilesError) {
            try make(member)
        } catch {
            throw refusal.take() ?? fault(for: error)
        }
        if let refusal {
            self.refusal = nil
            throw refusal
        }
        // Parents that no member names were made on the way.
        if let slash = path.lastIndex(of: UInt8(ascii: "/")) { rememberDirectory(path[..<slash]) }
    }

    mutating func write(_ bytes: borrowing Span<UInt8>) throws(ArchiveFault) {
        try countBytesBeyondClaim(UInt64(bytes.count))
        do throws(ConfinedFilesError) {
            try file?.write(bytes)
        } catch {
            throw fault(for: error)
        }
    }

    mutating func seek(to offset: UInt64) throws(ArchiveFault) {
        do throws(ConfinedFilesError) {
            try file?.seek(to: Int64(clamping: offset))
        } catch {
            throw fault(for: error)
        }
    }

    /// Counts what a file holds above the size that it claimed: all of a bare gzip's.
    private mutating func countBytesBeyondClaim(_ count: UInt64) throws(ArchiveFault) {
        if claimed >= count {
            claimed -= count
            return
        }
        let excess = count - claimed
        claimed = 0
        guard excess <= limits.maxBytes - min(summary.bytes, limits.maxBytes) else {
            throw tooManyBytes()
        }
        summary.bytes += excess
        counted += excess
    }

    func tooManyBytes() -> ArchiveFault {
        fault(.limit, "more bytes than max-bytes (\(limits.maxBytes)) allows")
    }

    mutating func end() throws(ArchiveFault) {
        guard let member else { return }
        if let finished = file.take() {
            do throws(ConfinedFilesError) {
                if member.isSparse { try finished.truncate(to: member.size) }
                finished.setTime(time(of: member))
                try finished.close()
            } catch {
                removeUnfinished()
                throw fault(for: error)
            }
        }
        summary.members += 1
        self.member = nil
        observe?(member)
    }

    /// Removes the member that is under way: a part must not pass as a whole.
    ///
    /// - Returns: Its name, where there was one.
    mutating func abandon() -> [UInt8]? {
        guard let unfinished = file.take() else { return nil }
        try? unfinished.close()
        removeUnfinished()
        return member?.name
    }

    private mutating func removeUnfinished() {
        try? directory.removeFile(at: path[...])
        summary.files -= 1
        summary.bytes -= counted
    }

    /// Gives the directories their modes and times, deepest first.
    mutating func finish() throws(ArchiveFault) {
        // Not through links: a later member may have turned them elsewhere.
        let directory = boundary
        var failure: ConfinedFilesError?
        directories.forEach { path, status in
            do throws(ConfinedFilesError) {
                try directory.setTime(status.time, mode: status.mode, ofDirectory: path)
            } catch {
                // What took the directory's place keeps its own mode and time.
                let isOther = error.code == ENOTDIR || error.code == ELOOP || error.isMissing
                if !isOther, failure == nil { failure = error }
            }
        }
        directories = DeferredDirectories()
        if let failure { throw fault(for: failure) }
        if skippedUnnamed > 0 { note("\(skippedUnnamed) more members were passed over") }
        skippedUnnamed = 0
    }

    /// Directories that were made on the way to members: a few bytes may stand for thousands.
    var impliedDirectories = 0
    /// A refusal met while the file system was being asked.
    var refusal: ArchiveFault?

    func time(of member: TarMember) -> FileTime {
        FileTime(seconds: member.mtime, nanoseconds: member.mtimeNanoseconds)
    }

    mutating func skip(_ member: TarMember, because: String) {
        guard summary.skipped.count < Self.maxSkipped else {
            skippedUnnamed += 1
            return
        }
        summary.skipped.append(.init(member: member.name, because: because))
    }

    mutating func note(_ text: String) {
        if !summary.notes.contains(text) { summary.notes.append(text) }
    }

    func fault(_ code: ArchiveFault.Code, _ message: String) -> ArchiveFault {
        ArchiveFault(code, message, member: member?.name)
    }
}
