import Glibc

/// A thread for work that blocks, which the pool of structured concurrency has none to spare for.
public final class OwnThread: Sendable {
    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private let thread: pthread_t

    /// Starts a thread; `nil` where the system has none left.
    ///
    /// - Parameter body: Runs once; whoever waits for it calls ``join()``.
    public init?(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let work = unsafe Unmanaged.passRetained(Work(body))
        let code = unsafe pthread_create(
            &thread, nil,
            { @Sendable argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                }
                return nil
            }, work.toOpaque())
        guard code == 0 else {
            unsafe work.release()
            return nil
        }
        self.thread = thread
    }

    /// Waits for the end of the work; to be called once, and not after ``detach()``.
    public func join() {
        pthread_join(thread, nil)
    }

    /// Lets the thread go: nobody waits for it.
    public func detach() {
        pthread_detach(thread)
    }
}
