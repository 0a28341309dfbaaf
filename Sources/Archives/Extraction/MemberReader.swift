import Vocabulary

/// What is inside the compression: a tar, or the one file of a bare gzip.
struct MemberReader<Sink: MemberSink & ~Copyable>: ~Copyable {
    private enum Content {
        case unknown
        case tar
        case bareFile
        /// With what was taken of it, where it comes as a stream.
        case zip(ZipSpool?)
    }

    private var content = Content.unknown
    private let rules: ContentRules
    private var inner = InnerFilters()
    private var zipNotes: [String] = []
    private var tar: TarReader
    /// The name of the compression around the content, `nil` where there is none.
    var filterName: String?
    /// The first block, until it is known what it is.
    private var head: [UInt8] = []
    /// Bytes that make no member: behind the archive's end, and between two layers of compression.
    private var idleBytes: UInt64 = 0
    /// What takes the members.
    var sink: Sink

    init(into sink: consuming Sink, rules: ContentRules) {
        self.sink = sink
        self.rules = rules
        tar = TarReader(headerLimit: rules.limits.maxHeaderBytes)
    }

    /// The format in words, as far as it is known: `tar`, `tar in gzip`, `gzip`.
    var formatName: String {
        var name = "tar"
        if case .zip = content { name = "zip" }
        guard let filterName else { return name }
        if case .bareFile = content { return filterName }
        return ([name] + inner.names + [filterName]).joined(separator: " in ")
    }

    /// What a person should know about the stream though it is no error.
    var notes: [String] {
        tar.notes + zipNotes
            + (rules.comparesWithMesos
                ? programNote(for: inner.names + [filterName ?? "gzip"]) : [])
            + (inner.hasTrailingGarbage ? [garbageNote] : [])
    }

    /// Takes the next unpacked bytes, of any number.
    mutating func take(_ bytes: borrowing Span<UInt8>) throws(ArchiveFault) {
        try take(bytes, layer: 0)
    }

    /// Takes bytes that `layer` of the inner filters came out of, the outermost first.
    private mutating func take(
        _ bytes: borrowing Span<UInt8>, layer: Int
    ) throws(ArchiveFault) {
        // A few bytes of the input may come out as gigabytes.
        try rules.cancellation.check()
        guard layer == inner.layers.count else {
            try countIdle(bytes.count)
            return try inner.layers[layer].pass(bytes) { (output) throws(ArchiveFault) in
                try take(output, layer: layer + 1)
            }
        }
        switch content {
        case .tar:
            if tar.hasEnded { try countIdle(bytes.count) }
            try tar.read(bytes, into: &sink)
            try checkIdle()
        case .bareFile: try sink.write(bytes)
        case .zip(let spool): try spool?.append(bytes)
        case .unknown:
            if head.isEmpty, bytes.count >= TarHeader.size, rules.type.takesTar {
                let first = bytes.extracting(first: TarHeader.size)
                if TarHeader.isZero(first) || TarHeader.hasRightChecksum(first) {
                    content = .tar
                    return try tar.read(bytes, into: &sink)
                }
            }
            let count = min(bytes.count, TarHeader.size - head.count)
            for index in 0..<count { head.append(bytes[index]) }
            guard head.count == TarHeader.size else { return }
            try begin()
            if count < bytes.count {
                try take(bytes.extracting(droppingFirst: count), layer: layer)
            }
        }
    }

    /// Holds what makes no member to the limit of what does: a few bytes may stand for petabytes.
    private mutating func countIdle(_ count: Int) throws(ArchiveFault) {
        idleBytes += UInt64(count)
        try checkIdle()
    }

    private func checkIdle() throws(ArchiveFault) {
        guard rules.limits.allowIdle(idleBytes + tar.idleBytes) else {
            throw ArchiveFault(
                .limit,
                "more bytes that belong to no member than max-bytes (\(rules.limits.maxBytes)) allows"
            )
        }
    }

    /// Checks that the content may end here.
    mutating func finish() throws(ArchiveFault) {
        // A layer that is shorter than a block is found at the end alone.
        var ended = 0
        while true {
            while ended < inner.layers.count {
                try inner.layers[ended].filter.finish()
                ended += 1
            }
            guard case .unknown = content else { break }
            try begin()
        }
        switch content {
        case .tar: try tar.finish()
        case .bareFile: try sink.end()
        case .zip(let spool):
            if let file = try spool?.finish() { try readZip(file) }
        case .unknown: break
        }
    }

    /// Decides by the first block what the content is.
    private mutating func begin() throws(ArchiveFault) {
        let start = head
        if rules.isTar(start) {
            content = .tar
            return try tar.read(start.span, into: &sink)
        }
        if rules.isZip(start), filterName == nil || rules.stacksFilters && rules.bareName == nil {
            let spool = try ZipSpool(in: rules.spoolDirectory, limits: rules.limits)
            content = .zip(spool)
            return try spool.append(start.span)
        }
        guard let filterName else { throw rules.notAnArchive(start) }
        if CompressionFormat(of: start) != nil, rules.stacksFilters {
            try inner.add(of: start, rules: rules)
            head = []
            return try take(start.span, layer: inner.layers.count - 1)
        }
        guard let bareName = rules.bareName, filterName == "gzip", inner.layers.isEmpty else {
            throw rules.notAnArchive(start, in: inner.names.first ?? filterName)
        }
        content = .bareFile
        try sink.begin(TarMember(bareFile: bareName))
        try sink.write(start.span)
    }

    /// Reads a zip that lies in a file, in place of all that would be taken.
    mutating func readZip(
        _ file: ZipFile, onProgress: ((ExtractionProgress) -> Void)? = nil
    ) throws(ArchiveFault) {
        content = .zip(nil)
        guard var zip = try ZipReader(file, rules: rules) else {
            throw rules.notAZip(try file.head())
        }
        try zip.check()
        try zip.read(into: &sink, onProgress: onProgress)
        zipNotes = zip.notes
    }
}
