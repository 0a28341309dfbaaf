import CZlib

/// Compresses to one gzip member, the same bytes for the same input: no name, no time.
@safe struct GzipEncoder: ~Copyable {
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var output = [UInt8](repeating: 0, count: 64 << 10)
    private var checksum: UInt32 = 0
    private var length: UInt32 = 0
    private var hasHeader = false

    /// An encoder of zlib's level 1 to 9.
    init(level: Int32) {
        unsafe stream.initialize(to: z_stream())
        // Fails for want of memory alone, which the first call of `deflate` reports as well.
        _ = unsafe czlib_deflateInit2(stream, level, -MAX_WBITS)
    }

    deinit {
        unsafe deflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Compresses more bytes and hands on what comes out.
    mutating func encode<Failure: Error>(
        _ bytes: borrowing Span<UInt8>,
        emit: (borrowing Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        if !hasHeader {
            hasHeader = true
            // RFC 1952: deflate, no flags, no time, no hint, Unix.
            let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
            try emit(header.span)
        }
        checksum = crc32(bytes, continuing: checksum)
        length &+= UInt32(truncatingIfNeeded: bytes.count)
        var index = 0
        while index < bytes.count {
            // avail_in has 32 bits.
            let piece = bytes.extracting(droppingFirst: index).extracting(
                first: min(bytes.count - index, 1 << 30))
            index += try deflate(piece, flush: Z_NO_FLUSH, emit: emit)
        }
    }

    /// Ends the member: the rest of the data, their checksum and length.
    mutating func finish<Failure: Error>(
        emit: (borrowing Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        let nothing: [UInt8] = []
        try encode(nothing.span, emit: emit)
        _ = try deflate(nothing.span, flush: Z_FINISH, emit: emit)
        var trailer: [UInt8] = []
        for value in [checksum, length] {
            for shift in [0, 8, 16, 24] as [UInt32] {
                trailer.append(UInt8(truncatingIfNeeded: value >> shift))
            }
        }
        try emit(trailer.span)
    }

    private mutating func deflate<Failure: Error>(
        _ input: borrowing Span<UInt8>, flush: Int32,
        emit: (borrowing Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        var consumed = 0
        while true {
            let rest = input.extracting(droppingFirst: consumed)
            let (state, capacity) = unsafe (stream, output.count)
            let code = unsafe rest.withUnsafeBufferPointer { source in
                unsafe output.withUnsafeMutableBufferPointer { target in
                    // zlib declares its input mutable but does not write to it.
                    unsafe state.pointee.next_in = UnsafeMutablePointer(
                        mutating: source.baseAddress)
                    unsafe state.pointee.avail_in = UInt32(source.count)
                    unsafe state.pointee.next_out = target.baseAddress
                    unsafe state.pointee.avail_out = UInt32(target.count)
                    return unsafe CZlib.deflate(state, flush)
                }
            }
            consumed += unsafe rest.count - Int(state.pointee.avail_in)
            let produced = unsafe capacity - Int(state.pointee.avail_out)
            if produced > 0 { try emit(output.span.extracting(first: produced)) }
            let isDone = flush == Z_FINISH ? code == Z_STREAM_END : produced < capacity
            // Any other code than these is a state that cannot be: stop rather than turn forever.
            if isDone || code != Z_OK { return input.count }
        }
    }
}
