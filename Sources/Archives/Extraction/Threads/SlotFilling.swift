/// Decompresses windows of a file into slots, and hands these over in order.
struct SlotFilling {
    private let filter: ArchiveFilter
    private let queue: WriteQueue
    private var slot: Slot

    init(_ slot: Slot, through filter: ArchiveFilter, to queue: WriteQueue) {
        self.slot = slot
        self.filter = filter
        self.queue = queue
    }

    /// Decompresses a window; what lies ahead in it may be done by another thread meanwhile.
    ///
    /// - Returns: `false` where the extraction was stopped.
    mutating func decode(_ window: Slot, ahead: MemberAhead?) throws(ArchiveFault) -> Bool {
        guard let ahead else { return try decode(window, 0..<window.count) }
        queue.offer(ahead)
        do throws(ArchiveFault) {
            guard try decode(window, 0..<ahead.part.lowerBound) else { return false }
        } catch {
            queue.withdraw(ahead)
            throw error
        }
        var start = ahead.part.lowerBound
        if queue.withdraw(ahead) {
            if let decoder = filter.decompressor as? any MemberDecompressor,
                decoder.isBetweenMembers, !ahead.failed
            {
                ahead.decoder.follow(offset: filter.inputCount, members: decoder.members)
                filter.goOn(
                    with: ahead.decoder, consumed: ahead.consumed, produced: ahead.produced)
                start += ahead.consumed
                take(ahead.output)
            } else {
                for slot in ahead.output { queue.putEmpty(slot) }
            }
        }
        return try decode(window, start..<window.count)
    }

    /// Hands over what is left.
    mutating func flush() {
        if slot.count > 0 { put(slot) }
    }

    private mutating func take(_ slots: [Slot]) {
        for next in slots where next.count > 0 {
            if slot.count > 0 { put(slot) } else { queue.putEmpty(slot) }
            slot = next
        }
    }

    private mutating func decode(
        _ window: Slot, _ part: Range<Int>
    ) throws(ArchiveFault) -> Bool {
        var consumed = 0
        while true {
            var isFull = false
            do throws(ArchiveFault) {
                try slot.append { (space) throws(ArchiveFault) in
                    let progress = try window.read { (bytes) throws(ArchiveFault) in
                        try filter.decode(
                            bytes.extracting(part).extracting(droppingFirst: consumed),
                            into: &space)
                    }
                    consumed += progress.consumed
                    isFull = progress.produced == space.count
                    return progress.produced
                }
            } catch {
                // What came out before the fault is read first.
                flush()
                throw error
            }
            if isFull {
                put(slot)
                guard let next = queue.takeEmpty() else { return false }
                slot = next
            } else if consumed == part.count {
                return true
            }
        }
    }

    private func put(_ slot: Slot) {
        slot.inputBound = filter.inputCount
        queue.putFull(slot)
    }
}
