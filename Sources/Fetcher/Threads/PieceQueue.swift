import Vocabulary

/// A bounded queue of buffers between the thread that downloads and the one that unpacks.
///
/// Small pieces are gathered into buffers of 256 KiB; whoever is faster waits for the other, so
/// memory stays at `capacity` buffers.
final class PieceQueue: @unchecked Sendable {
    // All state is touched with the lock held.
    private let monitor = Monitor()
    private var full: [[UInt8]] = []
    private var gathering: [UInt8] = []
    private var end: End?
    private let capacity: Int

    /// How the stream of pieces ended.
    enum End {
        /// All came.
        case whole
        /// The rest will not come.
        case broken
    }

    private static let bufferSize = 256 << 10

    init(capacity: Int = 8) {
        self.capacity = capacity
    }

    /// Adds bytes; waits while the queue is full.
    func put(_ piece: borrowing Span<UInt8>) {
        if gathering.isEmpty { gathering.reserveCapacity(Self.bufferSize) }
        unsafe piece.withUnsafeBufferPointer { unsafe gathering.append(contentsOf: $0) }
        if gathering.count >= Self.bufferSize { pass() }
    }

    /// Says that no more comes.
    func close(_ end: End) {
        if end == .whole, !gathering.isEmpty { pass() }
        monitor.locked {
            self.end = end
            monitor.announce()
        }
    }

    /// The next buffer, waited for.
    ///
    /// - Returns: `nil` at the end, which ``howItEnded`` tells of.
    func take() -> [UInt8]? {
        monitor.locked {
            while full.isEmpty, end == nil { monitor.wait() }
            guard !full.isEmpty, end != .broken else { return nil }
            monitor.announce()
            return full.removeFirst()
        }
    }

    /// How the stream ended, once ``take()`` gave `nil`.
    var howItEnded: End { monitor.locked { end ?? .broken } }

    private func pass() {
        let buffer = gathering
        gathering = []
        monitor.locked {
            while full.count >= capacity { monitor.wait() }
            full.append(buffer)
            monitor.announce()
        }
    }
}
