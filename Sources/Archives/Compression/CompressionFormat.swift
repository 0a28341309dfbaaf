/// The formats of compression that are taken off an archive.
enum CompressionFormat: String, CaseIterable {
    case gzip
    case bzip2
    case xz

    /// The format that a file's first bytes announce; `nil` for what is not compressed.
    init?(of head: [UInt8]) {
        if head.starts(with: [0x1f, 0x8b]) {
            self = .gzip
        } else if head.count > 3, head.starts(with: Array("BZh".utf8)),
            (0x31...0x39).contains(head[3])
        {
            self = .bzip2
        } else if head.starts(with: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]) {
            self = .xz
        } else {
            return nil
        }
    }

    /// A decoder of the format.
    ///
    /// - Throws: ``ArchiveFault`` with code unsupported where this build lacks its library.
    func decoder(
        inflatingBy backEnd: InflateBackEnd
    ) throws(ArchiveFault) -> any Decompressor {
        switch self {
        case .gzip: return backEnd.gzipDecoder()
        case .bzip2:
            #if BZip2
            return Bzip2Decoder()
            #else
            throw missing(trait: "BZip2")
            #endif
        case .xz:
            #if XZ
            return XZDecoder()
            #else
            throw missing(trait: "XZ")
            #endif
        }
    }

    private func missing(trait: String) -> ArchiveFault {
        ArchiveFault(
            .unsupported,
            "a \(rawValue) archive, which this build cannot unpack: build it with the package trait"
                + " \(trait), or pack the archive as .tar.gz")
    }
}
