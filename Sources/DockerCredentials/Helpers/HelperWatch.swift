import Dispatch
import Glibc
import Synchronization

/// One run of a helper as the waiting thread and the task that converses with it share it.
final class HelperWatch: Sendable {
    private struct State {
        /// The helper's process, which leads a group of its own; `nil` before and after its life.
        var process: pid_t?
        /// Why it had to be killed.
        var verdict: HelperRun.End?
        var run: HelperRun?
    }

    private let state = Mutex(State())
    private let end = DispatchSemaphore(value: 0)

    /// The helper runs; killed at once where the time was over before it began.
    func started(_ process: pid_t) {
        state.withLock {
            $0.process = process
            if $0.verdict != nil { Glibc.kill(-process, SIGKILL) }
        }
    }

    /// Kills the helper and its children; the first reason counts.
    func kill(_ reason: HelperRun.End) {
        state.withLock {
            guard $0.run == nil else { return }
            $0.verdict = $0.verdict ?? reason
            if let process = $0.process { Glibc.kill(-process, SIGKILL) }
        }
    }

    /// The helper has ended; whatever it left behind goes with it.
    func finish(_ run: HelperRun) {
        state.withLock {
            if let process = $0.process { Glibc.kill(-process, SIGKILL) }
            $0.process = nil
            $0.run = run
        }
        end.signal()
    }

    /// Waits for the end, or for a limit to be reached.
    func wait(_ limits: HelperLimits) -> HelperRun {
        let clock = ContinuousClock()
        let deadline = clock.now + limits.timeout
        while true {
            let left = min(deadline - clock.now, .milliseconds(100))
            let nanoseconds = Int(max(left / .nanoseconds(1), 0))
            if end.wait(timeout: .now() + .nanoseconds(nanoseconds)) == .success { break }
            if limits.isCancelled() {
                kill(.cancelled)
            } else if clock.now >= deadline {
                kill(.timedOut(limits.timeout))
            } else {
                continue
            }
            // A process that the system holds in a call does not die; it is not waited for.
            _ = end.wait(timeout: .now() + .seconds(5))
            break
        }
        return state.withLock {
            var run = $0.run ?? HelperRun(end: .notStarted("it does not start"))
            if let verdict = $0.verdict { run.end = verdict }
            return run
        }
    }
}
