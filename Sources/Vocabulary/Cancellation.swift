import Synchronization

/// A flag that long work reads between two buffers, and that anyone may set.
///
/// `Task.isCancelled` is always `false` on a thread of one's own, where blocking work runs; this
/// flag takes its place.
public final class Cancellation: Sendable {
    private let flag = Atomic(false)

    /// A flag that is not set.
    public init() {}

    /// Whether the work should stop.
    public var isCancelled: Bool { flag.load(ordering: .relaxed) }

    /// Asks the work to stop; it does so within a second and leaves nothing half-made.
    public func cancel() {
        flag.store(true, ordering: .relaxed)
    }
}
