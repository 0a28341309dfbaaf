import Vocabulary

/// Reads a zip by its central directory: checks all of it, then hands its members to a sink.
///
/// Memory is flat: the directory is a stream of records, and its count is a claim.
struct ZipReader: ~Copyable {
    private let directory: ZipDirectory
    private let limits: ExtractionLimits
    private let cancellation: Cancellation?
    /// Whether only names are wanted: then no data are read but those of links.
    private let listsOnly: Bool
    private let fileSize: UInt64
    /// The directory's window and the data's: each moves on alone.
    private var records: ZipWindow
    private var data: ZipData
    private var notReadable = 0

    /// A reader of a file.
    ///
    /// - Returns: `nil` where the file has no end record and so is no zip.
    /// - Throws: ``ArchiveFault`` where the end record contradicts the file.
    init?(_ file: ZipFile, rules: ContentRules) throws(ArchiveFault) {
        records = ZipWindow(on: file, count: 64 << 10)
        guard let directory = try ZipDirectory.find(in: &records) else { return nil }
        self.directory = directory
        listsOnly = rules.listsOnly
        limits = rules.limits
        cancellation = rules.cancellation
        fileSize = file.size
        data = ZipData(file, rules: rules)
    }

    /// What a person should know though it is no error.
    var notes: [String] {
        notReadable == 0
            ? []
            : [
                "\(notReadable == 1 ? "1 member" : "\(notReadable) members") cannot be unpacked:"
                    + " encrypted, or of another method than stored and deflated"
            ]
    }

    /// Checks the zip as a whole, before anything is made of it: every record against its local
    /// one, that none overlap, methods, and the limits by what is declared (which the data are
    /// held to later).
    mutating func check() throws(ArchiveFault) {
        guard directory.count <= UInt64(limits.maxMembers) else {
            throw ArchiveFault(
                .limit,
                "more members than max-members (\(limits.maxMembers)) allows: \(directory.count)")
        }
        var ranges = ZipRanges()
        var total: UInt64 = 0
        try forEachRecord { (reader, record) throws(ArchiveFault) in
            let start = try reader.position(of: record)
            let local = try reader.data.localRecord(
                at: start, for: record, before: reader.directory.start)
            ranges.add(start..<local.dataStart + record.compressedSize)
            try reader.checkMethod(of: record)
            guard record.kind == .file || record.kind == .symlink else { return }
            guard record.size <= reader.limits.maxBytes - total else {
                throw reader.limit("bytes", "max-bytes (\(reader.limits.maxBytes))", record)
            }
            total += record.size
            try reader.checkRatio(out: record.size, in: record.compressedSize, record)
        }
        if let position = ranges.overlap() { throw try overlapFault(at: position) }
        try checkRatio(out: total, in: fileSize, nil)
    }

    /// Hands the members to a sink, in the directory's order.
    mutating func read(
        into sink: inout (some MemberSink & ~Copyable), onProgress: ((ExtractionProgress) -> Void)?
    ) throws(ArchiveFault) {
        var (members, bytes) = (0, UInt64(0))
        try forEachRecord { (reader, record) throws(ArchiveFault) in
            try reader.readMember(record, into: &sink)
            members += 1
            if record.kind == .file { bytes += record.size }
            onProgress?(ExtractionProgress(members: members, bytes: bytes))
        }
    }

    private mutating func readMember(
        _ record: ZipRecord, into sink: inout (some MemberSink & ~Copyable)
    ) throws(ArchiveFault) {
        let start = try position(of: record)
        let local = try data.localRecord(at: start, for: record, before: directory.start)
        let isReadable = record.isReadable
        if !isReadable { notReadable += 1 }
        var target: [UInt8] = []
        if record.kind == .symlink, isReadable {
            guard record.size <= UInt64(limits.maxTargetBytes) else {
                throw ArchiveFault(
                    .refused, "a link whose target is longer than \(limits.maxTargetBytes) bytes",
                    member: record.name)
            }
            try data.read(record, at: local.dataStart) { (bytes) throws(ArchiveFault) in
                for index in 0..<bytes.count { target.append(bytes[index]) }
            }
        }
        try sink.begin(TarMember(record, local: local, target: target, offset: start))
        if record.kind == .file, !listsOnly {
            try data.read(record, at: local.dataStart) { (bytes) throws(ArchiveFault) in
                try sink.write(bytes)
            }
        }
        try sink.end()
    }

