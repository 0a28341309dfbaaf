import Synchronization

/// A flag that long work reads between two buffers, and that anyone may set.
///
/// `Task.isCancelled` is always `false` on a thread of one's own, where blocking work runs; this
/// flag takes its place.
public final class Cancellation: Sendable {
    private let flag = Atomic(false)
    private let whole: Cancellation?

    /// A flag that is not set.
    public init() {
        whole = nil
    }

    /// The flag of a part of some work: set by itself, or with that of the whole.
    ///
    /// - Parameter whole: The flag of the whole work; it does not see the part's.
    public init(within whole: Cancellation?) {
        self.whole = whole
    }

    /// Whether the work should stop.
    public var isCancelled: Bool {
        flag.load(ordering: .relaxed) || whole?.isCancelled == true
    }

    /// Asks the work to stop; it does so within a second and leaves nothing half-made.
    public func cancel() {
        flag.store(true, ordering: .relaxed)
    }
}
