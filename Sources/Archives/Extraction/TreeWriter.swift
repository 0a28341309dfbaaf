import ConfinedFiles
import Glibc

/// Makes an archive's members beneath one directory, by the hardened policy.
///
/// The policy, line by line: `..` refused, leading slashes taken off, links only where they stay
/// inside, nothing written through a link, an existing name unlinked and never opened, devices
/// passed over, set-id and group and other write taken off, directory modes and times at the end.
struct TreeWriter: ~Copyable, MemberSink {
    private let directory: ConfinedDirectory
    private let limits: ExtractionLimits
    private let policy: ExtractionPolicy
    private let umask: UInt32
    private let observe: (TarMember) -> Void
    private var file: ConfinedFile?
    private var member: TarMember?
    private var path: [UInt8] = []
    /// Bytes of the file under way that are counted and have not come yet.
    private var claimed: UInt64 = 0
    private var directories: [[UInt8]: (mode: UInt32?, time: FileTime)] = [:]
    /// What was done so far.
    private(set) var summary = ExtractionSummary()

    init(
        into directory: ConfinedDirectory, limits: ExtractionLimits,
        policy: ExtractionPolicy, umask: UInt32,
        observe: @escaping (TarMember) -> Void
    ) {
        self.directory = directory
        self.limits = limits
        self.policy = policy
        self.umask = umask
        self.observe = observe
    }

