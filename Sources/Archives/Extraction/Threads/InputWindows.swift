import Glibc

/// The compressed bytes of a descriptor, a window at a time.
///
/// The next window of a file is read ahead where another thread has nothing else to do. A pipe is
/// read by the inflating thread alone: whoever waits for it can do nothing else.
struct InputWindows: ~Copyable {
    private let number: Int32
    private let queue: WriteQueue
    private let isStopped: @Sendable () -> Bool
    private let isFile: Bool
    /// What is decompressed now; empty at the end of the input.
    private(set) var current: Slot
    private var spare: Slot?
    private var ahead: WindowAhead?
    /// Why nothing can be read behind ``current``.
    private var fault: ArchiveFault?

    /// - Parameters:
    ///   - number: The descriptor.
    ///   - first: A window that holds its first bytes.
    ///   - queue: Whose threads may read ahead.
    ///   - isStopped: Asked before every read, and while a pipe is silent; on any thread.
    init(
        of number: Int32, behind first: Slot, queue: WriteQueue,
        until isStopped: @escaping @Sendable () -> Bool
    ) {
        self.number = number
        self.queue = queue
        self.isStopped = isStopped
        current = first
        var status = stat()
        isFile = unsafe fstat(number, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Lets another thread read the next window, where the input is a file that seems to go on.
    ///
    /// - Parameter isLarge: As for ``advance(isLarge:)``.
    mutating func readAhead(isLarge: Bool) {
        guard isFile, ahead == nil, fault == nil, current.count == current.capacity else { return }
        let next = takeSpare(isLarge: isLarge)
        let (number, isStopped) = (number, isStopped)
        let work = WindowAhead(next) { (window) throws(ArchiveFault) in
            try readArchive(number, into: window, until: isStopped)
        }
        ahead = work
        queue.offer(work)
    }

    /// Goes on to the next window.
    ///
    /// - Parameter isLarge: Whether a window is twice as large, and filled whole also where its
    ///   bytes come slowly.
    /// - Throws: Where the input cannot be read; what was read before is decompressed first.
    mutating func advance(isLarge: Bool) throws(ArchiveFault) {
        if let ahead {
            self.ahead = nil
            if !queue.withdraw(ahead) { ahead.read() }
            spare = current
            current = try ahead.result()
        } else {
            spare = current
            current = takeSpare(isLarge: isLarge)
        }
        while current.count == 0 || isLarge && current.count < current.capacity {
            if let fault { throw fault }
            do throws(ArchiveFault) {
                guard try readArchive(number, into: current, until: isStopped) > 0 else { break }
            } catch {
                fault = error
                if current.count > 0 { break }
            }
        }
    }

    /// Takes back what nobody has begun, and waits for what somebody has.
    func finish() {
        if let ahead { queue.withdraw(ahead) }
    }

    private mutating func takeSpare(isLarge: Bool) -> Slot {
        let capacity = isLarge ? 2 * Slot.capacity : Slot.capacity
        guard let slot = spare, slot.capacity >= capacity else { return Slot(capacity: capacity) }
        spare = nil
        slot.count = 0
        return slot
    }
}
