/// The way from an archive's bytes to its members: what the file is, inflate, tar.
struct MemberStream<Sink: MemberSink & ~Copyable>: ~Copyable {
    private enum Format {
        case unknown
        case gzip(GzipDecoder)
        case plain
    }

    private var format = Format.unknown
    private var tar: TarReader
    private let limits: ExtractionLimits
    /// The first bytes of the input, until the format is known.
    private var head: [UInt8] = []
    /// The first bytes of the tar stream, to say what it is if it is none.
    private var tarHead: [UInt8] = []
    private var inputCount: UInt64 = 0
    private var outputCount: UInt64 = 0
    /// What takes the members.
    var sink: Sink
    /// Whether bytes behind the compressed stream were passed over.
    private(set) var hasTrailingGarbage = false

    init(into sink: consuming Sink, limits: ExtractionLimits) {
        self.sink = sink
        self.limits = limits
        tar = TarReader(headerLimit: limits.maxHeaderBytes)
    }

    /// Takes the next piece of the archive, of any size.
    mutating func push(_ bytes: borrowing Span<UInt8>) throws(ArchiveFault) {
        inputCount += UInt64(bytes.count)
        if case .unknown = format {
            for index in bytes.indices { head.append(bytes[index]) }
            guard head.count >= TarHeader.size else { return }
            let start = head
            try chooseFormat(start)
            try take(start.span)
        } else {
            try take(bytes)
        }
    }

    /// Checks that the archive may end here.
    mutating func finish() throws(ArchiveFault) {
        if case .unknown = format {
            let start = head
            try chooseFormat(start)
            try take(start.span)
        }
        if case .gzip(let decoder) = format {
            try decoder.finish()
            hasTrailingGarbage = decoder.hasTrailingGarbage
        }
        do throws(ArchiveFault) {
            try tar.finish()
        } catch {
            throw explained(error)
        }
    }

    private mutating func chooseFormat(_ start: [UInt8]) throws(ArchiveFault) {
        switch ContentLook.format(of: start) {
        case .gzip: format = .gzip(GzipDecoder())
        case .plain: format = .plain
        case .bzip2: throw unsupported("bzip2")
        case .xz: throw unsupported("xz")
        case .zip: throw unsupported("zip")
        }
        head = Array(start.prefix(TarHeader.size))
    }

    private func unsupported(_ name: String) -> ArchiveFault {
        ArchiveFault(.unsupported, "\(name) archives are not unpacked yet; pack it as .tar.gz")
    }

    private mutating func take(_ bytes: borrowing Span<UInt8>) throws(ArchiveFault) {
        do throws(ArchiveFault) {
            if case .gzip(let decoder) = format {
                try decoder.decode(bytes) { (output) throws(ArchiveFault) in
                    try takeUnpacked(output)
                }
            } else {
                try takeUnpacked(bytes)
            }
        } catch {
            throw explained(error)
        }
    }

    private mutating func takeUnpacked(_ bytes: borrowing Span<UInt8>) throws(ArchiveFault) {
        outputCount += UInt64(bytes.count)
        if let ratio = limits.maxRatio, outputCount > 1 << 20 {
            let (most, overflow) = inputCount.multipliedReportingOverflow(by: ratio)
            guard overflow || outputCount <= most else {
                throw ArchiveFault(
                    .limit, "more bytes come out of each byte than max-ratio (\(ratio)) allows",
                    offset: outputCount)
            }
        }
        var index = 0
        while tarHead.count < TarHeader.size, index < bytes.count {
            tarHead.append(bytes[index])
            index += 1
        }
        try tar.read(bytes, into: &sink)
    }

    private func explained(_ fault: ArchiveFault) -> ArchiveFault {
        guard fault.code == .notAnArchive else { return fault }
        if case .gzip = format {
            return ArchiveFault(
                .notAnArchive,
                "not an archive: what is in the gzip is no tar: "
                    + ContentLook.description(of: tarHead))
        }
        return ArchiveFault(
            .notAnArchive, "not an archive: \(ContentLook.description(of: head))")
    }
}
