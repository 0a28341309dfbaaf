import Glibc

/// One record of the central directory (APPNOTE 4.3.12), with what its extra fields say.
struct ZipRecord {
    static let fixedSize = 46

    /// The header's name as it stands, before any rule.
    let rawName: [UInt8]
    /// The name of a Unicode Path field whose CRC fits, where there is one.
    let unicodeName: [UInt8]?
    /// The system it was made on: 0 is FAT, 3 Unix, 19 Darwin.
    let host: UInt8
    let flags: UInt16
    let method: UInt16
    let crc: UInt32
    let compressedSize: UInt64
    let size: UInt64
    let attributes: UInt32
    /// Where the local record begins, before the shift of what was put in front.
    let offset: UInt64
    /// When it was changed, in UTC, where an extra field says.
    let exactTime: Int64?
    /// When it was changed in DOS's local time; `nil` where the fields hold none.
    let dosTime: Int64?
    /// Bytes of the whole record.
    let length: Int

    /// Reads the record at a position.
    ///
    /// - Throws: ``ArchiveFault`` where there is none, or it does not fit in front of `end`.
    init(
        in source: inout ZipWindow, at position: UInt64, before end: UInt64
    ) throws(ArchiveFault) {
        func damaged(_ what: String) -> ArchiveFault {
            ArchiveFault(
                .damaged, "a record of the zip's directory \(what)", inputOffset: position)
        }
        guard position <= end, end - position >= UInt64(Self.fixedSize) else {
            throw damaged("is missing: there are fewer than its end record says")
        }
        let head = try source.bytes(at: position, count: Self.fixedSize)
        guard head.number32(at: 0) == ZipSignature.central else {
            throw damaged("does not begin as one")
        }
        let nameLength = Int(head.number16(at: 28))
        let extraLength = Int(head.number16(at: 30))
        length = Self.fixedSize + nameLength + extraLength + Int(head.number16(at: 32))
        guard UInt64(length) <= end - position else {
            throw damaged("is longer than the directory")
        }
        let rest = try source.bytes(
            at: position + UInt64(Self.fixedSize), count: nameLength + extraLength)
        rawName = Array(rest[..<nameLength])
        let extra = ZipExtra(rest[nameLength...])
        unicodeName = extra.unicodePath(for: rawName)
        host = head[5]
        flags = head.number16(at: 8)
        method = head.number16(at: 10)
        crc = head.number32(at: 16)
        attributes = head.number32(at: 38)
        let dosDate = head.number16(at: 14)
        exactTime = extra.modificationTime(besideDOS: dosDate)
        dosTime = Self.time(date: dosDate, head.number16(at: 12))
        var large = extra.zip64()
        size = large.value(instead: head.number32(at: 24))
        compressedSize = large.value(instead: head.number32(at: 20))
        offset = large.value(instead: head.number32(at: 42))
        let disk = head.number16(at: 34)
        guard disk == 0 || disk == 0xffff && large.disk() == 0 else {
            throw ArchiveFault(
                .unsupported, "it lies on another disk of a split zip; join its parts first",
                member: rawName, inputOffset: position)
        }
        if rawName.contains(0) || unicodeName?.contains(0) == true {
            throw ArchiveFault(
                .damaged, "its name has a NUL", member: rawName, inputOffset: position)
        }
    }

    /// The name by the rules: Unicode Path first, then the separators of FAT.
    var name: [UInt8] { Self.separated(unicodeName ?? rawName, host: host) }

    /// A name with `/` where a program on FAT wrote `\` (Info-ZIP's rule).
    static func separated(_ name: [UInt8], host: UInt8) -> [UInt8] {
        guard host == 0, !name.contains(UInt8(ascii: "/")) else { return name }
        return name.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
    }

    /// Whether a password is needed: traditional, strong, with its directory, or by AES.
    var isEncrypted: Bool { flags & 0x2041 != 0 || method == 99 }
    /// Whether its data can be unpacked: stored or deflated, without a password or a patch.
    var isReadable: Bool { !isEncrypted && (method == 0 || method == 8) && flags & 0x0020 == 0 }
    /// The method's number and, where it is a known one, its name (APPNOTE 4.4.5).
    var methodName: String {
        let names: [UInt16: String] = [
            1: "shrink", 2: "reduce", 3: "reduce", 4: "reduce", 5: "reduce", 6: "implode",
            9: "deflate64", 10: "DCL implode", 12: "bzip2", 14: "lzma", 20: "zstd", 93: "zstd",
            95: "xz", 96: "JPEG", 97: "WavPack", 98: "PPMd",
        ]
        return names[method].map { "\(method) (\($0))" } ?? "\(method)"
    }

    /// The permission bits and type of a Unix host, `nil` where there are none.
    private var unixMode: UInt32? {
        let mode = attributes >> 16
        return (host == 3 || host == 19) && mode != 0 ? mode : nil
    }

    /// What the member is.
    var kind: TarMember.Kind {
        if name.last == UInt8(ascii: "/") { return .directory }
        switch (unixMode ?? 0) & S_IFMT {
        case S_IFDIR: return .directory
        case S_IFLNK: return .symlink
        case S_IFIFO: return .fifo
        case S_IFCHR: return .characterDevice
        case S_IFBLK: return .blockDevice
        case S_IFSOCK: return .socket
        default: return host == 0 && attributes & 0x10 != 0 ? .directory : .file
        }
    }

    /// Permission bits: the archive's, else what new files and directories usually have.
    var mode: UInt32 {
        unixMode.map { $0 & 0o7777 } ?? (kind == .directory ? 0o755 : 0o644)
    }

    /// DOS time is local time; a date of zero, or of no month, is none.
    private static func time(date: UInt16, _ time: UInt16) -> Int64? {
        let (month, day) = (Int32(date >> 5 & 15), Int32(date & 31))
        guard (1...12).contains(month), day > 0 else { return nil }
        // The structure has a pointer to the name of a zone, which nobody reads here.
        var parts = unsafe tm()
        unsafe parts.tm_year = Int32(date >> 9) + 80
        unsafe parts.tm_mon = month - 1
        unsafe parts.tm_mday = day
        unsafe parts.tm_hour = Int32(time >> 11)
        unsafe parts.tm_min = Int32(time >> 5 & 63)
        unsafe parts.tm_sec = Int32(time & 31) * 2
        unsafe parts.tm_isdst = -1
        return Int64(unsafe mktime(&parts))
    }
}
