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
    /// - Parameter path: A plain relative path.
    /// - Throws: ``ConfinedFilesError`` of the first thing that stays.
    public func removeTree(at path: ArraySlice<UInt8>) throws(ConfinedFilesError) {
        let parent = try openParent(of: path)
        // The tree may be deeper than the stack: what is open is a list, not a recursion.
        var pending: [(name: [UInt8], isEntered: Bool)] = [(parent.name, false)]
        var stack: [Int32] = [fcntl(parent.number, F_DUPFD_CLOEXEC, 0)]
        defer { for number in stack { close(number) } }
        while let top = pending.last, let here = stack.last {
            if top.isEntered {
                pending.removeLast()
                close(here)
                stack.removeLast()
                guard let above = stack.last else { break }
                try Self.unlink(top.name, in: above, flags: AT_REMOVEDIR, path)
                continue
            }
            if unsafe withCString(top.name, { unsafe unlinkat(here, $0, 0) }) == 0
                || errno == ENOENT
            {
                pending.removeLast()
                continue
            }
            guard errno == EISDIR || errno == EPERM || errno == EACCES else {
                throw failure("remove", path, errno)
            }
            let number = Self.openForRemoval(top.name, in: here)
            guard number >= 0 else { throw failure("remove", path, errno) }
            pending[pending.count - 1].isEntered = true
            stack.append(number)
            let directory = Descriptor(owning: fcntl(number, F_DUPFD_CLOEXEC, 0))
            for name in try Self.names(in: directory, path: path) {
                pending.append((name, false))
            }
        }
    }

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
