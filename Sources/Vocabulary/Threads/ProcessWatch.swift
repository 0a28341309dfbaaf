public import Glibc
import Dispatch
import Synchronization

/// One run of another program, as the thread that waits for it and the task that converses with it
/// share it.
///
/// The process leads a group of its own, which is killed as a whole.
public final class ProcessWatch<Reason: Sendable, Outcome: Sendable>: Sendable {
    private struct State {
        /// The process; `nil` before and after its life.
        var process: pid_t?
        /// Why it had to be killed.
        var reason: Reason?
        var outcome: Outcome?
    }

    private let state = Mutex(State())
    private let end = DispatchSemaphore(value: 0)

    /// A run that has not begun.
    public init() {}

    /// The program runs; killed at once where it had to be before it began.
    public func started(_ process: pid_t) {
        state.withLock {
            $0.process = process
            if $0.reason != nil { Glibc.kill(-process, SIGKILL) }
        }
    }

    /// Kills the program and its children; the first reason counts, and none once it has ended.
    public func kill(_ reason: Reason) {
        state.withLock {
            guard $0.outcome == nil else { return }
            $0.reason = $0.reason ?? reason
            if let process = $0.process { Glibc.kill(-process, SIGKILL) }
        }
    }

    /// The program has ended; whatever it left behind goes with it.
    public func finish(_ outcome: Outcome) {
        state.withLock {
            if let process = $0.process { Glibc.kill(-process, SIGKILL) }
            $0.process = nil
            $0.outcome = outcome
        }
        end.signal()
    }

    /// Waits for the end, no longer than `time`; to be called until it says `true`.
    public func hasEnded(within time: Duration) -> Bool {
        let nanoseconds = Int(max(time / .nanoseconds(1), 0))
        return end.wait(timeout: .now() + .nanoseconds(nanoseconds)) == .success
    }

    /// Kills the program, and waits for its end for a while.
    ///
    /// A process that the system holds in a call does not die; it is waited for no longer than
    /// five seconds.
    public func end(_ reason: Reason) {
        kill(reason)
        _ = hasEnded(within: .seconds(5))
    }

    /// What came of it, `nil` where it has not ended, and why it was killed.
    public var result: (outcome: Outcome?, reason: Reason?) {
        state.withLock { ($0.outcome, $0.reason) }
    }
}
