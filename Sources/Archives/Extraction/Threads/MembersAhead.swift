import Glibc

/// The members of a window of gzip and of the next one, inflated side by side as far as threads
/// have nothing else to do.
struct MembersAhead {
    /// Bytes between two bounds at least: a part of small members (BGZF has 64 KiB) is worth a
    /// thread's while.
    private static let spacing = 128 << 10

    private let queue: WriteQueue
    private let backEnd: InflateBackEnd
    /// The offered parts of the current window, in order; `nil` where it was not looked at.
    private var parts: [MemberAhead]?
    private var nextParts: [MemberAhead]?

    init(on queue: WriteQueue, inflatingBy backEnd: InflateBackEnd) {
        self.queue = queue
        self.backEnd = backEnd
    }

    /// The parts of the current window.
    var ofCurrent: [MemberAhead] { parts ?? [] }

    /// Offers the parts of the current window, and those of the one behind it, if there is one.
    mutating func offer(_ current: Slot, next: Slot?) {
        if parts == nil { parts = offer(current) }
        if nextParts == nil, let next { nextParts = offer(next) }
    }

    /// The next window is the current one now.
    mutating func advance() {
        parts = nextParts
        nextParts = nil
    }

    /// Takes back what nobody has begun, and waits for what somebody has.
    func finish() {
        // The last first: while the first is waited for, none of the others is begun.
        for part in (ofCurrent + (nextParts ?? [])).reversed() { queue.withdraw(part) }
    }

    private func offer(_ window: Slot) -> [MemberAhead] {
        let bounds = window.read { Self.bounds(in: $0) }
        let parts = bounds.indices.map { index in
            let end = index + 1 < bounds.count ? bounds[index + 1] : window.count
            return MemberAhead(bounds[index]..<end, of: window, inflatingBy: backEnd)
        }
        queue.offer(parts)
        return parts
    }

    /// Where members may begin in a window, but for its front.
    private static func bounds(in bytes: borrowing Span<UInt8>) -> [Int] {
        var bounds: [Int] = []
        var index = spacing
        while index + 4 <= bytes.count {
            // ID1, ID2, CM and the reserved flags of RFC 1952.
            guard let found = first(0x1f, in: bytes, from: index), found + 4 <= bytes.count else {
                break
            }
            let isHeader =
                bytes[found + 1] == 0x8b && bytes[found + 2] == 8 && bytes[found + 3] & 0xe0 == 0
            if isHeader { bounds.append(found) }
            index = found + (isHeader ? spacing : 1)
        }
        return bounds
    }

    /// Where a byte stands, at or behind `start`.
    private static func first(
        _ byte: UInt8, in bytes: borrowing Span<UInt8>, from start: Int
    ) -> Int? {
        // A loop in Swift looks at each byte, and takes a sixth of the time that inflating does.
        unsafe bytes.withUnsafeBytes { buffer in
            let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[start...])
            guard let base = rest.baseAddress,
                let found = unsafe memchr(base, Int32(byte), rest.count)
            else { return nil }
            return start + (unsafe UnsafeRawPointer(found) - base)
        }
    }
}
