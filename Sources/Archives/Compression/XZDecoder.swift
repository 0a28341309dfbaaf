#if XZ
import CLZMA

/// Decompresses xz streams that follow one another, with the padding between them that the
/// format allows; liblzma checks every block's check (CRC32, CRC64, SHA-256), the index and the
/// footer.
@safe final class XZDecoder: Decompressor {
    private enum State {
        case body
        case damaged(ArchiveFault)
    }

    /// The most memory that a header may ask for: a dictionary of 64 MiB (`xz -9`) works.
    static let memoryLimit: UInt64 = 128 << 20

    let name = "xz"
    /// What is no stream and no padding behind a stream is damage, as for xz itself.
    let hasTrailingGarbage = false
    private let stream = UnsafeMutablePointer<lzma_stream>.allocate(capacity: 1)
    private var state = State.body
    /// Bytes of input that were used up.
    private var consumed: UInt64 = 0

    init(memoryLimit: UInt64 = XZDecoder.memoryLimit) {
        unsafe stream.initialize(to: lzma_stream())
        settle(unsafe clzma_stream_decoder(stream, memoryLimit))
    }

    deinit {
        unsafe lzma_end(stream)
        unsafe stream.deallocate()
    }

    func decode(
        _ input: borrowing Span<UInt8>, into output: inout MutableSpan<UInt8>
    ) throws(ArchiveFault) -> DecodingProgress {
        var progress = DecodingProgress(consumed: 0, produced: 0)
        while case .body = state {
            guard progress.produced < output.count else { return progress }
            let step = decompress(
                input.extracting(droppingFirst: progress.consumed), into: &output,
                at: progress.produced)
            progress.consumed += step.consumed
            progress.produced += step.produced
            if case .body = state, step.consumed == 0, step.produced == 0 { return progress }
        }
        if progress.produced == 0, case .damaged(let fault) = state { throw fault }
        return progress
    }

    func finish() throws(ArchiveFault) {
        if case .body = state {
            // Whether the last stream was whole is known to the library alone, and it tells where
            // it is told that no more will come.
            unsafe stream.pointee.avail_in = 0
            unsafe stream.pointee.avail_out = 0
            var code = unsafe lzma_code(stream, LZMA_FINISH)
            // The first call that can do nothing is forgiven.
            if code == LZMA_OK { code = unsafe lzma_code(stream, LZMA_FINISH) }
            settle(code == LZMA_OK ? LZMA_BUF_ERROR : code, isEnd: true)
        }
        if case .damaged(let fault) = state { throw fault }
    }

    private func decompress(
        _ input: borrowing Span<UInt8>, into output: inout MutableSpan<UInt8>, at start: Int
    ) -> DecodingProgress {
        let capacity = output.count - start
        let state = unsafe stream
        let code = unsafe input.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe state.pointee.next_in = source.baseAddress
                unsafe state.pointee.avail_in = source.count
                unsafe state.pointee.next_out = target.baseAddress?.advanced(by: start)
                unsafe state.pointee.avail_out = capacity
                return unsafe lzma_code(state, LZMA_RUN)
            }
        }
        let taken = unsafe input.count - state.pointee.avail_in
        consumed += UInt64(taken)
        settle(code)
        return DecodingProgress(
            consumed: taken, produced: unsafe capacity - state.pointee.avail_out)
    }

    private func settle(_ code: lzma_ret, isEnd: Bool = false) {
        switch code {
        case LZMA_OK, LZMA_STREAM_END: return
        case LZMA_BUF_ERROR where !isEnd: return  // nothing to do for want of input or of room
        case LZMA_BUF_ERROR:
            fail(.truncated, "the xz stream is cut off")
        case LZMA_MEMLIMIT_ERROR:
            let asked = unsafe lzma_memusage(stream)
            let limit = unsafe lzma_memlimit_get(stream)
            fail(
                .limit,
                "the xz header asks for \(asked >> 20) MiB of memory (\(asked) bytes), above the"
                    + " limit of \(limit >> 20) MiB")
        case LZMA_MEM_ERROR:
            fail(.system, "no memory to decompress xz")
        case LZMA_OPTIONS_ERROR:
            fail(.unsupported, "the xz header asks for filters or flags that are not known here")
        case LZMA_UNSUPPORTED_CHECK:
            let check = unsafe lzma_get_check(stream).rawValue
            fail(.unsupported, "the xz stream has a check (\(check)) that is not known here")
        case LZMA_FORMAT_ERROR:
            fail(.damaged, "what follows is neither an xz stream nor its padding")
        default:
            fail(.damaged, "the xz stream is broken: a check, an index or a code is wrong")
        }
    }

    private func fail(_ code: ArchiveFault.Code, _ message: String) {
        state = .damaged(ArchiveFault(code, message, inputOffset: consumed))
    }
}
#endif
