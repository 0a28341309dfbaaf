import ConfinedFiles
import Glibc

/// An open zip; it is closed when nobody reads it any more.
final class ZipFile: Sendable {
    fileprivate let descriptor: Descriptor
    /// The file's size in bytes.
    let size: UInt64

    /// Takes over an open regular file.
    ///
    /// - Throws: ``ArchiveFault`` with code system where its size cannot be had.
    init(_ descriptor: consuming Descriptor) throws(ArchiveFault) {
        var status = stat()
        guard unsafe fstat(descriptor.number, &status) == 0, status.st_size >= 0 else {
            throw Self.failure(errno)
        }
        size = UInt64(status.st_size)
        self.descriptor = descriptor
    }

    /// The first block, or all where there is less.
    func head() throws(ArchiveFault) -> [UInt8] {
        var window = ZipWindow(on: self, count: TarHeader.size)
        return try window.bytes(at: 0, count: Int(min(size, UInt64(TarHeader.size))))
    }

    fileprivate static func failure(_ code: Int32) -> ArchiveFault {
        ArchiveFault(.system, "cannot read it: \(unsafe String(cString: strerror(code)))")
    }
}

/// The bytes of a zip at any position, read by `pread` through a window.
///
/// Every position is a claim of the archive: one beyond the end is damage, never a trap.
struct ZipWindow: ~Copyable {
    private let file: ZipFile
    private var window: [UInt8]
    private var windowStart: UInt64 = 0
    private var windowCount = 0

    /// A window of `count` bytes, which are read at once.
    init(on file: ZipFile, count: Int) {
        self.file = file
        window = [UInt8](repeating: 0, count: count)
    }

    /// The file's size in bytes.
    var size: UInt64 { file.size }

    /// Bytes at a position, in an array of their own.
    ///
    /// - Throws: ``ArchiveFault`` with code truncated where the file ends before.
    mutating func bytes(at position: UInt64, count: Int) throws(ArchiveFault) -> [UInt8] {
        guard count <= size, position <= size - UInt64(count) else {
            throw ArchiveFault(
                .truncated, "a record lies beyond the end of the file", inputOffset: position)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            let range = try fill(at: position + UInt64(bytes.count))
            bytes += window[range].prefix(count - bytes.count)
        }
        return bytes
    }

    /// Hands on up to `most` bytes at a position, in place.
    ///
    /// - Returns: How many bytes they were; at least one, unless the file ends there.
    mutating func withBytes(
        at position: UInt64, most: UInt64,
        _ take: (borrowing Span<UInt8>) throws(ArchiveFault) -> Void
    ) throws(ArchiveFault) -> Int {
        let range = try fill(at: position)
        let count = Int(min(UInt64(range.count), most))
        try take(window.span.extracting(range.lowerBound..<range.lowerBound + count))
        return count
    }

    /// Brings `position` into the window.
    ///
    /// - Returns: Where it lies there; empty at the end of the file alone.
    private mutating func fill(at position: UInt64) throws(ArchiveFault) -> Range<Int> {
        if position < windowStart || position - windowStart >= UInt64(windowCount) {
            guard position < size, let offset = off_t(exactly: position) else {
                throw ArchiveFault(
                    .truncated, "a record lies beyond the end of the file", inputOffset: position)
            }
            windowCount = 0
            windowStart = position
            while true {
                let number = file.descriptor.number
                let count = unsafe window.withUnsafeMutableBytes {
                    unsafe pread(number, $0.baseAddress, $0.count, offset)
                }
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw ZipFile.failure(errno) }
                guard count > 0 else {
                    throw ArchiveFault(
                        .truncated, "the file became shorter while it was read",
                        inputOffset: position)
                }
                windowCount = count
                break
            }
        }
        return Int(position - windowStart)..<windowCount
    }
}

/// Opens the file at `path` where it is a zip that can be read in place.
///
/// - Returns: `nil` for standard input, for what is no regular file, and for what is no zip.
func openZip(at path: String, rules: ContentRules) throws(ArchiveFault) -> ZipFile? {
    var status = stat()
    // A pipe must not be opened and closed: its writer would be killed.
    guard path != "-", rules.type == .auto || rules.type == .zip,
        unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG
    else { return nil }
    let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { return nil }
    let file = try ZipFile(Descriptor(owning: number))
    return rules.isZip(try file.head()) ? file : nil
}
