import Glibc
import Vocabulary

/// SIGTERM and Ctrl-C: what is half-made goes, and the process ends as signals end it.
///
/// An agent sends SIGKILL, against which nothing helps but names that nobody takes for an artifact.
enum Termination {
    /// Takes the signals on a thread of its own; to be called once, before the work.
    static func listen(_ cleanUp: @escaping @Sendable () -> Void) {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, number) }
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        let blocked = signals
        OwnThread { wait(for: blocked, cleanUp) }?.detach()
    }

    private static func wait(for signals: sigset_t, _ cleanUp: () -> Void) {
        var signals = signals
        var received: Int32 = 0
        unsafe sigwait(&signals, &received)
        cleanUp()
        signal(received, SIG_DFL)
        var only = sigset_t()
        unsafe sigemptyset(&only)
        unsafe sigaddset(&only, received)
        kill(getpid(), received)
        unsafe pthread_sigmask(SIG_UNBLOCK, &only, nil)
    }
}
