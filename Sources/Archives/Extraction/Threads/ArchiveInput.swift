import ConfinedFiles
import Glibc
import Synchronization
import Vocabulary

/// The inflating side of an extraction on several threads: a descriptor's bytes become slots.
final class ArchiveInput: Sendable {
    private struct Outcome {
        var filterName: String?
        var isEmpty = true
        var hasTrailingGarbage = false
    }

    private let rules: ContentRules
    private let queue: WriteQueue
    private let outcome = Mutex(Outcome())

    init(rules: ContentRules, queue: WriteQueue) {
        self.rules = rules
        self.queue = queue
    }

    /// The compression's name, known with the first slot.
    var filterName: String? { outcome.withLock { $0.filterName } }
    /// Whether the input has no bytes; known at its end.
    var isEmpty: Bool { outcome.withLock { $0.isEmpty } }
    /// What a person should know; known at the end.
    var notes: [String] {
        outcome.withLock { $0.hasTrailingGarbage } ? [garbageNote] : []
    }

    /// Reads all of a descriptor into slots; every fault goes the way of the slots.
    func read(_ number: Int32) {
        do throws(ArchiveFault) {
            try readAll(of: number)
            queue.endInput(nil)
        } catch {
            queue.endInput(error)
        }
    }

    private func readAll(of number: Int32) throws(ArchiveFault) {
        guard let first = queue.takeEmpty() else { return }
        // The filter shows in the first block, however small the pieces of a pipe are.
        while first.count < TarHeader.size {
            do throws(ArchiveFault) {
                guard try readArchive(number, into: first, until: isStopped) > 0 else { break }
            } catch {
                throw error.behind(UInt64(first.count))
            }
        }
        let head = first.read { bytes in
            var head: [UInt8] = []
            for index in 0..<min(bytes.count, TarHeader.size) { head.append(bytes[index]) }
            return head
        }
        let filter = try ArchiveFilter(of: head, rules: rules)
        outcome.withLock {
            $0.isEmpty = head.isEmpty
            $0.filterName = filter.decompressor?.name
        }
        if filter.decompressor == nil {
            try copy(from: number, behind: first)
        } else {
            try decode(from: number, behind: first, through: filter)
        }
    }

    /// Plain bytes go into the slots as they are read.
    private func copy(from number: Int32, behind first: Slot) throws(ArchiveFault) {
        var slot = first
        var total: UInt64 = 0
        while true {
            var isEnd = false
            while slot.count < Slot.capacity, !isEnd {
                do throws(ArchiveFault) {
                    isEnd = try readArchive(number, into: slot, until: isStopped) == 0
                } catch {
                    total += UInt64(slot.count)
                    if slot.count > 0 { queue.putFull(slot) }
                    throw error.behind(total)
                }
            }
            total += UInt64(slot.count)
            if slot.count > 0 { queue.putFull(slot) }
            if isEnd { return }
            guard let next = queue.takeEmpty() else { return }
            slot = next
        }
    }

    private func decode(
        from number: Int32, behind first: Slot, through filter: ArchiveFilter
    ) throws(ArchiveFault) {
        guard let slot = queue.takeEmpty() else { return }
        var filling = SlotFilling(slot, through: filter, to: queue)
        var windows = InputWindows(of: number, behind: first, queue: queue, until: isStopped)
        defer { windows.finish() }
        var ahead = MembersAhead(on: queue, inflatingBy: rules.backEnd)
        defer { ahead.finish() }
        var members = 0
        while windows.current.count > 0 {
            let decoder = filter.decompressor as? any MemberDecompressor
            let hasManyMembers = (decoder?.members ?? 0) > members
            members = decoder?.members ?? 0
            // A ratio is judged in the order of the bytes.
            if hasManyMembers, rules.limits.maxRatio == nil {
                let next = windows.readNext()
                ahead.offer(windows.current, next: next)
            } else {
                windows.readAhead(isLarge: hasManyMembers)
            }
            guard try filling.decode(windows.current, ahead: ahead.ofCurrent) else { return }
            ahead.advance()
            do throws(ArchiveFault) {
                try windows.advance(isLarge: hasManyMembers)
            } catch {
                // What came out before the fault is read first.
                filling.flush()
                throw error
            }
        }
        filling.flush()
        outcome.withLock { $0.hasTrailingGarbage = filter.decompressor?.hasTrailingGarbage == true }
        try filter.finish()
    }

    private func isStopped() -> Bool {
        rules.cancellation?.isCancelled == true || queue.isStopped
    }
}
