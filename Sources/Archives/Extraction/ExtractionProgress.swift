import Synchronization

/// How far an extraction has come, for whoever watches from another thread.
public final class ExtractionProgress: Sendable {
    private let memberCount = Atomic(0)
    private let byteCount = Atomic<UInt64>(0)

    /// Nothing done yet.
    public init() {}

    /// Members of any kind that were read.
    public var members: Int { memberCount.load(ordering: .relaxed) }
    /// Bytes of all files so far.
    public var bytes: UInt64 { byteCount.load(ordering: .relaxed) }

    func set(members: Int, bytes: UInt64) {
        memberCount.store(members, ordering: .relaxed)
        byteCount.store(bytes, ordering: .relaxed)
    }
}
