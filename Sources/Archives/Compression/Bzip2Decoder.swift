#if BZip2
import CBzip2

/// Decompresses bzip2 streams that follow one another; libbz2 checks every block's CRC and the
/// combined one.
///
/// What bzip2 1.0.8 does behind a stream (`uncompressStream`, `bzip2.c`): bytes that begin
/// `BZh1` to `BZh9` are another stream, an input that ends within those four is cut off, and
/// anything else is trailing garbage: told, not an error.
@safe final class Bzip2Decoder: Decompressor {
    private enum State {
        case body
        case betweenStreams(matched: Int)
        case garbage
        case damaged(ArchiveFault)
    }

    let name = "bzip2"
    // libbz2's state points back at its bz_stream: it is on the heap, where it does not move.
    private let stream = UnsafeMutablePointer<bz_stream>.allocate(capacity: 1)
    private var state = State.body
    /// Bytes of input that were used up.
    private var consumed: UInt64 = 0
    /// Streams that are whole.
    private var streams = 0

    init() {
        unsafe stream.initialize(to: bz_stream())
        start()
    }

    deinit {
        // For a stream that could not be started it does nothing.
        _ = unsafe BZ2_bzDecompressEnd(stream)
        unsafe stream.deallocate()
    }

    var hasTrailingGarbage: Bool {
        if case .garbage = state { true } else { false }
    }

    func decode(
        _ input: borrowing Span<UInt8>, into output: inout MutableSpan<UInt8>
    ) throws(ArchiveFault) -> DecodingProgress {
        var progress = DecodingProgress(consumed: 0, produced: 0)
        while true {
            let rest = input.extracting(droppingFirst: progress.consumed)
            switch state {
            case .body:
                guard progress.produced < output.count else { return progress }
                let step = decompress(rest, into: &output, at: progress.produced)
                progress.consumed += step.consumed
                progress.produced += step.produced
                if case .body = state, step.consumed == 0, step.produced == 0 { return progress }
            case .damaged(let fault):
                if progress.produced > 0 { return progress }
                throw fault
            case .garbage:
                consumed += UInt64(rest.count)
                progress.consumed = input.count
                return progress
            case .betweenStreams(let matched):
                guard !rest.isEmpty else { return progress }
                progress.consumed += 1
                consumed += 1
                lookBehindStream(rest[0], matched: matched)
            }
        }
    }

    func finish() throws(ArchiveFault) {
        switch state {
        case .betweenStreams(matched: 0), .garbage: return
        case .damaged(let fault): throw fault
        case .betweenStreams, .body:
            throw ArchiveFault(
                .truncated, "bzip2 stream \(streams + 1) is cut off", inputOffset: consumed)
        }
    }

    /// Begins the next stream; it asks for memory alone, up to 3.7 MB once its header is read.
    private func start() {
        guard unsafe BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK else {
            state = .damaged(ArchiveFault(.system, "no memory to decompress bzip2"))
            return
        }
        state = .body
    }

    private func lookBehindStream(_ byte: UInt8, matched: Int) {
        let magic: [UInt8] = [0x42, 0x5a, 0x68]
        guard matched < magic.count ? byte == magic[matched] : (0x31...0x39).contains(byte) else {
            state = .garbage
            return
        }
        guard matched == magic.count else {
            state = .betweenStreams(matched: matched + 1)
            return
        }
        start()
        // The library wants to see the header as well; it takes it without giving anything.
        var header = magic + [byte]
        unsafe header.withUnsafeMutableBytes {
            unsafe stream.pointee.next_in =
                $0.baseAddress?.assumingMemoryBound(to: CChar.self)
            unsafe stream.pointee.avail_in = UInt32($0.count)
            unsafe stream.pointee.avail_out = 0
            settle(unsafe BZ2_bzDecompress(stream))
        }
    }

    private func decompress(
        _ input: borrowing Span<UInt8>, into output: inout MutableSpan<UInt8>, at start: Int
    ) -> DecodingProgress {
        // avail_in and avail_out have 32 bits.
        let piece = input.extracting(first: min(input.count, 1 << 30))
        let capacity = min(output.count - start, 1 << 30)
        let state = unsafe stream
        let code = unsafe piece.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBytes { target in
                // libbz2 declares its input mutable but does not write to it.
                unsafe state.pointee.next_in = UnsafeMutableRawPointer(
                    mutating: source.baseAddress)?.assumingMemoryBound(to: CChar.self)
                unsafe state.pointee.avail_in = UInt32(source.count)
                unsafe state.pointee.next_out = target.baseAddress?.advanced(by: start)
                    .assumingMemoryBound(to: CChar.self)
                unsafe state.pointee.avail_out = UInt32(capacity)
                return unsafe BZ2_bzDecompress(state)
            }
        }
        let taken = unsafe piece.count - Int(state.pointee.avail_in)
        consumed += UInt64(taken)
        settle(code)
        return DecodingProgress(
            consumed: taken, produced: unsafe capacity - Int(state.pointee.avail_out))
    }

    private func settle(_ code: Int32) {
        switch code {
        case BZ_OK: return
        case BZ_STREAM_END:
            streams += 1
            _ = unsafe BZ2_bzDecompressEnd(stream)
            state = .betweenStreams(matched: 0)
        case BZ_MEM_ERROR:
            state = .damaged(ArchiveFault(.system, "no memory to decompress bzip2"))
        default:
            state = .damaged(
                ArchiveFault(
                    .damaged,
                    "bzip2 stream \(streams + 1) is broken: a checksum or a code is wrong",
                    inputOffset: consumed))
        }
    }
}
#endif
