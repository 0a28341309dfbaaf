import Glibc
import Synchronization
import Vocabulary

/// SIGTERM and Ctrl-C: what is half-made goes, and the process ends as signals end it.
///
/// An agent sends SIGKILL, against which nothing helps but names that nobody takes for an artifact.
final class Termination: Sendable {
    /// What the work polls.
    let cancellation = Cancellation()
    private let isIdle = Atomic(false)

    /// Takes the signals on a thread of its own; to be called once, before the work.
    ///
    /// - Parameter cleanUp: Removes what the work has not removed within a second.
    func listen(_ cleanUp: @escaping @Sendable () -> Void) {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, number) }
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        let (termination, blocked) = (self, signals)
        OwnThread { termination.wait(for: blocked, cleanUp) }?.detach()
    }

    /// To be called when the work has ended; does not return where a signal has come, which ends
    /// the process then.
    func workHasEnded() {
        isIdle.store(true, ordering: .sequentiallyConsistent)
        while cancellation.isCancelled { sleep(1) }
    }

    private func wait(for signals: sigset_t, _ cleanUp: () -> Void) {
        var signals = signals
        var received: Int32 = 0
        unsafe sigwait(&signals, &received)
        cancellation.cancel()
        // What is half-made is removed by whoever makes it, unless that hangs.
        for _ in 0..<100 where !isIdle.load(ordering: .sequentiallyConsistent) { usleep(10_000) }
        cleanUp()
        signal(received, SIG_DFL)
        var only = sigset_t()
        unsafe sigemptyset(&only)
        unsafe sigaddset(&only, received)
        kill(getpid(), received)
        unsafe pthread_sigmask(SIG_UNBLOCK, &only, nil)
    }
}
