import Glibc

/// A thread for blocking work, which the pool of structured concurrency has none to spare for.
final class OwnThread: Sendable {
    private let thread: pthread_t

    /// Starts a thread; `nil` where the system has none left.
    ///
    /// - Parameter work: Runs once; whoever waits for it calls ``join()``.
    init?(_ work: @escaping @Sendable () -> Void) {
        final class Box {
            let work: @Sendable () -> Void
            init(_ work: @escaping @Sendable () -> Void) { self.work = work }
        }
        var thread = pthread_t()
        let box = unsafe Unmanaged.passRetained(Box(work))
        let code = unsafe pthread_create(
            &thread, nil,
            { @Sendable argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().work()
                }
                return nil
            }, box.toOpaque())
        guard code == 0 else {
            unsafe box.release()
            return nil
        }
        self.thread = thread
    }

    /// Waits for the end of the work; to be called once.
    func join() {
        pthread_join(thread, nil)
    }
}

/// Runs `work` for every number below `count`, on at most `width` threads, and waits for all.
///
/// - Parameters:
///   - count: How many pieces of work there are.
///   - width: How many run at once; the caller's thread is one of them.
///   - work: Gets the number of its piece; pieces begin in order.
public func concurrently(
    _ count: Int, width: Int, work: @escaping @Sendable (Int) -> Void
) {
    let turns = Turns(count)
    @Sendable func takeTurns() {
        while let turn = turns.next() { work(turn) }
    }
    let threads = (1..<max(1, min(width, count))).map { _ in OwnThread(takeTurns) }
    takeTurns()
    for thread in threads { thread?.join() }
}
