import CZlib

/// An inflate stream of zlib over raw deflate data; `inflateEnd` is called when its owner goes.
@safe struct ZlibStream: ~Copyable, InflateStream {
    // zlib's state points back at its z_stream and refuses one that moved: it is on the heap.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    init() {
        unsafe stream.initialize(to: z_stream())
        // Fails for want of memory alone, which the first call of `inflate` reports as well.
        _ = unsafe czlib_inflateInit2(stream, -MAX_WBITS)
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    mutating func reset() {
        _ = unsafe inflateReset(stream)
    }

    mutating func inflate(
        _ input: borrowing Span<UInt8>, into output: inout MutableSpan<UInt8>, at start: Int
    ) -> InflateProgress {
        // avail_in and avail_out have 32 bits.
        let piece = input.extracting(first: min(input.count, 1 << 30))
        let capacity = min(output.count - start, 1 << 30)
        let state = unsafe stream
        let code = unsafe piece.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                // zlib declares its input mutable but does not write to it, and refuses a null.
                var nothing: UInt8 = 0
                return unsafe withUnsafeMutablePointer(to: &nothing) { nothing in
                    unsafe state.pointee.next_in =
                        UnsafeMutablePointer(mutating: source.baseAddress) ?? nothing
                    unsafe state.pointee.avail_in = UInt32(source.count)
                    unsafe state.pointee.next_out = target.baseAddress?.advanced(by: start)
                    unsafe state.pointee.avail_out = UInt32(capacity)
                    return unsafe CZlib.inflate(state, Z_NO_FLUSH)
                }
            }
        }
        var progress = InflateProgress(
            consumed: unsafe piece.count - Int(state.pointee.avail_in),
            produced: unsafe capacity - Int(state.pointee.avail_out),
            isEnd: code == Z_STREAM_END)
        if code != Z_OK, code != Z_STREAM_END, code != Z_BUF_ERROR {
            progress.damage = unsafe state.pointee.msg.map { unsafe String(cString: $0) }
            progress.damage = progress.damage ?? "zlib code \(code)"
        }
        return progress
    }
}
