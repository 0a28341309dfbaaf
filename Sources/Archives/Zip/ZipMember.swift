import Glibc

extension TarMember {
    /// A member of a zip.
    ///
    /// - Parameters:
    ///   - record: What the directory says.
    ///   - local: The record in front of its data.
    ///   - target: A link's target, which a zip keeps as its data.
    ///   - offset: Where the local record begins in the file.
    init(_ record: ZipRecord, local: ZipLocalRecord, target: [UInt8], offset: UInt64) {
        let kind = record.kind
        self.init(
            name: record.name, kind: kind, size: kind == .file ? Int64(clamping: record.size) : 0,
            mode: record.mode, mtime: record.time(or: local.time), mtimeNanoseconds: 0,
            target: target, isSparse: false, offset: offset)
    }
}

extension ZipRecord {
    /// The exact time of the directory, else of the local record, else the DOS time; where there
    /// is none at all, now: that of any file that is being made.
    fileprivate func time(or local: Int64?) -> Int64 {
        exactTime ?? local ?? dosTime ?? Int64(Glibc.time(nil))
    }
}
