import Synchronization

/// Numbers from 0, each given away once to whichever thread asks first.
final class Turns: Sendable {
    private let upcoming: Atomic<Int>
    private let count: Int

    init(_ count: Int) {
        self.count = count
        upcoming = Atomic(0)
    }

    /// The next number, `nil` when all are gone.
    func next() -> Int? {
        let turn = upcoming.wrappingAdd(1, ordering: .relaxed).oldValue
        return turn < count ? turn : nil
    }
}
