import ConfinedFiles
import Glibc
import Vocabulary

/// What is wrong with an archive, or why a member was not taken.
///
/// A fault knows its own place in the stream; ``ArchiveError`` adds which archive it was.
public struct ArchiveFault: Error, Sendable, Hashable {
    /// What a caller may act on; more may come.
    public struct Code: Hashable, Sendable {
        let name: String
        /// The bytes are no archive that is known here.
        public static let notAnArchive = Code(name: "not-an-archive")
        /// An archive of a format or a method that is not unpacked here.
        public static let unsupported = Code(name: "unsupported")
        /// The stream contradicts itself: a checksum, a number, a record.
        public static let damaged = Code(name: "damaged")
        /// The stream ends too early.
        public static let truncated = Code(name: "truncated")
        /// A member that would be unsafe to make.
        public static let refused = Code(name: "refused")
        /// A limit was reached.
        public static let limit = Code(name: "limit")
        /// A file cannot be made or written, or the input cannot be read.
        public static let system = Code(name: "system")
        /// The work was interrupted.
        public static let cancelled = Code(name: "cancelled")
    }

    /// The stable code.
    public let code: Code
    /// What is wrong; one line without place.
    public let message: String
    /// The member's name as bytes, where one was known.
    public var member: [UInt8]?
    /// Bytes from the start of the unpacked stream.
    public var offset: UInt64?
    /// Bytes from the start of the input.
    public var inputOffset: UInt64?
    /// A byte of the input before which the cause lies, where the stream came out of a
    /// decompressor and ``offset`` alone is exact.
    public var inputBound: UInt64?
    /// What was expected and what was found.
    public var detail: String?
    /// Whether libarchive would unpack the archive all the same, and say nothing.
    var isOverlookedByLibarchive = false

    init(
        _ code: Code, _ message: String, member: [UInt8]? = nil, offset: UInt64? = nil,
        inputOffset: UInt64? = nil, detail: String? = nil
    ) {
        self.code = code
        self.message = message
        self.member = member
        self.offset = offset
        self.inputOffset = inputOffset
        self.detail = detail
    }
}

extension ArchiveFault {
    /// What work ends with that was told to stop.
    static var interrupted: ArchiveFault { ArchiveFault(.cancelled, "interrupted") }

    /// What the file system said to a member: a refusal where the tree is in the way.
    init(_ error: ConfinedFilesError, member: [UInt8]?) {
        switch error.code {
        case ELOOP, EXDEV:
            self.init(.refused, "a part of its path is a symbolic link", member: member)
        case ENOTDIR:
            self.init(.refused, "a part of its path is a file", member: member)
        case ENOTEMPTY where error.operation == "remove":
            self.init(.refused, "a directory that is not empty has its name", member: member)
        default:
            self.init(.system, "\(error.description); \(error.advice)", member: member)
        }
    }
}

extension Cancellation? {
    /// Throws ``ArchiveFault/interrupted`` where the work was told to stop.
    func check() throws(ArchiveFault) {
        if self?.isCancelled == true { throw .interrupted }
    }
}
