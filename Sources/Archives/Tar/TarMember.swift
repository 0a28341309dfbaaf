import Glibc

/// One member of an archive, with what its headers say of it.
public struct TarMember: Sendable, Hashable {
    /// The kinds of member.
    public enum Kind: String, Sendable {
        case file
        case directory
        case symlink
        case hardLink = "hardlink"
        case characterDevice = "character-device"
        case blockDevice = "block-device"
        case fifo
        case socket
    }

    /// The name as the archive has it: bytes, usually UTF-8.
    public let name: [UInt8]
    /// What it is.
    public internal(set) var kind: Kind
    /// The data's length in bytes; 0 for all but files.
    public internal(set) var size: Int64
    /// Permission bits, set-id and sticky included.
    public let mode: UInt32
    /// Modification time in seconds since 1970.
    public let mtime: Int64
    /// The nanoseconds behind ``mtime``.
    public let mtimeNanoseconds: Int32
    /// The target of a link; empty for all others.
    public let target: [UInt8]
    /// Whether the archive does not say how long its data are: the file of a bare gzip.
    var hasUnknownSize = false
    /// Whether its holes are not in the archive.
    public let isSparse: Bool
    /// Where its header begins in the unpacked stream, in bytes.
    public let offset: UInt64
}

extension TarMember {
    /// The one file of a bare gzip: its size is not known before its end.
    init(bareFile name: [UInt8]) {
        self.init(
            name: name, kind: .file, size: 0, mode: 0o644, mtime: Int64(time(nil)),
            mtimeNanoseconds: 0, target: [], hasUnknownSize: true, isSparse: false, offset: 0)
    }
}

/// What takes an archive's members, one after the other.
protocol MemberSink: ~Copyable {
    /// A member begins; a file's data follow.
    mutating func begin(_ member: TarMember) throws(ArchiveFault)
    /// More of the data of the file under way.
    mutating func write(_ bytes: borrowing Span<UInt8>) throws(ArchiveFault)
    /// The next data belong further on in the file under way; what is between is a hole.
    mutating func seek(to offset: UInt64) throws(ArchiveFault)
    /// The member under way is whole.
    mutating func end() throws(ArchiveFault)
    /// Takes a regular file at once, in place of `begin`, `write` and `end`.
    ///
    /// - Parameters:
    ///   - file: Its data lie whole in `piece`.
    ///   - piece: The piece of the stream that is being read.
    /// - Returns: `false` where nothing was done, and the three calls must follow.
    /// - Throws: ``ArchiveFault`` where the file cannot be made.
    mutating func takeWhole(
        _ file: WholeFile, in piece: borrowing Span<UInt8>
    ) throws(ArchiveFault) -> Bool
}

extension MemberSink where Self: ~Copyable {
    mutating func takeWhole(
        _ file: WholeFile, in piece: borrowing Span<UInt8>
    ) throws(ArchiveFault) -> Bool { false }
}
