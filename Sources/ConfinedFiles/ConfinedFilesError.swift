import Glibc

/// Why a file beneath a directory could not be made, read or removed.
public struct ConfinedFilesError: Error, Sendable, Hashable {
    /// What was being done: `create`, `open`, `link`.
    public let operation: String
    /// The path beneath the directory, as it was given.
    public let path: String
    /// `errno` of the system call.
    public let code: Int32

    /// An error of a system call.
    public init(operation: String, path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// Whether nothing has that name.
    public var isMissing: Bool { code == ENOENT }

    /// Whether anything has that name already.
    public var isExisting: Bool { code == EEXIST }

    /// The system's words for ``code``.
    public var reason: String { unsafe String(cString: strerror(code)) }

    /// What a person can do about it.
    public var advice: String {
        switch code {
        case ENOSPC, EDQUOT: "free some space, or choose another directory"
        case EACCES, EPERM, EROFS: "choose a directory that you may write to"
        case EMFILE, ENFILE: "raise the limit of open files"
        case ENOENT: "see whether the directory was removed meanwhile"
        case EFBIG: "raise the limit of file sizes (ulimit -f), or choose another file system"
        case EIO: "look at what the kernel says of that disk"
        case EXDEV, ELOOP: "take the symbolic link out of the way"
        default: "see the reason"
        }
    }
}

extension ConfinedFilesError: CustomStringConvertible {
    /// One line: `cannot create a/b: No space left on device`.
    public var description: String { "cannot \(operation) \(path): \(reason)" }
}