    /// Goes through the directory; the reader is handed in because it is the one at work.
    private mutating func forEachRecord(
        _ body: (inout ZipReader, ZipRecord) throws(ArchiveFault) -> Void
    ) throws(ArchiveFault) {
        var position = directory.start
        let end = directory.start + directory.size
        for _ in 0..<directory.count {
            try cancellation.check()
            let record = try ZipRecord(in: &records, at: position, before: end)
            position += UInt64(record.length)
            try body(&self, record)
        }
        if position == end { return }
        guard try hasDigitalSignature(at: position, before: end) else {
            throw ArchiveFault(
                .damaged, "the zip's directory holds more than the records it announces",
                inputOffset: position)
        }
    }

    /// A signature of the directory (APPNOTE 4.3.13) may end it; it is not checked.
    private mutating func hasDigitalSignature(
        at position: UInt64, before end: UInt64
    ) throws(ArchiveFault) -> Bool {
        guard end - position >= 6 else { return false }
        let head = try records.bytes(at: position, count: 6)
        return head.number32(at: 0) == ZipSignature.digitalSignature
            && UInt64(head.number16(at: 4)) == end - position - 6
    }

    /// Where a record's local one begins in the file.
    private func position(of record: ZipRecord) throws(ArchiveFault) -> UInt64 {
        let (position, overflow) = record.offset.addingReportingOverflow(directory.shift)
        guard !overflow else {
            throw ArchiveFault(
                .damaged, "its local record lies outside of the file's data", member: record.name)
        }
        return position
    }

    private func checkMethod(of record: ZipRecord) throws(ArchiveFault) {
        if listsOnly { return }
        if record.isEncrypted {
            throw ArchiveFault(
                .unsupported, "it is encrypted; only members without a password are unpacked",
                member: record.name)
        }
        guard record.method == 0 || record.method == 8 else {
            throw ArchiveFault(
                .unsupported,
                "its compression method is \(record.methodName); only 0 (stored) and 8 (deflate)"
                    + " are unpacked", member: record.name)
        }
        guard record.flags & 0x0020 == 0 else {
            throw ArchiveFault(
                .unsupported, "it holds patch data in place of a file", member: record.name)
        }
        guard record.method == 8 || record.size == record.compressedSize else {
            throw ArchiveFault(
                .damaged, "it is stored, and yet its two sizes differ", member: record.name)
        }
        guard record.kind != .directory || record.size == 0 else {
            throw ArchiveFault(.refused, "a directory that has data", member: record.name)
        }
    }

    private func checkRatio(
        out: UInt64, in count: UInt64, _ record: ZipRecord?
    ) throws(ArchiveFault) {
        guard let ratio = limits.maxRatio, out > 1 << 20 else { return }
        let (most, overflow) = count.multipliedReportingOverflow(by: ratio)
        guard overflow || out <= most else {
            throw limit("bytes out of each byte", "max-ratio (\(ratio))", record)
        }
    }

    private func limit(_ what: String, _ name: String, _ record: ZipRecord?) -> ArchiveFault {
        ArchiveFault(.limit, "more \(what) than \(name) allows", member: record?.name)
    }

    /// Names a member that shares its bytes with another.
    private mutating func overlapFault(at position: UInt64) throws(ArchiveFault) -> ArchiveFault {
        var name: [UInt8]?
        try forEachRecord { (reader, record) throws(ArchiveFault) in
            if try reader.position(of: record) == position { name = record.name }
        }
        return ArchiveFault(
            .refused, "its bytes are those of another member too, as in a zip bomb", member: name,
            inputOffset: position)
    }
}
