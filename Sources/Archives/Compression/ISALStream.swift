#if ISAL
import CISAL

/// An inflate stream of ISA-L over raw deflate data.
@safe struct ISALStream: ~Copyable, InflateStream {
    // 87 KB that must not be copied from one owner to the next.
    private let state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)
    /// Damage that is told when all that came out before it is handed over.
    private var damage: String?

    init() {
        unsafe isal_inflate_init(state)
        unsafe state.pointee.crc_flag = UInt32(ISAL_DEFLATE)
    }

    deinit {
        unsafe state.deallocate()
    }

    mutating func reset() {
        unsafe isal_inflate_reset(state)
        damage = nil
    }

    mutating func inflate(
        _ input: borrowing Span<UInt8>, into output: inout MutableSpan<UInt8>, at start: Int
    ) -> InflateProgress {
        if damage != nil { return handOver(into: &output, at: start) }
        // avail_in and avail_out have 32 bits.
        let piece = input.extracting(first: min(input.count, 1 << 30))
        let capacity = min(output.count - start, 1 << 30)
        let state = unsafe state
        let code = unsafe piece.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                // The library declares its input mutable but does not write to it.
                unsafe state.pointee.next_in =
                    UnsafeMutablePointer(mutating: source.baseAddress)
                unsafe state.pointee.avail_in = UInt32(source.count)
                unsafe state.pointee.next_out = target.baseAddress?.advanced(by: start)
                unsafe state.pointee.avail_out = UInt32(capacity)
                return unsafe isal_inflate(state)
            }
        }
        var progress = InflateProgress(
            // For broken data ISA-L may give back more than this piece: bytes of the one before.
            consumed: unsafe max(0, piece.count - Int(state.pointee.avail_in)),
            produced: unsafe capacity - Int(state.pointee.avail_out),
            isEnd: unsafe state.pointee.block_state == ISAL_BLOCK_FINISH)
        // Below zero where broken data lead behind the end of the input.
        progress.held = unsafe max(0, Int(state.pointee.read_in_length) / 8)
        if code < 0 {
            progress.isEnd = false
            damage = Self.words(for: code)
            // What is wrong is counted as output though it is not the archive's: of a match that
            // reaches too far back its length, of a symbol that does not exist up to 293 bytes.
            let wrong = code == ISAL_INVALID_BLOCK ? 0 : 300
            let waiting = waiting
            unsafe state.pointee.tmp_out_valid -= Int32(min(wrong, waiting))
            progress.produced = max(0, progress.produced - max(0, wrong - waiting))
            if waiting <= wrong { progress.damage = damage }
        } else if progress.isEnd {
            progress.behindEnd = takeBufferedBytes()
        }
        return progress
    }

    /// Bytes that came out and did not fit into the caller's space.
    private var waiting: Int {
        unsafe max(0, Int(state.pointee.tmp_out_valid) - Int(state.pointee.tmp_out_processed))
    }

    /// Hands over what came out before the damage, and then tells it.
    private mutating func handOver(
        into output: inout MutableSpan<UInt8>, at start: Int
    ) -> InflateProgress {
        let count = min(waiting, output.count - start)
        let bytes = unsafe UnsafeBufferPointer(start: cisal_waiting(state), count: count)
        for index in 0..<count { output[start + index] = unsafe bytes[index] }
        unsafe state.pointee.tmp_out_processed += Int32(count)
        var progress = InflateProgress(consumed: 0, produced: count)
        progress.held = unsafe max(0, Int(state.pointee.read_in_length) / 8)
        if waiting == 0 { progress.damage = damage }
        return progress
    }

    /// Whole bytes that the library holds in its bit buffer behind the end of the stream.
    private mutating func takeBufferedBytes() -> [UInt8] {
        let state = unsafe state
        let length = unsafe Int(state.pointee.read_in_length)
        guard length >= 8 else { return [] }
        let bits = unsafe state.pointee.read_in >> UInt64(length % 8)
        return (0..<(length / 8)).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
    }

    private static func words(for code: Int32) -> String {
        switch code {
        case ISAL_INVALID_BLOCK: "invalid block"
        case ISAL_INVALID_SYMBOL: "invalid symbol"
        case ISAL_INVALID_LOOKBACK: "invalid distance too far back"
        default: "ISA-L code \(code)"
        }
    }
}
#endif
