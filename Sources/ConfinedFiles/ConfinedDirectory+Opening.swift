import Glibc

/// Files that stay open for their owner: to be read from any place, or locked.
extension ConfinedDirectory {
    /// Opens a regular file for reading and locking.
    ///
    /// - Parameter path: A plain relative path; a link in its last component is not followed.
    /// - Returns: A descriptor; closing it gives its locks back.
    /// - Throws: ``ConfinedFilesError`` with operation `read`; `EINVAL` where it is no regular
    ///   file.
    public func openFile(at path: ArraySlice<UInt8>) throws(ConfinedFilesError) -> Descriptor {
        try open(path, O_RDONLY | O_NONBLOCK, mode: 0, operation: "read")
    }

    /// Opens a regular file for reading and writing, and makes it where nothing has that name.
    ///
    /// - Parameters:
    ///   - path: A plain relative path; its parent exists.
    ///   - mode: Permission bits of a file that is made, less the umask.
    ///   - isNew: Whether a file that exists is an error, `EEXIST`.
    /// - Returns: A descriptor; closing it gives its locks back.
    /// - Throws: ``ConfinedFilesError`` with operation `create`.
    public func openOrCreateFile(
        at path: ArraySlice<UInt8>, mode: UInt32, isNew: Bool = false
    ) throws(ConfinedFilesError) -> Descriptor {
        try open(
            path, O_RDWR | O_CREAT | O_NONBLOCK | (isNew ? O_EXCL : 0), mode: mode,
            operation: "create")
    }

    private func open(
        _ path: ArraySlice<UInt8>, _ flags: Int32, mode: UInt32, operation: String
    ) throws(ConfinedFilesError) -> Descriptor {
        let parent = try openParent(of: path)
        let number = unsafe withCString(parent.name) {
            unsafe openat(parent.number, $0, flags | O_NOFOLLOW | O_CLOEXEC, mode)
        }
        guard number >= 0 else { throw failure(operation, path, errno) }
        let file = Descriptor(owning: number)
        var status = stat()
        guard unsafe fstat(file.number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw failure(operation, path, EINVAL)
        }
        return file
    }
}
