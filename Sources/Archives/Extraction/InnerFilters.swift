/// Compression inside of compression, taken off layer by layer as libarchive does
/// (`choose_filters` in `archive_read.c`).
struct InnerFilters {
    /// libarchive 3.6 takes 25; this bounds memory and time, and no honest archive has three.
    static let most = 4

    /// A layer with its decoder and what comes out of it, over and over.
    final class Layer {
        let filter: ArchiveFilter
        private let buffer = Slot(capacity: 64 << 10)

        init(_ filter: ArchiveFilter) {
            self.filter = filter
        }

        /// Decompresses all of `bytes` and hands on what comes out, in pieces.
        func pass(
            _ bytes: borrowing Span<UInt8>,
            emit: (borrowing Span<UInt8>) throws(ArchiveFault) -> Void
        ) throws(ArchiveFault) {
            try buffer.pass(bytes, through: filter.decode, emit: emit)
        }
    }

    private(set) var layers: [Layer] = []

    /// The layers' names, the innermost first.
    var names: [String] { layers.reversed().compactMap(\.filter.decompressor?.name) }
    /// Whether bytes behind the end of a layer were passed over.
    var hasTrailingGarbage: Bool {
        layers.contains { $0.filter.decompressor?.hasTrailingGarbage == true }
    }

    /// Adds the layer that begins with `head`.
    ///
    /// - Throws: ``ArchiveFault`` where there are too many, or its format is not to be had.
    mutating func add(of head: [UInt8], rules: ContentRules) throws(ArchiveFault) {
        guard layers.count < Self.most else {
            throw ArchiveFault(
                .limit, "more than \(Self.most + 1) layers of compression, one inside the other")
        }
        layers.append(Layer(try ArchiveFilter(of: head, rules: rules)))
    }
}
