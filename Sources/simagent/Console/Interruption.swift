import Glibc
import Synchronization
import Vocabulary

/// Ctrl-C and `kill` as a flag that the work polls.
///
/// The signals are blocked in every thread and taken by one in `sigwait`. The work sees its
/// cancellation, removes what is half-made and ends with 130; should it hang in a system call, the
/// clean-up runs from here after a second.
final class Interruption: Sendable {
    /// What the work polls.
    let cancellation = Cancellation()
    private let cleanUp = Mutex<(@Sendable () -> Void)?>(nil)

    /// Starts to listen; to be called before the first thread of the work.
    init() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGINT)
        unsafe sigaddset(&signals, SIGTERM)
        unsafe sigaddset(&signals, SIGHUP)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        let (listener, blocked) = (self, signals)
        OwnThread { listener.listen(for: blocked) }?.detach()
    }

    /// Whether a signal has come.
    var hasCome: Bool { cancellation.isCancelled }

    /// What must be removed should the work not end by itself.
    func onHang(_ cleanUp: (@Sendable () -> Void)?) {
        self.cleanUp.withLock { $0 = cleanUp }
    }

    private func listen(for signals: sigset_t) {
        var signals = signals
        var received: Int32 = 0
        unsafe sigwait(&signals, &received)
        cancellation.cancel()
        var pause = timespec(tv_sec: 1, tv_nsec: 0)
        unsafe nanosleep(&pause, nil)
        cleanUp.withLock { $0?() }
        _exit(ExitStatus.interrupted.rawValue)
    }
}
