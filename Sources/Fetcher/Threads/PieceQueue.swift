import Glibc

/// A bounded queue of buffers between the thread that downloads and the one that unpacks.
///
/// Small pieces are gathered into buffers of 256 KiB; whoever is faster waits for the other, so
/// memory stays at `capacity` buffers.
@safe final class PieceQueue: @unchecked Sendable {
    // All state is touched with the mutex held; the addresses of mutex and conditions must not
    // move, so they are on the heap.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
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
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe changed.initialize(to: pthread_cond_t())
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(changed, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(changed)
        unsafe pthread_mutex_destroy(mutex)
        unsafe changed.deallocate()
        unsafe mutex.deallocate()
    }

    private func locked<Value>(_ body: () -> Value) -> Value {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return body()
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
        locked {
            self.end = end
            unsafe pthread_cond_broadcast(changed)
        }
    }

    /// The next buffer, waited for.
    ///
    /// - Returns: `nil` at the end, which ``howItEnded`` tells of.
    func take() -> [UInt8]? {
        locked {
            while full.isEmpty, end == nil { unsafe pthread_cond_wait(changed, mutex) }
            guard !full.isEmpty, end != .broken else { return nil }
            unsafe pthread_cond_broadcast(changed)
            return full.removeFirst()
        }
    }

    /// How the stream ended, once ``take()`` gave `nil`.
    var howItEnded: End { locked { end ?? .broken } }

    private func pass() {
        let buffer = gathering
        gathering = []
        locked {
            while full.count >= capacity { unsafe pthread_cond_wait(changed, mutex) }
            full.append(buffer)
            unsafe pthread_cond_broadcast(changed)
        }
    }
}
