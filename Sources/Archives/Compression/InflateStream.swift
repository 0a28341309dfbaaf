import CZlib

/// An inflate stream of zlib over raw deflate data; `inflateEnd` is called when its owner goes.
@safe struct InflateStream: ~Copyable {
    // zlib's state points back at its z_stream and refuses one that moved: it is on the heap.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    struct Progress {
        let consumed: Int
        let produced: Int
        let isEnd: Bool
    }

    init() {
        unsafe stream.initialize(to: z_stream())
        // Fails for want of memory alone, which the first call of `inflate` reports as well.
        _ = unsafe czlib_inflateInit2(stream, -MAX_WBITS)
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Makes ready for the next deflate stream.
    mutating func reset() {
        _ = unsafe inflateReset(stream)
    }

    /// Inflates as much of `input` as `output` holds.
    ///
    /// - Throws: zlib's own words for data that are no deflate stream.
    mutating func inflate(
        _ input: borrowing Span<UInt8>, into output: inout [UInt8]
    ) throws(ArchiveFault) -> Progress {
        // avail_in has 32 bits.
        let piece = input.extracting(first: min(input.count, 1 << 30))
        let (state, capacity) = unsafe (stream, output.count)
        let code = unsafe piece.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                // zlib declares its input mutable but does not write to it.
                unsafe state.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                unsafe state.pointee.avail_in = UInt32(source.count)
                unsafe state.pointee.next_out = target.baseAddress
                unsafe state.pointee.avail_out = UInt32(target.count)
                return unsafe CZlib.inflate(state, Z_NO_FLUSH)
            }
        }
        let consumed = unsafe piece.count - Int(state.pointee.avail_in)
        let produced = unsafe capacity - Int(state.pointee.avail_out)
        guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
            let words = unsafe state.pointee.msg.map { unsafe String(cString: $0) }
            throw ArchiveFault(
                .damaged, "the compressed data are broken (\(words ?? "zlib code \(code)"))")
        }
        return Progress(consumed: consumed, produced: produced, isEnd: code == Z_STREAM_END)
    }
}

/// CRC-32 of more bytes.
func crc32(_ bytes: borrowing Span<UInt8>, continuing checksum: UInt32) -> UInt32 {
    unsafe bytes.withUnsafeBufferPointer {
        UInt32(truncatingIfNeeded: unsafe CZlib.crc32_z(UInt(checksum), $0.baseAddress, $0.count))
    }
}
