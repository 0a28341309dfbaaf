import Vocabulary

/// What the threads of one extraction hand each other: slots of unpacked bytes one way, empty
/// slots the other, and batches of small files, or work ahead of the inflating thread, to whoever
/// has nothing else to do.
///
/// ```
/// inflate ─▶ full slots ─▶ tar ─▶ batches ─▶ any thread that would wait
///    ▲                                            │
///    └───────────────── empty slots ◀─────────────┘
/// ```
final class WriteQueue: @unchecked Sendable {
    /// Slots that are made at most: 8 of 512 KiB let one side run ahead, more gain nothing.
    private static let maxSlots = 8
    /// Slots that parts ahead of the others may fill besides.
    private static let maxSlotsAhead = 6
    /// A part ahead begins where it can have so many slots: with fewer it would end at once.
    private static let minSlotsAhead = 2

    private let monitor = Monitor()

    // All below is read and written under the lock alone.
    private var empty: [Slot] = []
    private var madeSlots = 0
    private var full: [Slot] = []
    private var batches: [FileBatch] = []
    private var spareBatches: [FileBatch] = []
    /// Work on the input that waits for a thread with nothing to do.
    private var ahead: [any WorkAhead] = []
    /// Slots that it has filled, and that are not in order yet.
    private var slotsAhead = 0
    /// Numbers of the batches that were handed over and are not written.
    private var unwritten: [Int] = []
    private var inputEnded = false
    private var inputFault: ArchiveFault?
    private var stopped = false
    private var failure: (batch: Int, failure: FileBatch.Failure)?
    private var notMade = FileBatch.Unmade()

    /// An empty slot; writes batches and works ahead until there is one.
    ///
    /// - Returns: `nil` where the extraction was stopped.
    func takeEmpty() -> Slot? {
        lock()
        defer { unlock() }
        while !stopped {
            if let slot = empty.popLast() { return slot }
            if madeSlots - slotsAhead < Self.maxSlots {
                madeSlots += 1
                return Slot()
            }
            if !writeNextBatch(), !runAhead() { wait() }
        }
        return nil
    }

    /// Hands over a slot with bytes in it.
    func putFull(_ slot: Slot) {
        lock()
        full.append(slot)
        announce()
        unlock()
    }

    /// Offers work, the first first, to threads that have nothing else to do.
    func offer(_ work: [any WorkAhead]) {
        guard !work.isEmpty else { return }
        lock()
        ahead += work
        announce()
        unlock()
    }

    /// Takes work back, or waits for its end where a thread has begun it; works ahead meanwhile.
    ///
    /// - Returns: Whether another thread has done it.
    @discardableResult
    func withdraw(_ work: any WorkAhead) -> Bool {
        lock()
        defer { unlock() }
        if work.state == .withdrawn { return false }
        defer { work.state = .withdrawn }
        if work.state == .waiting {
            ahead.removeAll { $0 === work }
            return false
        }
        while work.state != .done {
            if stopped || !writeNextBatch() && !runAhead() { wait() }
        }
        slotsAhead -= work.slots
        if work.slots > 0 { announce() }
        return true
    }

    /// An empty slot, if there is one; for work ahead of the others, which must not wait.
    private func takeEmptyAhead() -> Slot? {
        lock()
        defer { unlock() }
        guard freeSlotsAhead > 0 else { return nil }
        slotsAhead += 1
        if let slot = empty.popLast() { return slot }
        madeSlots += 1
        return Slot()
    }

    /// How many slots work ahead of the others may take now.
    private var freeSlotsAhead: Int {
        let notMade = Self.maxSlots + Self.maxSlotsAhead - madeSlots
        return min(Self.maxSlotsAhead - slotsAhead, empty.count + notMade)
    }

    /// Does the first work that is offered and can begin, without the lock.
    ///
    /// - Returns: `false` where there is none.
    private func runAhead() -> Bool {
        let canFill = freeSlotsAhead >= Self.minSlotsAhead
        guard let index = ahead.firstIndex(where: { canFill || !$0.needsSlots }) else {
            return false
        }
        let work = ahead.remove(at: index)
        work.state = .running
        unlock()
        work.run(slots: takeEmptyAhead)
        lock()
        work.state = .done
        announce()
        return true
    }

