/// How often a store is asked again, and how long is waited in between.
struct RetryPolicy: Sendable, Hashable {
    /// How many requests are sent at most.
    var attempts = 5
    /// The first pause; every further one is twice as long.
    var firstPause: Duration = .milliseconds(200)
    /// The longest pause, also where a store asks for a longer one.
    var longestPause: Duration = .seconds(5)

    /// The pause after a number of attempts, `nil` where that was the last.
    func pause(after attempt: Int) -> Duration? {
        guard attempt < attempts else { return nil }
        return min(firstPause * (1 << min(attempt - 1, 16)), longestPause)
    }

    /// What a store asks for with `Retry-After`, within bounds.
    func pause(askedFor wish: Duration) -> Duration {
        min(max(wish, firstPause), longestPause)
    }
}
