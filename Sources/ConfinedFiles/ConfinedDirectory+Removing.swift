import CLinux
import Glibc

/// Removing; links are removed, never followed.
extension ConfinedDirectory {
    /// Removes a file or a link.
    ///
    /// - Parameter path: A plain relative path.
    /// - Throws: ``ConfinedFilesError`` with operation `remove`.
    public func removeFile(at path: ArraySlice<UInt8>) throws(ConfinedFilesError) {
        try unlink(path, flags: 0)
    }

    /// Removes an empty directory.
    ///
    /// - Parameter path: A plain relative path.
    /// - Throws: ``ConfinedFilesError`` with operation `remove`; `ENOTEMPTY` where it holds
    ///   anything.
    public func removeDirectory(at path: ArraySlice<UInt8>) throws(ConfinedFilesError) {
        try unlink(path, flags: AT_REMOVEDIR)
    }

    /// Removes a file, a link, or a directory with all that it holds; a missing one is no error.
    ///
    /// Directories that forbid it to their owner are opened up first, as `rm -rf` does not: what a
    /// task leaves behind must go.
    ///
    /// What others remove at the same time is no error, and what they add goes as well.
    ///
    /// - Parameter path: A plain relative path.
    /// - Throws: ``ConfinedFilesError`` of the first thing that stays.
    public func removeTree(at path: ArraySlice<UInt8>) throws(ConfinedFilesError) {
        let parent = try openParent(of: path)
        // The tree may be deeper than the stack, and than there are descriptors: what is to do is a
        // list, and the way up is "..", which must lead to where it came from.
        var pending: [(name: [UInt8], isEntered: Bool)] = [(parent.name, false)]
        var here = Descriptor(owning: fcntl(parent.number, F_DUPFD_CLOEXEC, 0))
        var above: [FileStatus] = []
        var rounds = 0
        while let top = pending.last {
            if top.isEntered {
                let number = unsafe openat(here.number, "..", Self.searching)
                guard number >= 0 else { throw failure("remove", path, errno) }
                here = Descriptor(owning: number)
                guard let expected = above.popLast(), let found = FileStatus(of: number),
                    found.isSameFile(as: expected)
                else { throw failure("remove", path, ESTALE) }
                if unsafe withCString(top.name, { unsafe unlinkat(number, $0, AT_REMOVEDIR) }) == 0
                    || errno == ENOENT
                {
                    pending.removeLast()
                } else {
                    rounds += 1
                    guard errno == ENOTEMPTY || errno == EEXIST, rounds < 1_000 else {
                        throw failure("remove", path, errno)
                    }
                    pending[pending.count - 1].isEntered = false
                }
                continue
            }
            let number = here.number
            if unsafe withCString(top.name, { unsafe unlinkat(number, $0, 0) }) == 0
                || errno == ENOENT
            {
                pending.removeLast()
                continue
            }
            guard errno == EISDIR || errno == EPERM || errno == EACCES else {
                throw failure("remove", path, errno)
            }
            let child = Self.openForRemoval(top.name, in: number)
            if child < 0, errno == ENOENT {
                pending.removeLast()
                continue
            }
            guard child >= 0, let status = FileStatus(of: number) else {
                throw failure("remove", path, errno)
            }
            above.append(status)
            here = Descriptor(owning: child)
            pending[pending.count - 1].isEntered = true
            let directory = Descriptor(owning: fcntl(child, F_DUPFD_CLOEXEC, 0))
            for name in try Self.names(in: directory, path: path) {
                pending.append((name, false))
            }
        }
    }

    /// Flags to open a directory for what is in it, which needs no permission to read it.
    private static let searching = clinux_o_path | O_DIRECTORY | O_CLOEXEC

    private static func openForRemoval(_ name: [UInt8], in parent: Int32) -> Int32 {
        let flags = O_DIRECTORY | O_RDONLY | O_NOFOLLOW | O_CLOEXEC
        return unsafe withCString(name) { name in
            let number = unsafe openat(parent, name, flags)
            if number >= 0, unsafe faccessat(number, ".", W_OK | X_OK, 0) == 0 {
                return number
            }
            if number >= 0 { close(number) }
            guard unsafe fchmodat(parent, name, 0o700, 0) == 0 else { return -1 }
            return unsafe openat(parent, name, flags)
        }
    }

    private func unlink(
        _ path: ArraySlice<UInt8>, flags: Int32
    ) throws(ConfinedFilesError) {
        let parent = try openParent(of: path)
        try Self.unlink(parent.name, in: parent.number, flags: flags, path)
    }

    private static func unlink(
        _ name: [UInt8], in parent: Int32, flags: Int32, _ path: ArraySlice<UInt8>
    ) throws(ConfinedFilesError) {
        guard unsafe withCString(name, { unsafe unlinkat(parent, $0, flags) }) == 0 else {
            throw ConfinedFilesError(
                operation: "remove", path: String(decoding: path, as: UTF8.self), code: errno)
        }
    }
}
