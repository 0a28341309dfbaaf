/// Where the central directory of a zip lies, by its end record (APPNOTE 4.3.14 to 4.3.16).
///
/// The end record is the last one in the last 65,557 bytes whose comment fits into the file:
/// bytes behind it, and bytes before the first record, are accepted.
struct ZipDirectory: Hashable {
    private static let endSize = 22
    private static let locatorSize = 20
    private static let end64Size = 56
    private static let maxComment = 65_535

    /// Where the first record begins, in bytes from the file's start.
    let start: UInt64
    /// Bytes of all records; behind them is the end record.
    let size: UInt64
    /// How many records there are.
    let count: UInt64
    /// What is to be added to every offset: bytes that were put before a finished zip.
    let shift: UInt64

    /// Finds the directory.
    ///
    /// - Returns: `nil` where there is no end record: then it is no zip, or not a whole one.
    /// - Throws: ``ArchiveFault`` where the end record contradicts the file.
    static func find(in source: inout ZipWindow) throws(ArchiveFault) -> ZipDirectory? {
        let tailSize = Int(min(source.size, UInt64(endSize + maxComment)))
        guard tailSize >= endSize else { return nil }
        let tailStart = source.size - UInt64(tailSize)
        let tail = try source.bytes(at: tailStart, count: tailSize)
        var found: (directory: ZipDirectory, index: Int)?
        var fault: ArchiveFault?
        var index = tailSize - endSize
        while index >= 0 {
            defer { index -= 1 }
            guard tail[index] == 0x50, tail.number32(at: index) == ZipSignature.end else {
                continue
            }
            let commentEnd = index + endSize + Int(tail.number16(at: index + 20))
            // Behind the last one, only a record whose comment holds that one is of interest.
            guard commentEnd <= tailSize, found.map({ commentEnd > $0.index }) ?? true else {
                continue
            }
            let record = Array(tail[index..<index + endSize])
            do throws(ArchiveFault) {
                let directory = try read(record, at: tailStart + UInt64(index), in: &source)
                guard found == nil else {
                    throw ArchiveFault(
                        .refused,
                        "the zip has a second end record in its comment, so that two programs would"
                            + " unpack two things", inputOffset: tailStart + UInt64(index))
                }
                found = (directory, index)
            } catch {
                if error.code == .refused { throw error }
                // Bytes in a comment may look like an end record: an earlier one may be right.
                // What the last one says is what is reported if none is.
                fault = fault ?? error
            }
        }
        if found == nil, let fault { throw fault }
        return found?.directory
    }

    private static func read(
        _ end: [UInt8], at position: UInt64, in source: inout ZipWindow
    ) throws(ArchiveFault) -> ZipDirectory {
        func damaged(_ what: String) -> ArchiveFault {
            ArchiveFault(.damaged, "the end record of the zip \(what)", inputOffset: position)
        }
        var disks = [UInt64(end.number16(at: 4)), UInt64(end.number16(at: 6))]
        var counts = [UInt64(end.number16(at: 8)), UInt64(end.number16(at: 10))]
        var size = UInt64(end.number32(at: 12))
        var offset = UInt64(end.number32(at: 16))
        var directoryEnd = position
        if let large = try end64(before: position, in: &source) {
            let record = large.record
            // A field that is not all ones counts in both records: two readers must see one zip.
            try merge(&disks[0], 0xffff, UInt64(record.number32(at: 16)), damaged)
            try merge(&disks[1], 0xffff, UInt64(record.number32(at: 20)), damaged)
            try merge(&counts[0], 0xffff, record.number64(at: 24), damaged)
            try merge(&counts[1], 0xffff, record.number64(at: 32), damaged)
            try merge(&size, 0xffff_ffff, record.number64(at: 40), damaged)
            try merge(&offset, 0xffff_ffff, record.number64(at: 48), damaged)
            directoryEnd = large.position
        }
        guard disks == [0, 0], counts[0] == counts[1] else {
            throw ArchiveFault(
                .unsupported, "the zip is split over more than one disk; join its parts first",
                inputOffset: position)
        }
        guard size <= directoryEnd, counts[0] <= size / UInt64(ZipRecord.fixedSize),
            counts[0] > 0 || size == 0
        else { throw damaged("announces a directory that does not fit") }
        guard counts[0] > 0 else {
            return ZipDirectory(start: directoryEnd, size: 0, count: 0, shift: 0)
        }
        // Right before the end record, whatever was put in front; else where the offset says.
        var start = directoryEnd - size
        if try !hasRecord(at: start, in: &source) || start < offset {
            guard offset <= directoryEnd - size, try hasRecord(at: offset, in: &source) else {
                throw damaged("announces a directory that is not there")
            }
            start = offset
        }
        return ZipDirectory(
            start: start, size: size, count: counts[0], shift: start - offset)
    }

    private static func hasRecord(
        at position: UInt64, in source: inout ZipWindow
    ) throws(ArchiveFault) -> Bool {
        try source.bytes(at: position, count: 4).number32(at: 0) == ZipSignature.central
    }

    private static func merge(
        _ small: inout UInt64, _ full: UInt64, _ large: UInt64,
        _ damaged: (String) -> ArchiveFault
    ) throws(ArchiveFault) {
        guard small == full || small == large else {
            throw damaged("and the zip64 end record disagree")
        }
        small = large
    }

    /// The zip64 end record that a locator before the end record leads to.
    private static func end64(
        before end: UInt64, in source: inout ZipWindow
    ) throws(ArchiveFault) -> (record: [UInt8], position: UInt64)? {
        guard end >= UInt64(locatorSize + end64Size) else { return nil }
        let locatorPosition = end - UInt64(locatorSize)
        let locator = try source.bytes(at: locatorPosition, count: locatorSize)
        guard locator.number32(at: 0) == ZipSignature.locator64 else { return nil }
        guard locator.number32(at: 4) == 0, locator.number32(at: 16) <= 1 else {
            throw ArchiveFault(
                .unsupported, "the zip is split over more than one disk; join its parts first",
                inputOffset: locatorPosition)
        }
        // Right before the locator, whatever was put in front; else where the locator says.
        for position in [locatorPosition - UInt64(end64Size), locator.number64(at: 8)] {
            guard position <= locatorPosition - UInt64(end64Size) else { continue }
            let record = try source.bytes(at: position, count: end64Size)
            guard record.number32(at: 0) == ZipSignature.end64 else { continue }
            let length = record.number64(at: 4)
            guard length >= UInt64(end64Size - 12), length <= locatorPosition - position - 12
            else { break }
            if try isEncrypted(record, at: position, in: &source) {
                throw ArchiveFault(
                    .unsupported,
                    "the directory of the zip is encrypted; make the zip anew without a password",
                    inputOffset: position)
            }
            return (record, position)
        }
        throw ArchiveFault(
            .damaged, "the zip64 end record is not where its locator says",
            inputOffset: locatorPosition)
    }

    /// Whether a zip64 end record of version 2 names an algorithm for its directory (APPNOTE
    /// 7.3.4); the counts of such a record need not agree.
    private static func isEncrypted(
        _ record: [UInt8], at position: UInt64, in source: inout ZipWindow
    ) throws(ArchiveFault) -> Bool {
        let algorithm = 74
        guard record.number16(at: 14) >= 62, record.number64(at: 4) >= UInt64(algorithm + 2 - 12)
        else { return false }
        return try source.bytes(at: position + UInt64(algorithm), count: 2).number16(at: 0) != 0
    }
}
