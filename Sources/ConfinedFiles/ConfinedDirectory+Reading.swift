import Glibc

/// Looking, reading and listing; no link is followed.
extension ConfinedDirectory {
    /// What has that name.
    ///
    /// - Parameter path: A plain relative path.
    /// - Returns: `nil` where nothing has it, or a parent is missing or no directory.
    /// - Throws: ``ConfinedFilesError`` for any other fault, a parent behind a link included.
    public func status(
        at path: ArraySlice<UInt8>
    ) throws(ConfinedFilesError) -> FileStatus? {
        do throws(ConfinedFilesError) {
            let parent = try openParent(of: path)
            var status = stat()
            let result = unsafe withCString(parent.name) {
                unsafe fstatat(parent.number, $0, &status, AT_SYMLINK_NOFOLLOW)
            }
            guard result == 0 else { throw failure("look at", path, errno) }
            return FileStatus(status)
        } catch {
            if error.code == ENOENT || error.code == ENOTDIR { return nil }
            throw error
        }
    }

    /// Looks whether something could be made there, now or once its parents are.
    ///
    /// - Parameter path: A plain relative path.
    /// - Throws: ``ConfinedFilesError`` where a parent is no directory, or is behind a link.
    public func checkParents(of path: ArraySlice<UInt8>) throws(ConfinedFilesError) {
        do throws(ConfinedFilesError) {
            _ = try openParent(of: path)
        } catch {
            guard error.isMissing else { throw error }
        }
    }

    /// The target of a symbolic link.
    ///
    /// - Parameter path: A plain relative path of a link.
    /// - Returns: The target's bytes.
    /// - Throws: ``ConfinedFilesError`` with operation `read the link`.
    public func linkTarget(
        at path: ArraySlice<UInt8>
    ) throws(ConfinedFilesError) -> [UInt8] {
        let parent = try openParent(of: path)
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe withCString(parent.name) { name in
            unsafe buffer.withUnsafeMutableBytes {
                unsafe readlinkat(
                    parent.number, name,
                    $0.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: CChar.self), $0.count)
            }
        }
        guard count >= 0 else { throw failure("read the link", path, errno) }
        return Array(buffer[..<count])
    }

    /// The bytes of a regular file.
    ///
    /// - Parameters:
    ///   - path: A plain relative path.
    ///   - limit: The most bytes that are read.
    /// - Returns: The bytes.
    /// - Throws: ``ConfinedFilesError`` with operation `read`; `EFBIG` above the limit, `EINVAL`
    ///   where it is no regular file.
    public func readFile(
        at path: ArraySlice<UInt8>, limit: Int
    ) throws(ConfinedFilesError) -> [UInt8] {
        let parent = try openParent(of: path)
        let number = unsafe withCString(parent.name) {
            // O_NONBLOCK: a pipe of that name must not hold the reader.
            unsafe openat(parent.number, $0, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        }
        guard number >= 0 else { throw failure("read", path, errno) }
        let file = Descriptor(owning: number)
        guard FileStatus(of: file.number)?.kind == .file else {
            throw failure("read", path, EINVAL)
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe read(file.number, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("read", path, errno) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= limit else { throw failure("read", path, EFBIG) }
        }
    }

    /// The names in a directory, sorted by their bytes.
    ///
    /// - Parameter path: A plain relative path; empty is this directory itself.
    /// - Returns: Names without `.` and `..`.
    /// - Throws: ``ConfinedFilesError`` with operation `list`.
    public func names(
        in path: ArraySlice<UInt8> = []
    ) throws(ConfinedFilesError) -> [[UInt8]] {
        try Self.names(in: try openDirectory(path), path: path)
    }

    static func names(
        in directory: borrowing Descriptor, path: ArraySlice<UInt8>
    ) throws(ConfinedFilesError) -> [[UInt8]] {
        let copy = fcntl(directory.number, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0, let stream = unsafe fdopendir(copy) else {
            let code = errno
            if copy >= 0 { close(copy) }
            throw ConfinedFilesError(
                operation: "list", path: String(decoding: path, as: UTF8.self), code: code)
        }
        defer { unsafe closedir(stream) }
        // The duplicate shares its position with the original.
        unsafe rewinddir(stream)
        var names: [[UInt8]] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: UInt8.self, capacity: 256) {
                    unsafe Array(UnsafeBufferPointer(start: $0, count: strlen($0)))
                }
            }
            if name != [dot], name != [dot, dot] { names.append(name) }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
