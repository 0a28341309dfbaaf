/// One layer of compression: bytes go in as they come, what comes out is handed on in place.
///
/// Conformers check everything their format can check (CRC, size, index), hold a fixed amount of
/// memory, and give their faults the offset in the input.
protocol Decompressor: AnyObject {
    /// The format's name for errors: `gzip`, `bzip2`, `xz`.
    var name: String { get }
    /// Whether bytes behind the end of the compressed data were passed over.
    var hasTrailingGarbage: Bool { get }

    /// Takes a piece of input of any size and hands on what comes out of it.
    ///
    /// - Throws: ``ArchiveFault`` for damage, or whatever `emit` throws.
    func decode(
        _ input: borrowing Span<UInt8>,
        emit: (borrowing Span<UInt8>) throws(ArchiveFault) -> Void
    ) throws(ArchiveFault)

    /// Checks that the stream may end here.
    func finish() throws(ArchiveFault)
}
