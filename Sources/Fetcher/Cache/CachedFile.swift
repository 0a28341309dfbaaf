import ConfinedFiles
import Glibc
import Vocabulary

/// A whole file of the cache that is in use: it is not given up while this value lives.
// The descriptor does not change, and reading gives every read its own offset.
final class CachedFile: Sendable {
    /// What it says of itself.
    let record: CacheRecord
    private let file: Descriptor

    /// Takes a file over that is locked already.
    init?(owning file: consuming Descriptor, key: String) {
        var head = [UInt8](repeating: 0, count: CacheRecord.length)
        let count = unsafe head.withUnsafeMutableBytes { [number = file.number] in
            unsafe pread(number, $0.baseAddress, $0.count, 0)
        }
        var status = stat()
        guard count == CacheRecord.length, let record = CacheRecord(head), record.key == key,
            unsafe fstat(file.number, &status) == 0,
            UInt64(clamping: status.st_size) == record.bytes + UInt64(CacheRecord.length)
        else { return nil }
        self.record = record
        self.file = file
    }

    /// The descriptor's number, for locks.
    var number: Int32 { file.number }

    /// Sends the content.
    func send(
        to sink: any ContentSink, uri: String, cancellation: Cancellation?
    ) throws(FetchError) {
        try sink.begin(record.head)
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        var offset = off_t(CacheRecord.length)
        while true {
            if cancellation?.isCancelled == true { throw .interrupted(uri) }
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe pread(file.number, $0.baseAddress, $0.count, offset)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw FetchError(
                    .unreadable, uri: uri,
                    "cannot read its cached file: \(unsafe String(cString: strerror(errno)))",
                    advice: "remove the cache's directory")
            }
            if count == 0 { return }
            try sink.receive(buffer.span.extracting(first: count))
            offset += count
        }
    }
}
