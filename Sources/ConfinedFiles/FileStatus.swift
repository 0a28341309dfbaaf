import Glibc

/// What a file is and how large, without following a link.
public struct FileStatus: Sendable, Hashable {
    /// The kinds of file.
    public enum Kind: String, Sendable {
        case file
        case directory
        case symlink
        /// A device, a pipe or a socket.
        case special
    }

    /// What it is.
    public let kind: Kind
    /// The permission bits, set-id and sticky included.
    public let mode: UInt32
    /// The size in bytes.
    public let size: UInt64
    /// The owner's user id.
    public let owner: UInt32
    /// When its content changed last.
    public let modified: FileTime
    /// The device and inode, which two names of one file share.
    let identity: [UInt64]

    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .symlink
            default: .special
            }
        mode = status.st_mode & 0o7777
        size = UInt64(clamping: status.st_size)
        owner = status.st_uid
        modified = FileTime(
            seconds: Int64(status.st_mtim.tv_sec), nanoseconds: Int32(status.st_mtim.tv_nsec))
        identity = [UInt64(status.st_dev), UInt64(status.st_ino)]
    }

    /// The status of what is open.
    ///
    /// - Returns: `nil` where the system does not give it; `errno` says why.
    init?(of descriptor: Int32) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Whether both are names of one file.
    ///
    /// - Parameter other: The status of another name.
    /// - Returns: `true` where device and inode are equal.
    public func isSameFile(as other: FileStatus) -> Bool { identity == other.identity }
}
