import Glibc
import Synchronization
import Vocabulary

/// Ctrl-C and `kill` as a flag that the work polls.
///
/// The signals are blocked in every thread and taken by one in `sigwait`. The work sees its
/// cancellation, removes what is half-made and ends with 130; should it hang in a system call, the
/// clean-up runs from here after a second. Work whose half-made things nobody else can remove is
/// waited for, until a second signal comes.
final class Interruption: Sendable {
    /// What the work polls.
    let cancellation = Cancellation()
    private let cleanUp = Mutex<(@Sendable () -> Void)?>(nil)

    private let waitsForWork: Bool

    /// Starts to listen; to be called before the first thread of the work.
    ///
    /// - Parameter waitsForWork: Whether the work may take longer than a second to end.
    init(waitsForWork: Bool = false) {
        self.waitsForWork = waitsForWork
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGINT)
        unsafe sigaddset(&signals, SIGTERM)
        // What nohup ignores stays so.
        if !Self.isIgnored(SIGHUP) { unsafe sigaddset(&signals, SIGHUP) }
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

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        unsafe sigaction(number, nil, &action)
        return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    }

    private func listen(for signals: sigset_t) {
        var signals = signals
        var received: Int32 = 0
        unsafe sigwait(&signals, &received)
        cancellation.cancel()
        var pause = timespec(tv_sec: 1, tv_nsec: 0)
        unsafe nanosleep(&pause, nil)
        if waitsForWork {
            // timeout(1) sends every signal twice, to the program and to its group.
            var now = timespec()
            while unsafe sigtimedwait(&signals, nil, &now) > 0 {}
            unsafe sigwait(&signals, &received)
            _exit(ExitStatus.interrupted.rawValue)
        }
        cleanUp.withLock { $0?() }
        _exit(ExitStatus.interrupted.rawValue)
    }
}
