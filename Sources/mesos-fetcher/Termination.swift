import Glibc

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
        let box = unsafe Unmanaged.passRetained(Box(signals, cleanUp))
        var thread = pthread_t()
        _ = unsafe pthread_create(
            &thread, nil,
            { @Sendable argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().wait()
                }
                return nil
            }, box.toOpaque())
        pthread_detach(thread)
    }

    private final class Box {
        private var signals: sigset_t
        private let cleanUp: @Sendable () -> Void

        init(_ signals: sigset_t, _ cleanUp: @escaping @Sendable () -> Void) {
            self.signals = signals
            self.cleanUp = cleanUp
        }

        func wait() {
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
}
