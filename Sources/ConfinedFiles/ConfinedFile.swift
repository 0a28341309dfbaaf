import CLinux
import Glibc

/// A file that is being written beneath a ``ConfinedDirectory``.
public struct ConfinedFile: ~Copyable, Sendable {
    private let descriptor: Descriptor
    private let path: String

    init(owning descriptor: consuming Descriptor, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    /// Writes all of `bytes` at the current position.
    ///
    /// - Parameter bytes: Borrowed for the call; nothing is copied.
    /// - Throws: ``ConfinedFilesError`` with operation `write`: disk full, quota, I/O error.
    public func write(_ bytes: borrowing Span<UInt8>) throws(ConfinedFilesError) {
        var written = 0
        while written < bytes.count {
            let rest = bytes.extracting(droppingFirst: written)
            let count = unsafe rest.withUnsafeBytes { [number = descriptor.number] in
                unsafe Glibc.write(number, $0.baseAddress, $0.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw ConfinedFilesError(operation: "write", path: path, code: errno)
            }
            written += count
        }
    }

    /// Moves on without writing; what is skipped reads as zeros and takes no disk.
    ///
    /// - Parameter offset: Bytes from the start of the file.
    /// - Throws: ``ConfinedFilesError`` where the file system cannot hold such a file.
    public func seek(to offset: Int64) throws(ConfinedFilesError) {
        guard lseek(descriptor.number, off_t(offset), SEEK_SET) >= 0 else {
            throw ConfinedFilesError(operation: "write", path: path, code: errno)
        }
    }

    /// Makes the file `size` bytes long.
    ///
    /// - Parameter size: Bytes; a hole fills what was not written.
    /// - Throws: ``ConfinedFilesError`` with operation `write`.
    public func truncate(to size: Int64) throws(ConfinedFilesError) {
        guard ftruncate(descriptor.number, off_t(size)) == 0 else {
            throw ConfinedFilesError(operation: "write", path: path, code: errno)
        }
    }

    /// Sets the permission bits exactly, whatever the umask.
    ///
    /// - Parameter mode: Permission bits.
    /// - Throws: ``ConfinedFilesError`` with operation `set the mode of`.
    public func setMode(_ mode: UInt32) throws(ConfinedFilesError) {
        guard fchmod(descriptor.number, mode) == 0 else {
            throw ConfinedFilesError(operation: "set the mode of", path: path, code: errno)
        }
    }

    /// Sets the modification time; one that the file system cannot hold is cut to what it can.
    ///
    /// - Parameter time: The time.
    public func setTime(_ time: FileTime) {
        let times = timesFor(time)
        _ = unsafe times.withUnsafeBufferPointer {
            unsafe futimens(descriptor.number, $0.baseAddress)
        }
    }

    /// Gives up the descriptor, for whoever reads what was written.
    ///
    /// - Returns: The open descriptor.
    public consuming func takeDescriptor() -> Descriptor { descriptor }

    /// Closes the file.
    ///
    /// - Throws: ``ConfinedFilesError`` with operation `close`: a full disk may show only here.
    public consuming func close() throws(ConfinedFilesError) {
        let path = self.path
        let code = descriptor.close()
        guard code == 0 else {
            throw ConfinedFilesError(operation: "close", path: path, code: code)
        }
    }
}

/// Access and modification time for `utimensat`: the first stays as it is.
func timesFor(_ time: FileTime) -> [timespec] {
    [
        timespec(tv_sec: 0, tv_nsec: clinux_utime_omit),
        timespec(tv_sec: Int(time.seconds), tv_nsec: Int(time.nanoseconds)),
    ]
}