    mutating func begin(_ member: TarMember) throws(ArchiveFault) {
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
            if policy.setsTimeOfRoot { directories[[]] = (nil, time(of: member)) }
            return
        }
        self.path = path
        if hadLeadingSlash { note("leading slashes were taken off names") }
        do throws(ConfinedFilesError) {
            try make(member)
        } catch {
            throw fault(for: error)
        }
        if let refusal {
            self.refusal = nil
            throw refusal
        }
    }

    mutating func write(_ bytes: borrowing Span<UInt8>) throws(ArchiveFault) {
        try countBytesBeyondClaim(UInt64(bytes.count))
        do throws(ConfinedFilesError) {
            try file?.write(bytes)
        } catch {
            throw fault(.system, error.description)
        }
    }

    mutating func seek(to offset: UInt64) throws(ArchiveFault) {
        do throws(ConfinedFilesError) {
            try file?.seek(to: Int64(clamping: offset))
        } catch {
            throw fault(.system, error.description)
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
        guard excess <= limits.maxBytes - summary.bytes else { throw tooManyBytes() }
        summary.bytes += excess
    }

    private func tooManyBytes() -> ArchiveFault {
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
                throw fault(.system, error.description)
            }
        }
        summary.members += 1
        self.member = nil
        observe(member)
    }

    /// Removes the member that is under way: a part must not pass as a whole.
    mutating func abandon() {
        guard let unfinished = file.take() else { return }
        try? unfinished.close()
        try? directory.removeFile(at: path[...])
    }

    /// Gives the directories their modes and times, deepest first.
    mutating func finish() throws(ArchiveFault) {
        for (path, status) in directories.sorted(by: { $0.key.count > $1.key.count }) {
            do throws(ConfinedFilesError) {
                if let mode = status.mode { try directory.setMode(mode, ofDirectory: path[...]) }
                try directory.setTime(status.time, at: path[...])
            } catch {
                throw fault(.system, error.description)
            }
        }
        directories = [:]
    }

    /// A refusal met while the file system was being asked.
    private var refusal: ArchiveFault?

    private mutating func make(_ member: TarMember) throws(ConfinedFilesError) {
        switch member.kind {
        case .file: try makeFile(member)
        case .directory: try makeDirectory(member)
        case .symlink: try makeSymlink(member)
        case .hardLink: try makeHardLink(member)
        case .fifo where policy.makesPipes:
            let (directory, mode) = (directory, member.mode & policy.modeMask)
            try replacing { path throws(ConfinedFilesError) in
                try directory.makePipe(at: path[...], mode: mode)
            }
            if refusal == nil { try directory.setTime(time(of: member), at: path[...]) }
        case .characterDevice, .blockDevice, .fifo, .socket:
            summary.skipped.append(
                .init(member: member.name, because: "it is a \(member.kind.rawValue)"))
        }
    }

    private mutating func makeFile(_ member: TarMember) throws(ConfinedFilesError) {
        guard UInt64(member.size) <= limits.maxBytes - summary.bytes else {
            refusal = tooManyBytes()
            return
        }
        let (directory, mode) = (directory, member.mode & policy.modeMask)
        var made: ConfinedFile?
        try replacing { path throws(ConfinedFilesError) in
            made = try directory.createFile(at: path[...], mode: mode)
        }
        guard made != nil else { return }
        file = made.take()
        summary.files += 1
        summary.bytes += UInt64(member.size)
        claimed = UInt64(member.size)
    }

    private mutating func makeDirectory(_ member: TarMember) throws(ConfinedFilesError) {
        do throws(ConfinedFilesError) {
            try withParents { [directory] path throws(ConfinedFilesError) in
                try directory.makeDirectory(at: path[...], mode: 0o700)
            }
        } catch {
            guard error.code == EEXIST else { throw error }
            let kind = try directory.status(at: path[...])?.kind
            if kind == .symlink, policy.followsLinksInside {
                // Throws where the link leads out, or to no directory.
                _ = try directory.names(in: path[...])
                note("a link to a directory inside was followed, as libarchive does")
            } else if kind != .directory {
                try directory.removeFile(at: path[...])
                try directory.makeDirectory(at: path[...], mode: 0o700)
            }
        }
        directories[path] = (
            member.mode & policy.modeMask & ~umask | policy.directoryMinimum, time(of: member)
        )
        summary.directories += 1
    }

    private mutating func makeSymlink(_ member: TarMember) throws(ConfinedFilesError) {
        let target = member.target
        if target.isEmpty || target.count > limits.maxTargetBytes || target.contains(0) {
            refusal = fault(.refused, "its target is empty, too long, or has a NUL")
            return
        }
        if let reason = reasonAgainstTarget(target, ofLinkAt: path) {
            guard policy.makesLinksThatLeadOut else {
                refusal = fault(.refused, "a symbolic link: \(reason)")
                return
            }
            note("a symbolic link that may lead out of the directory was made, as Mesos does")
        }
        let directory = directory
        try replacing { path throws(ConfinedFilesError) in
            try directory.makeSymlink(at: path[...], target: target)
        }
        guard refusal == nil else { return }
        try directory.setTime(time(of: member), at: path[...])
        summary.links += 1
    }

    private mutating func makeHardLink(_ member: TarMember) throws(ConfinedFilesError) {
        let shown = String(decoding: member.target.prefix(200), as: UTF8.self)
        let target: [UInt8]
        do throws(ArchiveFault) {
            guard case .beneath(let path, _) = try MemberPath(member.target, limits: limits) else {
                refusal = fault(.refused, "a hard link to the directory itself")
                return
            }
            target = path
        } catch {
            refusal = fault(.refused, "a hard link whose target \(shown) leads outside")
            return
        }
        guard let status = try directory.status(at: target[...]) else {
            refusal = fault(.refused, "a hard link to \(shown), which is not there")
            return
        }
        if status.kind == .directory || status.kind == .special {
            refusal = fault(.refused, "a hard link to \(shown), which is no file")
            return
        }
        if status.kind == .symlink,
            let reason = reasonAgainstTarget(
                try directory.linkTarget(at: target[...]), ofLinkAt: path)
        {
            if policy.makesLinksThatLeadOut {
                note("a hard link to a symbolic link that may lead out was made, as Mesos does")
            } else {
                refusal = fault(.refused, "a hard link to the symbolic link \(shown): \(reason)")
                return
            }
        }
        summary.links += 1
        // GNU tar writes members that are links to themselves: the file must survive.
        if target == path { return }
        let directory = directory
        try replacing { path throws(ConfinedFilesError) in
            try directory.makeHardLink(at: path[...], target: target[...])
        }
    }

    /// Makes something under the member's name; what has the name already goes first.
    private mutating func replacing(
        _ make: ([UInt8]) throws(ConfinedFilesError) -> Void
    ) throws(ConfinedFilesError) {
        do throws(ConfinedFilesError) {
            try withParents(make)
        } catch {
            guard error.code == EEXIST else { throw error }
            if try directory.status(at: path[...])?.kind == .directory {
                do throws(ConfinedFilesError) {
                    try directory.removeDirectory(at: path[...])
                } catch {
                    refusal = fault(.refused, "a directory that is not empty has its name")
                    return
                }
                directories[path] = nil
            } else {
                try directory.removeFile(at: path[...])
            }
            try make(path)
        }
    }

    /// Makes something under the member's name; missing parents are made on demand.
    private func withParents(
        _ make: ([UInt8]) throws(ConfinedFilesError) -> Void
    ) throws(ConfinedFilesError) {
        do throws(ConfinedFilesError) {
            try make(path)
        } catch {
            let replaces = error.code == ENOTDIR && policy.replacesFilesAmongParents
            guard error.isMissing || replaces, let slash = path.lastIndex(of: UInt8(ascii: "/"))
            else { throw error }
            if replaces { try removeFileAmongParents() }
            try directory.makeDirectories(at: path[..<slash], mode: policy.modeMask)
            try make(path)
        }
    }

    private func removeFileAmongParents() throws(ConfinedFilesError) {
        for index in path.indices where path[index] == UInt8(ascii: "/") {
            if try directory.status(at: path[..<index])?.kind == .file {
                return try directory.removeFile(at: path[..<index])
            }
        }
    }

    private func time(of member: TarMember) -> FileTime {
        FileTime(seconds: member.mtime, nanoseconds: member.mtimeNanoseconds)
    }

    private mutating func note(_ text: String) {
        if !summary.notes.contains(text) { summary.notes.append(text) }
    }

    private func fault(_ code: ArchiveFault.Code, _ message: String) -> ArchiveFault {
        ArchiveFault(code, message, member: member?.name)
    }

    private func fault(for error: ConfinedFilesError) -> ArchiveFault {
        switch error.code {
        case ELOOP, EXDEV:
            fault(.refused, "a part of its path is a symbolic link")
        case ENOTDIR:
            fault(.refused, "a part of its path is a file")
        default:
            fault(.system, "\(error.description); \(error.advice)")
        }
    }
}
