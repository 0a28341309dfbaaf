/// Inflates one raw deflate stream after the other: the data of a zip's members.
protocol DeflateDecoder: AnyObject {
    /// Whether the stream is whole.
    var isEnd: Bool { get }
    /// Bytes of the last input that lie behind the stream's end.
    var left: Int { get }

    /// Makes ready for the next stream.
    func reset()

    /// Inflates all of `input`, or up to the stream's end, and hands on what comes out.
    ///
    /// - Throws: ``ArchiveFault`` for damage, without a place.
    func decode(
        _ input: borrowing Span<UInt8>, into buffer: inout [UInt8],
        emit: (borrowing Span<UInt8>) throws(ArchiveFault) -> Void
    ) throws(ArchiveFault)
}

extension InflateBackEnd {
    /// A decoder of raw deflate data on this library; zlib's where this build lacks it.
    func deflateDecoder() -> any DeflateDecoder {
        #if ISAL
        if self != .zlib { return RawInflater(by: ISALStream()) }
        #endif
        return RawInflater(by: ZlibStream())
    }
}

/// A decoder of raw deflate data on any library.
private final class RawInflater<Stream: InflateStream & ~Copyable>: DeflateDecoder {
    private var stream: Stream
    private(set) var isEnd = false
    private(set) var left = 0

    init(by stream: consuming Stream) {
        self.stream = stream
    }

    func reset() {
        stream.reset()
        isEnd = false
        left = 0
    }

    func decode(
        _ input: borrowing Span<UInt8>, into buffer: inout [UInt8],
        emit: (borrowing Span<UInt8>) throws(ArchiveFault) -> Void
    ) throws(ArchiveFault) {
        var consumed = 0
        while true {
            var output = buffer.mutableSpan
            let progress = stream.inflate(
                input.extracting(droppingFirst: consumed), into: &output, at: 0)
            consumed += progress.consumed
            if progress.produced > 0 { try emit(buffer.span.extracting(first: progress.produced)) }
            if let words = progress.damage {
                throw ArchiveFault(.damaged, "its compressed data are broken (\(words))")
            }
            if progress.isEnd {
                isEnd = true
                left = input.count - consumed + progress.behindEnd.count
                return
            }
            if consumed == input.count, progress.produced < buffer.count { return }
            guard progress.consumed > 0 || progress.produced > 0 else {
                throw ArchiveFault(.damaged, "its compressed data lead nowhere")
            }
        }
    }
}
