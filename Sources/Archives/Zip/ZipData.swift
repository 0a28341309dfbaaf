import Vocabulary

/// The local records of a zip and the data behind them.
struct ZipData: ~Copyable {
    private var window: ZipWindow
    private let decoder: any DeflateDecoder
    private let cancellation: Cancellation?
    private var output = [UInt8](repeating: 0, count: 256 << 10)

    init(_ file: ZipFile, rules: ContentRules) {
        window = ZipWindow(on: file, count: 256 << 10)
        cancellation = rules.cancellation
        decoder = rules.backEnd.deflateDecoder()
    }

    /// The local record of a member, which agrees with the directory.
    mutating func localRecord(
        at position: UInt64, for record: ZipRecord, before end: UInt64
    ) throws(ArchiveFault) -> ZipLocalRecord {
        try ZipLocalRecord(in: &window, at: position, for: record, before: end)
    }

    /// Hands on a member's data, and holds them to their declared size and CRC-32.
    ///
    /// - Throws: ``ArchiveFault`` with the member's name; what came before it was handed on.
    mutating func read(
        _ record: ZipRecord, at start: UInt64,
        emit: (borrowing Span<UInt8>) throws(ArchiveFault) -> Void
    ) throws(ArchiveFault) {
        var produced: UInt64 = 0
        var checksum: UInt32 = 0
        let (decoder, cancellation) = (decoder, cancellation)
        var position = start
        let end = start + record.compressedSize
        func fault(_ code: ArchiveFault.Code, _ what: String) -> ArchiveFault {
            ArchiveFault(code, what, member: record.name, inputOffset: position)
        }
        func take(_ bytes: borrowing Span<UInt8>) throws(ArchiveFault) {
            try cancellation.check()
            guard UInt64(bytes.count) <= record.size - produced else {
                throw fault(.damaged, "it holds more than the \(record.size) bytes it declares")
            }
            checksum = crc32(bytes, continuing: checksum)
            produced += UInt64(bytes.count)
            try emit(bytes)
        }
        if record.method == 0 {
            while position < end {
                let count = try window.withBytes(at: position, most: end - position, take)
                position += UInt64(count)
            }
        } else if record.compressedSize > 0 || record.size > 0 {
            // The output is taken out for the time that its bytes are handed on.
            var buffer = output
            output = []
            defer { output = buffer }
            decoder.reset()
            while !decoder.isEnd {
                guard position < end else {
                    throw fault(.damaged, "its compressed data break off")
                }
                let count = try window.withBytes(at: position, most: end - position) {
                    (input) throws(ArchiveFault) in
                    do throws(ArchiveFault) {
                        try decoder.decode(input, into: &buffer, emit: take)
                    } catch {
                        throw error.member == nil && error.code == .damaged
                            ? fault(.damaged, error.message) : error
                    }
                }
                position += UInt64(count)
            }
            guard position - UInt64(decoder.left) == end else {
                throw fault(.damaged, "there is more behind its compressed data")
            }
        }
        guard produced == record.size else {
            throw fault(
                .damaged, "it declares \(record.size) bytes, and holds \(produced)")
        }
        guard checksum == record.crc else {
            throw fault(
                .damaged,
                "its CRC-32 is wrong (\(hex(record.crc)) declared,"
                    + " \(hex(checksum)) computed)")
        }
    }

    private func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
