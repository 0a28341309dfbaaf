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

    /// Decompresses a window; parts of it may be done by other threads meanwhile.
    ///
    /// - Parameters:
    ///   - window: What is decompressed.
    ///   - parts: What of it is offered, in order.
    /// - Returns: `false` where the extraction was stopped.
    /// - Throws: The first damage in the order of the bytes.
    mutating func decode(_ window: Slot, ahead parts: [MemberAhead]) throws(ArchiveFault) -> Bool {
        var start = 0
        for ahead in parts {
            guard try decode(window, start..<ahead.part.lowerBound) else { return false }
            start = ahead.part.lowerBound
            if queue.withdraw(ahead) { start += take(ahead) }
        }
        return try decode(window, start..<window.count)
    }

    /// Hands over what is left.
    mutating func flush() {
        if slot.count > 0 { put(slot) }
    }

    /// Takes what another thread has done, where a member begins there indeed.
    ///
    /// - Returns: How many bytes of the part are done.
    private mutating func take(_ ahead: MemberAhead) -> Int {
        guard !ahead.failed, let next = ahead.decoder,
            let decoder = filter.decompressor as? any MemberDecompressor, decoder.isBetweenMembers
        else {
            for slot in ahead.output { queue.putEmpty(slot) }
            return 0
        }
        next.follow(offset: filter.inputCount, members: decoder.members)
        filter.goOn(with: next, consumed: ahead.consumed, produced: ahead.produced)
        for next in ahead.output {
            guard next.count > 0 else {
                queue.putEmpty(next)
                continue
            }
            if slot.count > 0 { put(slot) } else { queue.putEmpty(slot) }
            slot = next
        }
        return ahead.consumed
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
