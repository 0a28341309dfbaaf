import ConfinedFiles

/// Slots and batches, and when a member must wait for those before it.
extension TreeWriter {
    /// A slot begins: small files in it become a batch.
    mutating func begin(_ slot: Slot) {
        batch.slot = slot
    }

    /// A slot is read: its batch is handed over, and the slot with it.
    mutating func end(_ slot: Slot, on queue: WriteQueue) {
        guard !batch.isEmpty else {
            batch.clear()
            isParentInBatch = false
            return queue.putEmpty(slot)
        }
        let (next, oldest) = queue.put(batch)
        batch = next
        inFlight.oldest = oldest
        isParentInBatch = false
    }

    /// Waits where a member has the name of a file that is not made yet, or lies beneath one, or
    /// links to one.
    mutating func waitForNames(of member: TarMember) throws(ArchiveFault) {
        guard queue != nil else { return }
        var mustWait = waits(forParentsOf: path[...])
        if !mustWait, member.kind == .hardLink,
            case .beneath(let target, _)? = try? MemberPath(member.target, limits: limits)
        {
            mustWait = waits(forParentsOf: target[...])
        }
        if mustWait { try flush() }
    }

    /// Makes every file that waits.
    ///
    /// - Throws: The fault of the first that cannot be made.
    mutating func flush() throws(ArchiveFault) {
        guard let queue else { return }
        try queue.drain()
        let slot = batch.slot
        let failure = batch.write()
        let number = batch.number + 1
        batch.clear()
        batch.slot = slot
        batch.number = number
        inFlight.oldest = number
        isParentInBatch = false
        if let failure {
            unmade.add(failure)
            throw failure.fault
        }
    }

    /// Makes every file that waits, before something that exists is looked at.
    ///
    /// - Returns: `false` where one cannot be made; its fault is the refusal then.
    mutating func waitForBatches() -> Bool {
        do throws(ArchiveFault) {
            try flush()
            return true
        } catch {
            refusal = error
            return false
        }
    }

    /// Takes out of the summary what was counted and then not made.
    mutating func settle() {
        if let queue { unmade.add(queue.unmade) }
        // A batch that was never handed over.
        let totals = batch.totals
        summary.files -= totals.files + unmade.files
        summary.bytes -= totals.bytes + unmade.bytes
        summary.members -= totals.files + unmade.files
        batch.clear()
        unmade = FileBatch.Unmade()
    }
}
