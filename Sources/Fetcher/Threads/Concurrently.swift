import ConfinedFiles
import Vocabulary

/// Runs `work` for every number below `count`, on at most `width` threads, and waits for all.
///
/// - Parameters:
///   - count: How many pieces of work there are.
///   - width: How many run at once; the caller's thread is one of them.
///   - work: Gets the number of its piece; pieces begin in order.
public func concurrently(
    _ count: Int, width: Int, work: @escaping @Sendable (Int) -> Void
) {
    // Asked for before a thread makes files: asking changes it for a moment.
    _ = processUmask
    let turns = Turns(count)
    @Sendable func takeTurns() {
        while let turn = turns.next() { work(turn) }
    }
    let threads = (1..<max(1, min(width, count))).map { _ in OwnThread(takeTurns) }
    takeTurns()
    for thread in threads { thread?.join() }
}
