import ConfinedFiles
import Glibc

/// Making a member of each kind by the policy.
extension TreeWriter {
    mutating func make(_ member: TarMember) throws(ConfinedFilesError) {
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
            try checkParents()
            skip(member, because: "it is a \(member.kind.rawValue)")
        }
    }

    /// A name that no file could have is refused of what is passed over as well.
    private func checkParents() throws(ConfinedFilesError) {
        do throws(ConfinedFilesError) {
            try directory.checkParents(of: path[...])
        } catch {
            guard error.code == ENOTDIR, policy.replacesFilesAmongParents else { throw error }
        }
    }

    private mutating func makeFile(_ member: TarMember) throws(ConfinedFilesError) {
        guard hasRoom(for: UInt64(member.size)) else {
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
        counted = claimed
    }

    private mutating func makeDirectory(_ member: TarMember) throws(ConfinedFilesError) {
        // The final mode at once, where it lets files be made in the directory.
        let wanted = member.mode & policy.modeMask | policy.directoryMinimum
        let first = wanted & ~umask & 0o700 == 0o700 ? wanted : 0o700
        var made: UInt32? = first & ~umask
        do throws(ConfinedFilesError) {
            try withParents { [directory] path throws(ConfinedFilesError) in
                try directory.makeDirectory(at: path[...], mode: first)
            }
        } catch {
            guard error.isExisting, waitForBatches() else { throw error }
            made = nil
            parent = nil
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
        guard refusal == nil else { return }
        let mode = member.mode & policy.modeMask & ~umask | policy.directoryMinimum
        if try isThroughLink() {
            try directory.setTime(time(of: member), mode: mode, ofDirectory: path[...])
        } else {
            let status = DeferredDirectories.Status(
                mode: mode == made ? nil : mode, time: time(of: member))
            guard directories.set(status, for: path) else {
                refusal = fault(
                    .limit,
                    "the paths of directories have more than \(DeferredDirectories.maxBytes) bytes")
                return
            }
        }
        rememberDirectory(path[...])
        summary.directories += 1
    }

    /// Whether a link that was followed stands for the directory, or for one above it: where it
    /// leads may be another place at the end.
    private func isThroughLink() throws(ConfinedFilesError) -> Bool {
        guard policy.followsLinksInside else { return false }
        do throws(ConfinedFilesError) {
            return try boundary.status(at: path[...])?.kind == .symlink
        } catch {
            guard error.code == ELOOP || error.code == EXDEV else { throw error }
            return true
        }
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
            note(
                "a symbolic link that may lead out of the directory was made, as Mesos does", member
            )
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
                note(
                    "a hard link to a symbolic link that may lead out was made, as Mesos does",
                    member)
            } else {
                refusal = fault(.refused, "a hard link to the symbolic link \(shown): \(reason)")
                return
            }
        }
        if target == path, !policy.takesLinksToThemselves {
            refusal = fault(.refused, "a hard link to itself, at which Mesos fails")
            return
        }
        // GNU tar writes members that are links to themselves, and two paths may lead to one name:
        // the file must survive.
        if try directory.status(at: path[...])?.isSameFile(as: status) != true {
            let directory = directory
            try replacing { path throws(ConfinedFilesError) in
                try directory.makeHardLink(at: path[...], target: target[...])
            }
        }
        if refusal == nil { summary.links += 1 }
    }
}
