/// What a caller says that an archive is.
public enum ArchiveType: String, Sendable, Hashable, CaseIterable {
    /// By content, and by name where content cannot tell.
    case auto
    /// A tar without compression.
    case tar
    /// A tar in gzip.
    case tarGzip = "tar.gz"
    /// A tar in bzip2.
    case tarBzip2 = "tar.bz2"
    /// A tar in xz.
    case tarXZ = "tar.xz"
    /// A zip, also one with bytes in front.
    case zip
    /// One file in gzip, also one that looks like a tar.
    case gzip = "gz"

    /// The compression that it must have; `nil` for none, or any.
    var compression: CompressionFormat? {
        switch self {
        case .auto, .tar, .zip: nil
        case .tarGzip, .gzip: .gzip
        case .tarBzip2: .bzip2
        case .tarXZ: .xz
        }
    }

    /// Whether its content may be a tar.
    var takesTar: Bool { self != .zip && self != .gzip }
}

/// How an archive's bytes are taken.
public struct ArchiveReadingOptions: Sendable, Hashable {
    /// What the archive is.
    public var type = ArchiveType.auto
    /// Where a zip is kept meanwhile that cannot be read in place, because it comes from a pipe
    /// or is pushed: in a file without a name.
    public var spoolDirectory = "/tmp"
    /// What inflates.
    public var backEnd = InflateBackEnd.auto
    /// Threads that unpack a file; 0 for the machine's cores, at most 8, and 1 for a small file.
    public var threads = 0

    /// By content, `/tmp`, the fastest back end, a thread for each core.
    public init() {}
}
