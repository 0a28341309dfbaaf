/// The record in front of a member's data (APPNOTE 4.3.7), which must say what the central
/// directory says: where it does not, two readers would see two archives.
struct ZipLocalRecord {
    private static let fixedSize = 30

    /// Where the member's data begin, in bytes from the file's start.
    let dataStart: UInt64
    /// When the member was changed, by the record's own extra field.
    let time: Int64?

    /// Reads the record that a central one leads to, and compares them.
    ///
    /// - Parameters:
    ///   - source: The zip.
    ///   - position: Where the record begins in the file.
    ///   - central: What the directory says.
    ///   - end: Where the central directory begins: data may not reach into it.
    /// - Throws: ``ArchiveFault`` with code damaged or refused.
    init(
        in source: inout ZipWindow, at position: UInt64, for central: ZipRecord, before end: UInt64
    ) throws(ArchiveFault) {
        func fault(_ code: ArchiveFault.Code, _ what: String) -> ArchiveFault {
            ArchiveFault(code, what, member: central.name, inputOffset: position)
        }
        guard position <= end, end - position >= UInt64(Self.fixedSize) else {
            throw fault(.damaged, "its local record lies outside of the file's data")
        }
        let head = try source.bytes(at: position, count: Self.fixedSize)
        guard head.number32(at: 0) == ZipSignature.local else {
            throw fault(.damaged, "there is no local record where the directory says")
        }
        let nameLength = Int(head.number16(at: 26))
        let extraLength = Int(head.number16(at: 28))
        let length = UInt64(Self.fixedSize + nameLength + extraLength)
        guard length <= end - position, central.compressedSize <= end - position - length else {
            throw fault(.damaged, "its data reach into the directory")
        }
        dataStart = position + length
        let rest = try source.bytes(
            at: position + UInt64(Self.fixedSize), count: nameLength + extraLength)
        let name = Array(rest[..<nameLength])
        let extra = ZipExtra(rest[nameLength...])
        time = extra.modificationTime(besideDOS: head.number16(at: 12))
        func disagree(_ what: String) -> ArchiveFault {
            fault(
                .refused,
                "the directory and the local record disagree about its \(what), so that"
                    + " two programs would unpack two things")
        }
        let host = central.host
        guard
            ZipRecord.separated(name, host: host)
                == ZipRecord.separated(central.rawName, host: host)
        else { throw disagree("name") }
        // A reader of the local records alone goes by their Unicode Path.
        if let path = extra.unicodePath(for: name) {
            guard ZipRecord.separated(path, host: host) == central.name else {
                throw disagree("name")
            }
        }
        guard head.number16(at: 8) == central.method else { throw disagree("method") }
        let flags = head.number16(at: 6)
        guard flags & 1 == central.flags & 1 else { throw disagree("encryption") }
        // With a data descriptor the numbers stand behind the data: the directory's count.
        guard flags & 0x0008 == 0 else { return }
        var large = extra.zip64()
        let size = large.value(instead: head.number32(at: 22))
        let compressedSize = large.value(instead: head.number32(at: 18))
        guard head.number32(at: 14) == central.crc else { throw disagree("CRC") }
        guard size == central.size, compressedSize == central.compressedSize else {
            throw disagree("size")
        }
    }
}
