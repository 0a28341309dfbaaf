/// The next window of a compressed file, read by a thread that has nothing else to do while this
/// one is inflated: the kernel's copy takes a tenth of the time of ISA-L.
final class WindowAhead: WorkAhead, @unchecked Sendable {
    var state = WorkAheadState.waiting
    let needsSlots = false
    let slots = 0

    private let window: Slot
    private let fill: @Sendable (Slot) throws(ArchiveFault) -> Void

    // Written by the thread that runs, and read when it is done.
    private var fault: ArchiveFault?

    /// Work that nobody has begun.
    ///
    /// - Parameters:
    ///   - window: What is filled; nobody else may look at it until the work is done.
    ///   - fill: Reads into the window.
    init(_ window: Slot, fill: @escaping @Sendable (Slot) throws(ArchiveFault) -> Void) {
        self.window = window
        self.fill = fill
    }

    func run(slots: () -> Slot?) { read() }

    /// Fills the window.
    func read() {
        do throws(ArchiveFault) {
            try fill(window)
        } catch {
            fault = error
        }
    }

    /// The window, when the work is done.
    ///
    /// - Throws: Why it could not be read.
    func result() throws(ArchiveFault) -> Slot {
        if let fault { throw fault }
        return window
    }
}
