/// Which library inflates deflate data.
public enum InflateBackEnd: String, Sendable, Hashable, CaseIterable {
    /// The fastest that was built in; zlib for a file below 64 KiB.
    case auto
    /// zlib, which is always there.
    case zlib
    /// Intel's ISA-L, where the package was built with its trait `ISAL`.
    case isal

    /// Whether this build has it.
    public var isAvailable: Bool {
        #if ISAL
        true
        #else
        self != .isal
        #endif
    }

    /// A decoder of gzip on this library; zlib's where this build lacks it.
    func gzipDecoder() -> any MemberDecompressor {
        #if ISAL
        if self != .zlib { return GzipDecoder(inflatingBy: ISALStream()) }
        #endif
        return GzipDecoder(inflatingBy: ZlibStream())
    }
}

/// A stream that inflates raw deflate data (RFC 1951).
protocol InflateStream: ~Copyable {
    /// Makes ready for the next deflate stream.
    mutating func reset()

    /// Inflates until the input is used up, the output is full, or the stream ends.
    ///
    /// - Parameters:
    ///   - input: Borrowed for the call.
    ///   - output: What is filled.
    ///   - start: Bytes at the front of `output` that are filled already; at most all of it.
    /// - Returns: What was done; damage is told there.
    mutating func inflate(
        _ input: borrowing Span<UInt8>, into output: inout MutableSpan<UInt8>, at start: Int
    ) -> InflateProgress
}

/// What one call of an inflate stream did.
struct InflateProgress {
    /// Bytes of input that were used up.
    var consumed: Int
    /// Bytes of output that were filled.
    var produced: Int
    /// Whether the deflate stream is whole.
    var isEnd = false
    /// The library's words for data that are no deflate stream.
    var damage: String?
    /// Whole bytes that the library has taken in and not looked at yet.
    var held = 0
    /// Bytes behind the end of the stream that the library had taken in already, at most eight;
    /// they are counted in `consumed`.
    var behindEnd: [UInt8] = []
}
