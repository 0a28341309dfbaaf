/// What is inside the compression: a tar, or the one file of a bare gzip.
struct MemberReader<Sink: MemberSink & ~Copyable>: ~Copyable {
    private enum Content {
        case unknown
        case tar
        case bareFile
    }

    private var content = Content.unknown
    private var tar: TarReader
    /// The name of the one file of a bare gzip, where the archive's name allows one.
    private let bareName: [UInt8]?
    /// The name of the compression around the content, `nil` where there is none.
    var filterName: String?
    /// The first block, until it is known what it is.
    private var head: [UInt8] = []
    /// What takes the members.
    var sink: Sink

    init(into sink: consuming Sink, limits: ExtractionLimits, bareName: [UInt8]?) {
        self.sink = sink
        self.bareName = bareName
        tar = TarReader(headerLimit: limits.maxHeaderBytes)
    }

    /// The format in words, as far as it is known: `tar`, `tar in gzip`, `gzip`.
    var formatName: String {
        guard let filterName else { return "tar" }
        if case .bareFile = content { return filterName }
        return "tar in \(filterName)"
    }

    /// What a person should know about the stream though it is no error.
    var notes: [String] { tar.notes }

    /// Takes the next unpacked bytes, of any number.
    mutating func take(_ bytes: borrowing Span<UInt8>) throws(ArchiveFault) {
        switch content {
        case .tar: try tar.read(bytes, into: &sink)
        case .bareFile: try sink.write(bytes)
        case .unknown:
            if head.isEmpty, bytes.count >= TarHeader.size {
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
            if count < bytes.count { try take(bytes.extracting(droppingFirst: count)) }
        }
    }

    /// Checks that the content may end here.
    mutating func finish() throws(ArchiveFault) {
        if case .unknown = content { try begin() }
        switch content {
        case .tar: try tar.finish()
        case .bareFile: try sink.end()
        case .unknown: break
        }
    }

    /// Decides by the first block what the content is.
    private mutating func begin() throws(ArchiveFault) {
        let start = head
        if start.count == TarHeader.size,
            TarHeader.isZero(start.span) || TarHeader.hasRightChecksum(start.span)
        {
            content = .tar
            return try tar.read(start.span, into: &sink)
        }
        guard let filterName else {
            throw ArchiveFault(
                .notAnArchive, "not an archive: \(ContentLook.description(of: start))")
        }
        guard let bareName, filterName == "gzip" else {
            throw ArchiveFault(
                .notAnArchive,
                "not an archive: what is in the \(filterName) is no tar: "
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
