/// What one call of a decompressor did.
struct DecodingProgress {
    /// Bytes of input that were used up.
    var consumed: Int
    /// Bytes of output that were filled.
    var produced: Int
}

/// One layer of compression: bytes go in as they come, and what comes out fills the caller's
/// buffer.
///
/// Conformers check everything their format can check (CRC, size, index), hold a fixed amount of
/// memory, and give their faults the offset in the input.
protocol Decompressor: AnyObject {
    /// The format's name for errors: `gzip`, `bzip2`, `xz`.
    var name: String { get }
    /// Whether bytes behind the end of the compressed data were passed over.
    var hasTrailingGarbage: Bool { get }

    /// Takes input until there is none left or the output is full.
    ///
    /// Where the output came back full, more may be waiting: call again with the rest of the
    /// input, an empty one too, and a fresh output. What came out before a fault is handed over
    /// first: the fault is thrown by the next call.
    ///
    /// - Throws: ``ArchiveFault`` for damage.
    func decode(
        _ input: borrowing Span<UInt8>, into output: inout MutableSpan<UInt8>
    ) throws(ArchiveFault) -> DecodingProgress

    /// Checks that the stream may end here.
    func finish() throws(ArchiveFault)
}

/// A decompressor of members that stand on their own, so that two can be decompressed side by
/// side.
protocol MemberDecompressor: Decompressor {
    /// Members that are whole.
    var members: Int { get }
    /// Whether the last byte of input ended a member, or padding behind one.
    var isBetweenMembers: Bool { get }
    /// Whether damage was found that the next call throws.
    var isDamaged: Bool { get }

    /// Takes its place behind another, which ended between two members.
    ///
    /// - Parameters:
    ///   - offset: Bytes of input before the first that this one was given.
    ///   - members: Members in them.
    func follow(offset: UInt64, members: Int)
}
