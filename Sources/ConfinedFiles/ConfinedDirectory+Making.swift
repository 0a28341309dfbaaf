import CLinux
import Glibc

/// Making, replacing and renaming; nothing here follows a link in the last component.
extension ConfinedDirectory {
    /// Makes a file that does not exist yet.
    ///
    /// - Parameters:
    ///   - path: A plain relative path; its parent exists.
    ///   - mode: Permission bits, from which the umask is taken.
    /// - Returns: The file, open for writing.
    /// - Throws: ``ConfinedFilesError`` with operation `create`; `EEXIST` where anything has
    ///   that name, a dangling link included.
    public func createFile(
        at path: ArraySlice<UInt8>, mode: UInt32
    ) throws(ConfinedFilesError) -> ConfinedFile {
        let parent = try openParent(of: path)
        let number = unsafe withCString(parent.name) {
            unsafe openat(
                parent.number, $0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        }
        guard number >= 0 else { throw failure("create", path, errno) }
        return ConfinedFile(
            owning: Descriptor(owning: number), path: String(decoding: path, as: UTF8.self))
    }

    /// Makes a directory.
    ///
    /// - Parameters:
    ///   - path: A plain relative path; its parent exists.
    ///   - mode: Permission bits, from which the umask is taken.
    /// - Throws: ``ConfinedFilesError`` with operation `create the directory`.
    public func makeDirectory(
        at path: ArraySlice<UInt8>, mode: UInt32
    ) throws(ConfinedFilesError) {
        let parent = try openParent(of: path)
        let result = unsafe withCString(parent.name) { unsafe mkdirat(parent.number, $0, mode) }
        guard result == 0 else { throw failure("create the directory", path, errno) }
    }

    /// Makes a named pipe.
    ///
    /// - Parameters:
    ///   - path: A plain relative path; its parent exists.
    ///   - mode: Permission bits, from which the umask is taken.
    /// - Throws: ``ConfinedFilesError`` with operation `create the pipe`.
    public func makePipe(at path: ArraySlice<UInt8>, mode: UInt32) throws(ConfinedFilesError) {
        let parent = try openParent(of: path)
        let result = unsafe withCString(parent.name) { unsafe mkfifoat(parent.number, $0, mode) }
        guard result == 0 else { throw failure("create the pipe", path, errno) }
    }

    /// Makes a directory and the parents that are missing.
    ///
    /// - Parameters:
    ///   - path: A plain relative path.
    ///   - mode: Permission bits of every directory that is made, less the umask.
    /// - Returns: How many were made.
    /// - Throws: ``ConfinedFilesError``; a directory that exists is none.
    @discardableResult
    public func makeDirectories(
        at path: ArraySlice<UInt8>, mode: UInt32
    ) throws(ConfinedFilesError) -> Int {
        guard Self.isPlain(path) else { throw failure("create the directory", path, EINVAL) }
        // Whatever exists is at the front: walk back to it, then make what is behind.
        var missing: [ArraySlice<UInt8>] = []
        var made = 0
        var rest = path
        while true {
            do throws(ConfinedFilesError) {
                try makeDirectory(at: rest, mode: mode)
                made = 1
                break
            } catch {
                if error.code == EEXIST { break }
                guard error.isMissing, let end = rest.lastIndex(of: slash) else { throw error }
                missing.append(rest)
                rest = rest[..<end]
            }
        }
        for directory in missing.reversed() { try makeDirectory(at: directory, mode: mode) }
        _ = try openDirectory(path)
        return made + missing.count
    }

    /// Makes a symbolic link; the target is text and is not looked at.
    ///
    /// - Parameters:
    ///   - path: A plain relative path; its parent exists.
    ///   - target: The bytes of the target, not empty and without NUL.
    /// - Throws: ``ConfinedFilesError`` with operation `link`.
    public func makeSymlink(
        at path: ArraySlice<UInt8>, target: [UInt8]
    ) throws(ConfinedFilesError) {
        guard !target.isEmpty, !target.contains(0) else { throw failure("link", path, EINVAL) }
        let parent = try openParent(of: path)
        let result = unsafe withCString(target) { target in
            unsafe withCString(parent.name) { unsafe symlinkat(target, parent.number, $0) }
        }
        guard result == 0 else { throw failure("link", path, errno) }
    }

    /// Gives a file a second name; a symbolic link is not followed but gets the second name.
    ///
    /// - Parameters:
    ///   - path: A plain relative path; its parent exists.
    ///   - target: A plain relative path of what exists.
    /// - Throws: ``ConfinedFilesError`` with operation `link`.
    public func makeHardLink(
        at path: ArraySlice<UInt8>, target: ArraySlice<UInt8>
    ) throws(ConfinedFilesError) {
        let old = try openParent(of: target)
        let parent = try openParent(of: path)
        let result = unsafe withCString(old.name) { oldName in
            unsafe withCString(parent.name) {
                unsafe linkat(old.number, oldName, parent.number, $0, 0)
            }
        }
        guard result == 0 else { throw failure("link", path, errno) }
    }

    /// Renames within the directory; a file of the new name is replaced in one step.
    ///
    /// - Parameters:
    ///   - path: A plain relative path of what exists.
    ///   - newPath: A plain relative path; its parent exists.
    /// - Throws: ``ConfinedFilesError`` with operation `rename`.
    public func rename(
        _ path: ArraySlice<UInt8>, to newPath: ArraySlice<UInt8>
    ) throws(ConfinedFilesError) {
        let old = try openParent(of: path)
        let new = try openParent(of: newPath)
        let result = unsafe withCString(old.name) { oldName in
            unsafe withCString(new.name) {
                unsafe renameat(old.number, oldName, new.number, $0)
            }
        }
        guard result == 0 else { throw failure("rename", newPath, errno) }
    }

    /// Sets the permission bits of a directory exactly.
    ///
    /// - Parameters:
    ///   - mode: Permission bits.
    ///   - path: A plain relative path; empty is this directory itself.
    /// - Throws: ``ConfinedFilesError``; a link is not followed.
    public func setMode(
        _ mode: UInt32, ofDirectory path: ArraySlice<UInt8>
    ) throws(ConfinedFilesError) {
        let directory = try openDirectory(path)
        guard fchmod(directory.number, mode) == 0 else {
            throw failure("set the mode of", path, errno)
        }
    }

    /// Sets the modification time of anything, without following a link.
    ///
    /// - Parameters:
    ///   - time: The time.
    ///   - path: A plain relative path.
    /// - Throws: ``ConfinedFilesError`` where the parent cannot be opened.
    public func setTime(
        _ time: FileTime, at path: ArraySlice<UInt8>
    ) throws(ConfinedFilesError) {
        let parent = try openParent(of: path)
        let times = timesFor(time)
        _ = unsafe withCString(parent.name) { name in
            unsafe times.withUnsafeBufferPointer {
                unsafe utimensat(parent.number, name, $0.baseAddress, AT_SYMLINK_NOFOLLOW)
            }
        }
    }
}
