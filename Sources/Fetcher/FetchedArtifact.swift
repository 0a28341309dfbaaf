import Archives
import Vocabulary

/// What came of one request.
public struct FetchedArtifact: Sendable {
    /// The URI, without its secrets.
    public let uri: String
    /// The file's path in the sandbox; `.` where only what came out of an archive is there, as
    /// Mesos has it with a cached one.
    public let path: String
    /// Its size in bytes.
    public let bytes: UInt64
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    public let sha256: String
    /// Whether it was unpacked.
    public internal(set) var isExtracted = false
    /// Whether it came from the cache.
    public internal(set) var isCached = false
    /// What the cache did that Mesos would have done otherwise.
    var findings: [Finding] = []
    /// What came out of it, in the archive's order.
    public internal(set) var members: [ExtractedMember] = []
    /// The members that were passed over: pipes and devices.
    public internal(set) var skipped: [String] = []

    init(uri: String, path: String, bytes: UInt64, sha256: String) {
        self.uri = uri
        self.path = path
        self.bytes = bytes
        self.sha256 = sha256
    }
}

/// A member that came out of an archive.
public struct ExtractedMember: Sendable, Hashable {
    /// The name, as the archive has it.
    public let path: String
    /// The mode that the archive gives it.
    public let mode: UInt32
    /// Its size in bytes.
    public let bytes: UInt64

    init(path: String, mode: UInt32, bytes: UInt64) {
        self.path = path
        self.mode = mode
        self.bytes = bytes
    }

    init(_ member: TarMember) {
        self.init(
            path: String(decoding: member.name, as: UTF8.self), mode: member.mode,
            bytes: UInt64(clamping: member.size))
    }
}
