import Vocabulary

/// What an archive may be, from its name, the caller's word, the limits and the policy.
struct ContentRules {
    let limits: ExtractionLimits
    /// What the caller says that it is.
    let type: ArchiveType
    /// The name of the one file of a bare gzip, where the archive's name allows one.
    let bareName: [UInt8]?
    /// Whether the archive's name promises a zip: then one with bytes in front is looked for.
    let isNamedZip: Bool
    /// Whether an input of no bytes is an archive of no members.
    let takesEmpty: Bool
    /// Whether compression inside of compression is taken off as well.
    let stacksFilters: Bool
    /// Whether it is said what Mesos would do instead.
    let comparesWithMesos: Bool
    /// What inflates.
    let backEnd: InflateBackEnd
    /// Where a zip is kept that comes as a stream.
    let spoolDirectory: String
    /// Polled between two pieces of what comes out, and where a zip is read.
    let cancellation: Cancellation?
    /// Whether only names are wanted: then a zip's data are not read.
    var listsOnly = false

    /// The rules for an archive of that name.
    init(
        of archive: String, limits: ExtractionLimits, policy: ExtractionPolicy = .hardened,
        options: ArchiveReadingOptions = ArchiveReadingOptions(),
        cancellation: Cancellation? = nil
    ) {
        self.limits = limits
        self.cancellation = cancellation
        type = options.type
        backEnd = options.backEnd
        spoolDirectory = options.spoolDirectory
        bareName =
            type == .gzip
            ? bareGzipName(of: archive) ?? nameWithoutSuffix(archive)
            : type == .auto ? bareGzipName(of: archive) : nil
        isNamedZip = archive.lowercased().hasSuffix(".zip")
        comparesWithMesos = policy.comparesWithMesos
        takesEmpty = policy.takesEmptyFiles
        stacksFilters = policy.stacksFilters && type == .auto
    }

    /// Whether content that begins with `head`, its first block or all, is read as a zip.
    func isZip(_ head: [UInt8]) -> Bool {
        guard type == .auto else { return type == .zip }
        if CompressionFormat(of: head) != nil || isTar(head) { return false }
        // A member, or the end record of a zip without any, which a zip64 one may precede.
        let magics: [[UInt8]] = [[0x50, 0x4b, 3, 4], [0x50, 0x4b, 5, 6], [0x50, 0x4b, 6, 6]]
        return isNamedZip || magics.contains { head.starts(with: $0) }
    }

    /// Whether content that begins with `head` is read as a tar.
    func isTar(_ head: [UInt8]) -> Bool {
        type.takesTar && head.count == TarHeader.size
            && (TarHeader.isZero(head.span) || TarHeader.hasRightChecksum(head.span))
    }

    /// Why content that begins with `head`, and came out of a compression or not, is no archive:
    /// in words, what it is instead.
    func notAnArchive(_ head: [UInt8], in filter: String? = nil) -> ArchiveFault {
        let look = ContentLook(of: head)
        let mesos =
            comparesWithMesos && look.isReadByLibarchive ? "; Mesos' libarchive unpacks it" : ""
        guard let filter else {
            let kind = type == .auto ? "an" : "a \(type.rawValue)"
            return ArchiveFault(
                .notAnArchive, "not \(kind) archive: \(look.words)\(mesos)")
        }
        if let layer = CompressionFormat(of: head) {
            return ArchiveFault(
                .notAnArchive,
                "not an archive that is unpacked: in the \(filter) is \(layer.rawValue), a second"
                    + " layer of compression, and only one is taken off")
        }
        return ArchiveFault(
            .notAnArchive,
            "not an archive: what is in the \(filter) is no tar: \(look.words)\(mesos)")
    }

    /// Why a file that begins with `head` and has no end record is no zip.
    func notAZip(_ head: [UInt8]) -> ArchiveFault {
        if head.starts(with: [0x50, 0x4b, 3, 4]) {
            return ArchiveFault(
                .truncated,
                "the zip archive has no end record: it is cut off, or one part of several")
        }
        return ArchiveFault(
            .notAnArchive, "not a zip archive: \(ContentLook(of: head).words)")
    }

    /// The compression around an archive that begins with `head`.
    ///
    /// - Throws: ``ArchiveFault`` with code not-an-archive where the caller said otherwise.
    func compression(of head: [UInt8]) throws(ArchiveFault) -> CompressionFormat? {
        if type == .auto { return CompressionFormat(of: head) }
        guard let expected = type.compression else { return nil }
        guard CompressionFormat(of: head) == expected else {
            throw ArchiveFault(
                .notAnArchive,
                "not a \(type.rawValue) archive: \(ContentLook(of: head).words)")
        }
        return expected
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

/// The last part of a name up to its first suffix; standard input's is `stdin`.
private func nameWithoutSuffix(_ archive: String) -> [UInt8] {
    let last = archive.utf8.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
    let name = last.split(separator: UInt8(ascii: ".")).first.map(Array.init) ?? []
    return name.isEmpty || name == Array("-".utf8) ? Array("stdin".utf8) : name
}
