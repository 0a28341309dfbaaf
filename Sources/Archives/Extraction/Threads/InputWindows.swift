import Glibc
import Vocabulary

/// The compressed bytes of a descriptor, a window at a time.
///
/// The next window of a file is read ahead where another thread has nothing else to do. A pipe is
/// read by its own thread alone: whoever waits for it can do nothing else.
struct InputWindows: ~Copyable {
    private let number: Int32
    private let queue: WriteQueue
    private let cancellation: Cancellation?
    private let isFile: Bool
    /// What is decompressed now; empty at the end of the input.
    private(set) var current: Slot
    private var spare: Slot?
    private var ahead: WindowAhead?

    /// - Parameters:
    ///   - number: The descriptor.
    ///   - first: A window that holds its first bytes.
    ///   - queue: Whose threads may read ahead, and who says when to stop.
    ///   - cancellation: Polled while a pipe is silent.
    init(
        of number: Int32, behind first: Slot, queue: WriteQueue, cancellation: Cancellation?
    ) {
        self.number = number
        self.queue = queue
        self.cancellation = cancellation
        current = first
        var status = stat()
        isFile = unsafe fstat(number, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Lets another thread read the next window, where the input is a file.
    mutating func readAhead() {
        guard isFile, ahead == nil, current.count > 0 else { return }
        let next = takeSpare(Slot.capacity)
        let (number, queue, cancellation) = (number, queue, cancellation)
        let work = WindowAhead(next) { (window) throws(ArchiveFault) in
            try Self.append(from: number, to: window, queue, cancellation)
        }
        ahead = work
        queue.offer(work)
    }

    /// Goes on to the next window.
    ///
    /// - Parameter isWhole: Whether the window is larger and filled, also from a slow pipe.
    /// - Throws: Where the input cannot be read.
    mutating func advance(isWhole: Bool) throws(ArchiveFault) {
        let old = current
        if let ahead {
            let isDone = queue.withdraw(ahead)
            self.ahead = nil
            if !isDone { ahead.run { nil } }
            current = try ahead.result()
        } else {
            current = takeSpare(isWhole ? 2 * Slot.capacity : Slot.capacity)
        }
        spare = old
        while current.count == 0 || isWhole && current.count < current.capacity {
            let before = current.count
            try Self.append(from: number, to: current, queue, cancellation)
            if current.count == before { break }
        }
    }

    /// Takes back what nobody has begun, and waits for what somebody has.
    func finish() {
        if let ahead { queue.withdraw(ahead) }
    }

    private mutating func takeSpare(_ capacity: Int) -> Slot {
        guard let slot = spare, slot.capacity >= capacity else { return Slot(capacity: capacity) }
        spare = nil
        slot.count = 0
        return slot
    }

    /// Reads what there is, once.
    static func append(
        from number: Int32, to slot: Slot, _ queue: WriteQueue, _ cancellation: Cancellation?
    ) throws(ArchiveFault) {
        try slot.append { (space) throws(ArchiveFault) in
            try readArchive(number, into: &space) {
                cancellation?.isCancelled == true || queue.isStopped
            }
        }
    }
}
