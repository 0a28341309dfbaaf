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
    /// The window behind ``current``, where it is read already.
    private var next: Slot?
    /// Bytes that were read.
    private var total: UInt64
    /// Why nothing can be read behind them.
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
        total = UInt64(first.count)
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
        queue.offer([work])
    }

    /// Reads the next window now, so that what begins in it need not wait for what lies before it.
    ///
    /// - Returns: `nil` where the input is no file, or ends.
    mutating func readNext() -> Slot? {
        guard isFile, ahead == nil, next == nil, fault == nil else { return nil }
        let slot = takeSpare(isLarge: true)
        fill(slot, isLarge: true)
        next = slot
        return slot.count > 0 ? slot : nil
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
            do throws(ArchiveFault) {
                current = try ahead.result()
            } catch {
                throw error.behind(total)
            }
            total += UInt64(current.count)
            // One read gives what there was.
            if isLarge || current.count == 0 { fill(current, isLarge: isLarge) }
        } else if let next {
            self.next = nil
            spare = current
            current = next
        } else {
            spare = current
            current = takeSpare(isLarge: isLarge)
            fill(current, isLarge: isLarge)
        }
        if current.count == 0, let fault { throw fault }
    }

    /// Reads into a window until it holds something, or all that it can hold.
    private mutating func fill(_ window: Slot, isLarge: Bool) {
        while fault == nil, window.count == 0 || isLarge && window.count < window.capacity {
            do throws(ArchiveFault) {
                let count = try readArchive(number, into: window, until: isStopped)
                if count == 0 { return }
                total += UInt64(count)
            } catch {
                fault = error.behind(total)
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
