/// The way from an archive's bytes to its members: what the file is, inflate, tar.
struct MemberStream<Sink: MemberSink & ~Copyable>: ~Copyable {
    private enum Format {
        case unknown
        case compressed(any Decompressor)
        case plain
    }

    /// What the unpacked bytes are.
    private enum Content {
        case unknown
        case tar
        case bareFile
    }

    private var format = Format.unknown
    private var content = Content.unknown
    private var tar: TarReader
    private let limits: ExtractionLimits
    /// The name of the one file of a bare gzip, where the archive's name allows one.
    private let bareName: [UInt8]?
    /// Whether an input of no bytes is an archive of no members.
    private let takesEmpty: Bool
    /// The first bytes of the input, until the format is known.
    private var head: [UInt8] = []
    /// The first block of what was unpacked, until it is known what that is.
    private var contentHead: [UInt8] = []
    private var inputCount: UInt64 = 0
    private var outputCount: UInt64 = 0
    /// What takes the members.
    var sink: Sink
    /// Whether bytes behind the compressed stream were passed over.
    private(set) var hasTrailingGarbage = false
    /// The format in words, as far as it is known: `tar`, `tar in gzip`, `gzip`.
    var formatName: String {
        guard case .compressed(let decompressor) = format else { return "tar" }
        if case .bareFile = content { return decompressor.name }
        return "tar in \(decompressor.name)"
    }

    /// What a person should know about the stream though it is no error.
    var notes: [String] {
        var notes = tar.notes
        if hasTrailingGarbage {
            notes.append("bytes behind the end of the compressed data were ignored")
        }
        return notes
    }

    init(
        into sink: consuming Sink, limits: ExtractionLimits, bareName: [UInt8]? = nil,
        takesEmpty: Bool = false
    ) {
        self.takesEmpty = takesEmpty
        self.sink = sink
        self.limits = limits
        self.bareName = bareName
        tar = TarReader(headerLimit: limits.maxHeaderBytes)
    }

    /// Takes the next piece of the archive, of any size.
    mutating func push(_ bytes: borrowing Span<UInt8>) throws(ArchiveFault) {
        inputCount += UInt64(bytes.count)
        guard case .unknown = format else { return try unpack(bytes) }
        let count = min(bytes.count, TarHeader.size - head.count)
        for index in 0..<count { head.append(bytes[index]) }
        guard head.count == TarHeader.size else { return }
        try beginFormat()
        if count < bytes.count { try unpack(bytes.extracting(droppingFirst: count)) }
    }

    /// Checks that the archive may end here.
    mutating func finish() throws(ArchiveFault) {
        if inputCount == 0, takesEmpty { return }
        if case .unknown = format { try beginFormat() }
        if case .compressed(let decompressor) = format {
            try decompressor.finish()
            hasTrailingGarbage = decompressor.hasTrailingGarbage
        }
        if case .unknown = content { try beginContent() }
        switch content {
        case .tar: try tar.finish()
        case .bareFile: try sink.end()
        case .unknown: break
        }
    }

    private mutating func beginFormat() throws(ArchiveFault) {
        switch ContentLook.format(of: head) {
        case .gzip: format = .compressed(GzipDecoder())
        case .plain: format = .plain
        case .bzip2: throw unsupported("bzip2")
        case .xz: throw unsupported("xz")
        case .zip: throw unsupported("zip")
        }
        let start = head
        try unpack(start.span)
    }

    private func unsupported(_ name: String) -> ArchiveFault {
        ArchiveFault(.unsupported, "\(name) archives are not unpacked yet; pack it as .tar.gz")
    }

    private mutating func unpack(_ bytes: borrowing Span<UInt8>) throws(ArchiveFault) {
        guard case .compressed(let decompressor) = format else { return try take(bytes) }
        try decompressor.decode(bytes) { (output) throws(ArchiveFault) in
            outputCount += UInt64(output.count)
            try checkRatio()
            try take(output)
        }
    }

    private func checkRatio() throws(ArchiveFault) {
        guard let ratio = limits.maxRatio, outputCount > 1 << 20 else { return }
        let (most, overflow) = inputCount.multipliedReportingOverflow(by: ratio)
        guard overflow || outputCount <= most else {
            throw ArchiveFault(
                .limit, "more bytes come out of each byte than max-ratio (\(ratio)) allows",
                offset: outputCount)
        }
    }

    private mutating func take(_ bytes: borrowing Span<UInt8>) throws(ArchiveFault) {
        switch content {
        case .tar: try tar.read(bytes, into: &sink)
        case .bareFile: try sink.write(bytes)
        case .unknown:
            let count = min(bytes.count, TarHeader.size - contentHead.count)
            for index in 0..<count { contentHead.append(bytes[index]) }
            guard contentHead.count == TarHeader.size else { return }
            try beginContent()
            if count < bytes.count { try take(bytes.extracting(droppingFirst: count)) }
        }
    }

    /// Decides what the unpacked bytes are by their first block: a tar, or the one file of a bare
    /// gzip.
    private mutating func beginContent() throws(ArchiveFault) {
        let start = contentHead
        if start.count == TarHeader.size,
            TarHeader.isZero(start.span) || TarHeader.hasRightChecksum(start.span)
        {
            content = .tar
            return try tar.read(start.span, into: &sink)
        }
        guard case .compressed(let decompressor) = format else {
            throw ArchiveFault(
                .notAnArchive, "not an archive: \(ContentLook.description(of: start))")
        }
        guard let bareName, decompressor.name == "gzip" else {
            throw ArchiveFault(
                .notAnArchive,
                "not an archive: what is in the \(decompressor.name) is no tar: "
                    + ContentLook.description(of: start))
        }
        content = .bareFile
        try sink.begin(TarMember(bareFile: bareName))
        try sink.write(start.span)
    }
}

/// The name of the one file in a bare gzip; `nil` where the archive's name promises a tar.
///
/// The name in the gzip header is never used: it is the stranger's.
func bareGzipName(of archive: String) -> [UInt8]? {
    let last = archive.utf8.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
    let lower = String(decoding: last, as: UTF8.self).lowercased()
    guard lower.hasSuffix(".gz"), !lower.hasSuffix(".tar.gz") else { return nil }
    return Array(last.dropLast(3))
}
