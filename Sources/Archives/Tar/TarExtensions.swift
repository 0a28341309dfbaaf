import ConfinedFiles

/// What extended headers say of the member that follows them: pax records, GNU long names.
struct TarExtensions {
    private var global = PaxRecords()
    private var local: PaxRecords?
    private var longName: [UInt8]?
    private var longLink: [UInt8]?
    /// The member that is under way, for an error.
    private(set) var current: [UInt8]?

    /// Whether nothing waits for a member.
    var isEmpty: Bool { local == nil && longName == nil && longLink == nil }

    /// Whether the next header alone says what its member is.
    var isPlain: Bool { isEmpty && global.values.isEmpty }

    /// Takes the data of an extended header.
    mutating func take(_ data: [UInt8], typeflag: UInt8) throws(ArchiveFault) {
        switch typeflag {
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            // Of several the last one counts, for everybody.
            local = try PaxRecords(parsing: data)
        case UInt8(ascii: "g"):
            let records = try PaxRecords(parsing: data)
            guard !records.namesMember else {
                // Readers disagree on what such a record means, so two tools see two archives.
                throw ArchiveFault(
                    .damaged, "a global pax header sets the path or size of members")
            }
            global = global.overridden(by: records)
        case UInt8(ascii: "L"): longName = Self.untilNUL(data)
        case UInt8(ascii: "K"): longLink = Self.untilNUL(data)
        default: break
        }
    }

    /// The size of the data that follow a header.
    func storedSize(of header: TarHeader) -> Int64? {
        records[.size].map(paxSize) ?? header.size
    }

    /// How the next member is stored sparsely, by pax records.
    var sparse: PaxSparseRecords { records.sparse }

    /// The name of a header's member.
    func name(for header: TarHeader) -> [UInt8] {
        let records = records
        return records.sparse.name ?? records[.path] ?? longName ?? header.name
    }

    /// The member of a header, with everything that was said before it.
    ///
    /// - Parameters:
    ///   - header: The member's own header.
    ///   - offset: Where that header begins.
    ///   - realSize: The size of a file that is stored sparsely.
    /// - Returns: The member.
    /// - Throws: ``ArchiveFault`` for a record that is no number.
    func member(
        for header: TarHeader, offset: UInt64, realSize: Int64?
    ) throws(ArchiveFault) -> TarMember {
        let records = records
        let name = name(for: header)
        func damaged(_ what: String) -> ArchiveFault {
            ArchiveFault(
                .damaged, "the \(what) in a pax header is no number", member: name,
                offset: offset)
        }
        var time: (seconds: Int64, nanoseconds: Int32) = (header.mtime, 0)
        if let value = records[.mtime] {
            guard let parsed = paxTime(value) else { throw damaged("mtime") }
            time = parsed
        }
        if let value = records[.size], paxSize(value) == nil { throw damaged("size") }
        let kind = Self.kind(of: header, name: name)
        let isLink = kind == .symlink || kind == .hardLink
        return TarMember(
            name: name, kind: kind,
            size: kind == .file ? realSize ?? storedSize(of: header) ?? 0 : 0,
            mode: header.mode & 0o7777, mtime: time.seconds, mtimeNanoseconds: time.nanoseconds,
            target: isLink ? records[.linkpath] ?? longLink ?? header.linkname : [],
            isSparse: realSize != nil, offset: offset)
    }

    /// A regular file with everything that was said before it; `nil` for a sparse one.
    func wholeFile(
        _ file: WholeFile, of header: TarHeader, offset: UInt64
    ) throws(ArchiveFault) -> WholeFile? {
        guard sparse.isEmpty else { return nil }
        let member = try member(for: header, offset: offset, realSize: nil)
        guard member.kind == .file else { return nil }
        return WholeFile(
            name: .bytes(member.name), dataStart: file.dataStart, size: Int(member.size),
            mode: member.mode,
            time: FileTime(seconds: member.mtime, nanoseconds: member.mtimeNanoseconds))
    }

    /// Forgets what counted for one member.
    mutating func clear(current name: [UInt8]) {
        local = nil
        longName = nil
        longLink = nil
        current = name
    }

    private var records: PaxRecords {
        local.map { global.overridden(by: $0) } ?? global
    }

    private static func kind(of header: TarHeader, name: [UInt8]) -> TarMember.Kind {
        switch header.typeflag {
        case UInt8(ascii: "1"): .hardLink
        case UInt8(ascii: "2"): .symlink
        case UInt8(ascii: "3"): .characterDevice
        case UInt8(ascii: "4"): .blockDevice
        case UInt8(ascii: "5"), UInt8(ascii: "D"): .directory
        case UInt8(ascii: "6"): .fifo
        // Before POSIX a directory was a file whose name ends in a slash.
        case 0 where name.last == UInt8(ascii: "/"): .directory
        default: .file
        }
    }

    private static func untilNUL(_ data: [UInt8]) -> [UInt8] {
        Array(data.prefix { $0 != 0 })
    }
}
