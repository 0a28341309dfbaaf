/// A part of a window of gzip where a member seems to begin, for a thread that has nothing else to
/// do.
///
/// Whether a member really begins there shows when the part before it is inflated: where its last
/// member ends with it, what was inflated here counts, and else it is thrown away.
@safe final class MemberAhead: WorkAhead, @unchecked Sendable {
    /// Slots that one part may fill; the rest of it is inflated later, in order.
    private static let maxSlots = 6

    var state = WorkAheadState.waiting
    let needsSlots = true
    private let window: Slot
    let part: Range<Int>
    private let backEnd: InflateBackEnd

    // Written by the thread that runs, and read when it is done.
    /// What the part was inflated by; `nil` where nobody has begun it.
    private(set) var decoder: (any MemberDecompressor)?
    private(set) var output: [Slot] = []
    private(set) var consumed = 0
    private(set) var produced = 0
    private(set) var failed = false

    var slots: Int { output.count }

    init(_ part: Range<Int>, of window: Slot, inflatingBy backEnd: InflateBackEnd) {
        self.part = part
        self.window = window
        self.backEnd = backEnd
    }

    /// Inflates the part, as far as there are slots.
    func run(slots: () -> Slot?) {
        let decoder = backEnd.gzipDecoder()
        self.decoder = decoder
        while output.count < Self.maxSlots, let slot = slots() {
            output.append(slot)
            var isDone = false
            do throws(ArchiveFault) {
                try slot.append { (space) throws(ArchiveFault) in
                    let progress = try window.read { (bytes) throws(ArchiveFault) in
                        try decoder.decode(
                            bytes.extracting(part).extracting(droppingFirst: consumed),
                            into: &space)
                    }
                    consumed += progress.consumed
                    produced += progress.produced
                    isDone = progress.produced < space.count
                    return progress.produced
                }
            } catch {
                // Damage, or no member at all: the thread before it finds out in order.
                failed = true
                return
            }
            // A member may end where a slot does.
            if isDone || consumed == part.count && decoder.isBetweenMembers { break }
        }
        // Damage behind what came out would be told by its place in the part: it is found in
        // order as well.
        failed = decoder.isDamaged
    }
}
