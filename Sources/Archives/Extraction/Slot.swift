/// A buffer that is filled and read over and over, and that goes from one thread to another.
///
/// One thread at a time has it: whoever took it from the queue. An array would do but for the
/// copy that a second reference to it makes in silence, and for the zeros that it begins with: a
/// small archive would spend more time on them than on its members.
@safe final class Slot: @unchecked Sendable {
    /// Bytes that one slot holds: with smaller ones the threads wake each other too often.
    static let capacity = 512 << 10

    private let storage: UnsafeMutableBufferPointer<UInt8>
    /// The most bytes that it holds.
    var capacity: Int { unsafe storage.count }
    /// Bytes at the front that are filled.
    var count = 0
    /// Bytes of a compressed file that had gone in when the slot was full.
    var inputBound: UInt64?

    /// A slot with nothing in it.
    ///
    /// - Parameter capacity: The most bytes that it holds.
    init(capacity: Int = Slot.capacity) {
        unsafe storage = .allocate(capacity: capacity)
    }

    deinit {
        unsafe storage.deallocate()
    }

    /// Lends the bytes that are filled.
    func read<Result, Failure: Error>(
        _ body: (borrowing Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = unsafe UnsafeBufferPointer(rebasing: storage[..<count])
        return try body(unsafe bytes.span)
    }

    /// Decompresses all of `input` into this buffer, over and over, and hands on what comes out.
    ///
    /// - Parameters:
    ///   - input: Borrowed for the call; an empty one gets out what waits.
    ///   - decode: As ``Decompressor/decode(_:into:)``.
    ///   - emit: Takes each buffer, the last one perhaps empty.
    /// - Throws: What `decode` or `emit` throws.
    func pass(
        _ input: borrowing Span<UInt8>,
        through decode: (
            borrowing Span<UInt8>, inout MutableSpan<UInt8>
        ) throws(ArchiveFault) -> DecodingProgress,
        emit: (borrowing Span<UInt8>) throws(ArchiveFault) -> Void
    ) throws(ArchiveFault) {
        var consumed = 0
        repeat {
            count = 0
            try append { (space) throws(ArchiveFault) in
                let progress = try decode(input.extracting(droppingFirst: consumed), &space)
                consumed += progress.consumed
                return progress.produced
            }
            try read(emit)
        } while count == capacity || consumed < input.count
    }

    /// Fills what is free behind ``count``.
    ///
    /// - Parameter fill: Gets the free space, and says how many bytes at its front it filled.
    /// - Throws: What `fill` throws.
    func append<Failure: Error>(
        _ fill: (inout MutableSpan<UInt8>) throws(Failure) -> Int
    ) throws(Failure) {
        let free = unsafe UnsafeMutableBufferPointer(rebasing: storage[count...])
        var space = unsafe free.mutableSpan
        count += min(try fill(&space), free.count)
    }
}
