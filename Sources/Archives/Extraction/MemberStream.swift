/// The way from an archive's bytes to its members on one thread: filter, then content.
struct MemberStream<Sink: MemberSink & ~Copyable>: ~Copyable {
    private var filter: ArchiveFilter?
    private var reader: MemberReader<Sink>
    let rules: ContentRules
    /// The first bytes of the input, until the filter is known.
    private var head: [UInt8] = []
    /// Whether the input had no bytes, and that is no error.
    private var isEmpty = false
    /// What comes out of the filter, over and over.
    private var buffer: Slot?

    init(into sink: consuming Sink, rules: ContentRules) {
        self.rules = rules
        reader = MemberReader(into: sink, rules: rules)
    }

    /// What takes the members.
    var sink: Sink {
        _read { yield reader.sink }
        _modify { yield &reader.sink }
    }

    /// The format in words, as far as it is known: `tar`, `tar in gzip`, `gzip`.
    var formatName: String { reader.formatName }

    /// What a person should know about the stream though it is no error.
    var notes: [String] {
        (isEmpty ? [emptyNote] : []) + reader.notes
            + (filter?.decompressor?.hasTrailingGarbage == true ? [garbageNote] : [])
    }

    /// Takes the next piece of the archive, of any size.
    mutating func push(_ bytes: borrowing Span<UInt8>) throws(ArchiveFault) {
        guard filter == nil else { return try unpack(bytes) }
        let count = min(bytes.count, TarHeader.size - head.count)
        for index in 0..<count { head.append(bytes[index]) }
        guard head.count == TarHeader.size else { return }
        try begin()
        if count < bytes.count { try unpack(bytes.extracting(droppingFirst: count)) }
    }

    /// Checks that the archive may end here.
    mutating func finish() throws(ArchiveFault) {
        if filter == nil, head.isEmpty, rules.takesEmpty {
            isEmpty = true
            return
        }
        if filter == nil { try begin() }
        try filter?.finish()
        try reader.finish()
    }

    /// Reads a zip that lies in a file, in place of all that would be pushed.
    mutating func readZip(
        _ file: ZipFile, onProgress: ((ExtractionProgress) -> Void)? = nil
    ) throws(ArchiveFault) {
        try reader.readZip(file, onProgress: onProgress)
    }

    private mutating func begin() throws(ArchiveFault) {
        let start = head
        let found = try ArchiveFilter(of: start, rules: rules)
        reader.filterName = found.decompressor?.name
        if found.decompressor != nil { buffer = Slot(capacity: 256 << 10) }
        filter = found
        try unpack(start.span)
    }

    private mutating func unpack(_ bytes: borrowing Span<UInt8>) throws(ArchiveFault) {
        guard let filter, let buffer else { return try reader.take(bytes) }
        try buffer.pass(bytes, through: filter.decode) { (output) throws(ArchiveFault) in
            do throws(ArchiveFault) {
                try reader.take(output)
            } catch {
                var fault = error
                fault.inputBound = filter.inputCount
                throw fault
            }
        }
    }
}

/// What is said where bytes behind a whole compressed stream were passed over.
let garbageNote = "bytes behind the end of the compressed data were ignored"
