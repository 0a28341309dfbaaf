import CLinux
import Glibc

/// A directory beneath a ``ConfinedDirectory`` that is kept open while several files are made in
/// it: its path is resolved once, not for each of them.
///
/// Values may be used by several threads at once.
public final class ConfinedParent: Sendable {
    private let descriptor: Descriptor

    init(owning descriptor: consuming Descriptor) {
        self.descriptor = descriptor
    }

    /// Makes a file that does not exist yet, with all of its bytes, and closes it.
    ///
    /// Four system calls: `openat`, `write` (none for no bytes), `futimens`, `close`.
    ///
    /// - Parameters:
    ///   - name: One component with a NUL behind it.
    ///   - data: All of the file's bytes; nothing is copied.
    ///   - mode: Permission bits, from which the umask is taken.
    ///   - time: The modification time.
    /// - Throws: ``ConfinedFilesError`` with operation `create`, where `EEXIST` is anything of
    ///   that name, a dangling link included; `write` or `close` for a full disk, and then the
    ///   file is gone again.
    public func makeFile(
        named name: borrowing Span<UInt8>, holding data: borrowing Span<UInt8>, mode: UInt32,
        time: FileTime
    ) throws(ConfinedFilesError) {
        guard Self.isComponent(name) else { throw failure("create", name, EINVAL) }
        let parent = descriptor.number
        let number = unsafe withName(name) {
            unsafe openat(
                parent, $0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        }
        guard number >= 0 else { throw failure("create", name, errno) }
        var operation = "write"
        var code = write(data, to: number)
        // A time that the file system cannot hold is cut to what it can.
        if code == 0 { setTime(time, of: number) }
        if close(number) != 0, code == 0 {
            operation = "close"
            code = errno
        }
        guard code == 0 else {
            // A part must not pass as a whole.
            _ = unsafe withName(name) { unsafe unlinkat(parent, $0, 0) }
            throw failure(operation, name, code)
        }
    }

    /// Takes away what has the name: a file, a link, or an empty directory.
    ///
    /// - Parameter name: One component with a NUL behind it.
    /// - Throws: ``ConfinedFilesError`` with operation `remove`; `ENOTEMPTY` for a directory that
    ///   holds anything.
    public func remove(_ name: borrowing Span<UInt8>) throws(ConfinedFilesError) {
        guard Self.isComponent(name) else { throw failure("remove", name, EINVAL) }
        let parent = descriptor.number
        for flags in [0, AT_REMOVEDIR] {
            let result = unsafe withName(name) { unsafe unlinkat(parent, $0, flags) }
            if result == 0 || errno == ENOENT { return }
            guard flags == 0, errno == EISDIR || errno == EPERM else {
                throw failure("remove", name, errno)
            }
        }
    }

    private func write(_ data: borrowing Span<UInt8>, to number: Int32) -> Int32 {
        var written = 0
        while written < data.count {
            let rest = data.extracting(droppingFirst: written)
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(number, $0.baseAddress, $0.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            written += count
        }
        return 0
    }

    private func setTime(_ time: FileTime, of number: Int32) {
        var times = (
            timespec(tv_sec: 0, tv_nsec: clinux_utime_omit),
            timespec(tv_sec: Int(time.seconds), tv_nsec: Int(time.nanoseconds))
        )
        // On the stack: an array would be an allocation for each file.
        _ = unsafe withUnsafePointer(to: &times) {
            unsafe $0.withMemoryRebound(to: timespec.self, capacity: 2) {
                unsafe futimens(number, $0)
            }
        }
    }

    /// Whether a name is one component that ends in its only NUL.
    private static func isComponent(_ name: borrowing Span<UInt8>) -> Bool {
        let count = name.count - 1
        guard count > 0, count <= 255, name[count] == 0 else { return false }
        for index in 0..<count where name[index] == 0 || name[index] == slash { return false }
        return name[0] != dot || count > 2 || count == 2 && name[1] != dot
    }

    private func withName<Result>(
        _ name: borrowing Span<UInt8>, _ body: (UnsafePointer<CChar>) -> Result
    ) -> Result {
        unsafe name.withUnsafeBytes { bytes in
            // Never empty: the NUL is there.
            unsafe body(bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: CChar.self))
        }
    }

    private func failure(
        _ operation: String, _ name: borrowing Span<UInt8>, _ code: Int32
    ) -> ConfinedFilesError {
        let path = unsafe name.withUnsafeBytes {
            unsafe String(decoding: $0.dropLast(), as: UTF8.self)
        }
        return ConfinedFilesError(operation: operation, path: path, code: code)
    }
}

extension ConfinedDirectory {
    /// Opens the directory at `path` to make files in it.
    ///
    /// - Parameter path: A plain relative path; empty is this directory itself.
    /// - Returns: The directory, open until the last reference to it goes.
    /// - Throws: ``ConfinedFilesError`` where it is missing, no directory, or behind a link.
    public func parent(at path: ArraySlice<UInt8>) throws(ConfinedFilesError) -> ConfinedParent {
        guard path.isEmpty || Self.isPlain(path) else { throw failure("open", path, EINVAL) }
        return ConfinedParent(owning: try openDirectory(path, flags: clinux_o_path))
    }

    /// Sets the modification time of a directory, and its permission bits where they are given.
    ///
    /// - Parameters:
    ///   - time: The time.
    ///   - mode: Permission bits, exactly; `nil` leaves them.
    ///   - path: A plain relative path; empty is this directory itself.
    /// - Throws: ``ConfinedFilesError``; a link is not followed.
    public func setTime(
        _ time: FileTime, mode: UInt32?, ofDirectory path: ArraySlice<UInt8>
    ) throws(ConfinedFilesError) {
        let directory = try openDirectory(path)
        let times = timesFor(time)
        _ = unsafe times.withUnsafeBufferPointer {
            unsafe futimens(directory.number, $0.baseAddress)
        }
        if let mode, fchmod(directory.number, mode) != 0 {
            throw failure("set the mode of", path, errno)
        }
    }
}
