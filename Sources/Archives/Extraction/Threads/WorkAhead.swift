/// Work of the inflating thread that another one may do meanwhile, if it has nothing else to do.
protocol WorkAhead: AnyObject, Sendable {
    /// Who has the work; read and changed under the queue's lock.
    var state: WorkAheadState { get set }

    /// Whether it fills slots, and cannot begin where there are none.
    var needsSlots: Bool { get }
    /// Slots that it has filled; asked when it is done.
    var slots: Int { get }

    /// Does the work, without the queue's lock.
    ///
    /// - Parameter slots: Gives an empty slot, if there is one.
    func run(slots: () -> Slot?)
}

/// Who has some work that is offered.
enum WorkAheadState {
    case waiting
    case running
    case done
    case withdrawn
}
