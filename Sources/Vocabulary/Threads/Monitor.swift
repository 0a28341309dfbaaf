import Glibc

/// A lock with a condition to wait for: what the standard library's mutex lacks.
///
/// Whoever waits looks again at what it waits for, in a loop: a wake-up says that something has
/// changed, not what.
@safe public final class Monitor: @unchecked Sendable {
    // Neither may move: they are on the heap.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    /// Threads that wait; read and written under the lock.
    private var waiting = 0

    /// A lock that nobody holds.
    public init() {
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

    /// Takes the lock; waits while another thread holds it.
    public func lock() { unsafe pthread_mutex_lock(mutex) }

    /// Gives the lock back.
    public func unlock() { unsafe pthread_mutex_unlock(mutex) }

    /// Runs `body` with the lock held.
    public func locked<Result>(_ body: () -> Result) -> Result {
        lock()
        defer { unlock() }
        return body()
    }

    /// Wakes every thread that waits; to be called with the lock held.
    public func announce() {
        // A wake-up of nobody costs a system call.
        if waiting > 0 { unsafe pthread_cond_broadcast(changed) }
    }

    /// Gives the lock back until something is announced, at most a tenth of a second.
    ///
    /// To be called with the lock held. The end is for a ``Cancellation``, which announces nothing.
    public func wait() {
        var deadline = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &deadline)
        deadline.tv_nsec += 100_000_000
        if deadline.tv_nsec >= 1_000_000_000 {
            deadline.tv_sec += 1
            deadline.tv_nsec -= 1_000_000_000
        }
        waiting += 1
        unsafe pthread_cond_timedwait(changed, mutex, &deadline)
        waiting -= 1
    }
}