    /// Says that no more slots come.
    ///
    /// - Parameter fault: Why, where the input did not end well.
    func endInput(_ fault: ArchiveFault?) {
        lock()
        inputEnded = true
        inputFault = fault
        announce()
        unlock()
    }

    /// The next slot with bytes in it; writes batches and works ahead until there is one.
    ///
    /// - Returns: `nil` at the end of the input, or where the caller should look why not.
    /// - Throws: The input's fault behind its last slot, or the fault of a file in a batch.
    func takeFull(
        until isCancelled: () -> Bool
    ) throws(ArchiveFault) -> Slot? {
        lock()
        defer { unlock() }
        while true {
            if let failure { throw failure.failure.fault }
            if !full.isEmpty { return full.removeFirst() }
            // What is cancelled ends its input early, which is no fault of the archive.
            if isCancelled() { return nil }
            if inputEnded {
                if let inputFault { throw inputFault }
                return nil
            }
            if !writeNextBatch(), !runAhead() { wait() }
        }
    }

    /// Gives back a slot that holds nothing any more.
    func putEmpty(_ slot: Slot) {
        lock()
        slot.count = 0
        empty.append(slot)
        announce()
        unlock()
    }

    /// Hands over a batch, whose slot is free when it is written.
    ///
    /// - Returns: An empty batch, and the oldest number that is not written.
    func put(_ batch: FileBatch) -> (next: FileBatch, oldest: Int) {
        lock()
        defer { unlock() }
        batches.append(batch)
        unwritten.append(batch.number)
        announce()
        var next = spareBatches.popLast() ?? FileBatch()
        next.number = batch.number + 1
        return (next, unwritten.min() ?? next.number)
    }

    /// Waits until every batch is written, and writes those that nobody has begun.
    ///
    /// - Throws: The fault of a file that could not be made.
    func drain() throws(ArchiveFault) {
        lock()
        defer { unlock() }
        while failure == nil, !unwritten.isEmpty {
            if !writeNextBatch() { wait() }
        }
        // A batch before the failed one may be under way still.
        while let number = failure?.batch, unwritten.contains(where: { $0 < number }) {
            if !writeNextBatch() { wait() }
        }
        if let failure { throw failure.failure.fault }
    }

    /// What of the batches was not made, when all threads have ended.
    var unmade: FileBatch.Unmade {
        lock()
        defer { unlock() }
        var all = notMade
        for batch in batches {
            all.files += batch.totals.files
            all.bytes += batch.totals.bytes
        }
        return all
    }

    /// Lets every thread end; batches that nobody has begun are not written.
    func stop() {
        lock()
        stopped = true
        announce()
        unlock()
    }

    /// Whether the threads should end.
    var isStopped: Bool {
        lock()
        defer { unlock() }
        return stopped
    }

    /// Writes batches, and works ahead where there are none, until the extraction is stopped.
    func writeBatches() {
        lock()
        while !stopped {
            if !writeNextBatch(), !runAhead() { wait() }
        }
        unlock()
    }

    /// Writes the oldest batch that nobody has begun, without the lock.
    ///
    /// - Returns: `false` where there is none.
    private func writeNextBatch() -> Bool {
        guard !batches.isEmpty else { return false }
        var batch = batches.removeFirst()
        // Behind a file that could not be made nothing is made any more.
        let isWanted = failure.map { batch.number < $0.batch } ?? true
        if isWanted {
            unlock()
            let failed = batch.write()
            lock()
            if let failed, failure.map({ batch.number < $0.batch }) ?? true {
                failure = (batch.number, failed)
            }
            if let failed { notMade.add(failed) }
        } else {
            let totals = batch.totals
            notMade.files += totals.files
            notMade.bytes += totals.bytes
        }
        unwritten.removeAll { $0 == batch.number }
        if let slot = batch.slot {
            slot.count = 0
            empty.append(slot)
        }
        batch.clear()
        spareBatches.append(batch)
        announce()
        return true
    }

    private func lock() { monitor.lock() }
    private func unlock() { monitor.unlock() }
    private func announce() { monitor.announce() }
    private func wait() { monitor.wait() }
}
