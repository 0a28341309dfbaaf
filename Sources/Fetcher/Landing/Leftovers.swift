import Synchronization

/// What is half-made at the moment, so that a program that must end at once can remove it.
///
/// Every landing removes its own temporary file when it gives up. But a transfer may hang in a
/// system call when Ctrl-C comes: then whoever took the signal calls ``removeAll()`` and exits.
public final class Leftovers: Sendable {
    /// Names something that ``Leftovers`` keeps.
    struct Ticket: Sendable, Hashable {
        let number: Int
    }

    private struct State {
        var next = 0
        var removals: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    /// Nothing half-made yet.
    public init() {}

    /// Keeps what removes a half-made thing.
    func remember(_ removal: @escaping @Sendable () -> Void) -> Ticket {
        state.withLock { state in
            state.next += 1
            state.removals[state.next] = removal
            return Ticket(number: state.next)
        }
    }

    /// Forgets a thing that is whole, or gone.
    func forget(_ ticket: Ticket?) {
        guard let ticket else { return }
        state.withLock { _ = $0.removals.removeValue(forKey: ticket.number) }
    }

    /// Removes all that is half-made; the process must end after it.
    public func removeAll() {
        let removals = state.withLock { Array($0.removals.values) }
        for removal in removals { removal() }
    }
}
