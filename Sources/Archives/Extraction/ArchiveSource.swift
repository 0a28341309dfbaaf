public import ConfinedFiles
public import Vocabulary
import Glibc

/// Opens an archive for reading; `-` is standard input.
func openArchive(_ path: String) throws(ArchiveFault) -> Descriptor {
    let number = path == "-" ? dup(0) : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw inputFault("open") }
    return Descriptor(owning: number)
}

/// Reads what there is, at most as much as `space` holds; a pipe that is silent is given up when
/// the work is stopped.
///
/// - Returns: How many bytes were read; 0 at the end, and where it was stopped.
func readArchive(
    _ number: Int32, into space: inout MutableSpan<UInt8>, until isStopped: () -> Bool
) throws(ArchiveFault) -> Int {
    while !isStopped() {
        var status = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        let ready = unsafe poll(&status, 1, 200)
        if ready == 0 || ready < 0 && errno == EINTR { continue }
        let count = unsafe space.withUnsafeMutableBytes {
            unsafe read(number, $0.baseAddress, $0.count)
        }
        if count < 0, errno == EINTR || errno == EAGAIN { continue }
        guard count >= 0 else { throw inputFault("read") }
        return count
    }
    return 0
}

/// Reads what there is, once, into what is free in a buffer.
///
/// - Returns: How many bytes were read; 0 at the end, and where it was stopped.
@discardableResult
func readArchive(
    _ number: Int32, into slot: Slot, until isStopped: () -> Bool
) throws(ArchiveFault) -> Int {
    let before = slot.count
    try slot.append { (space) throws(ArchiveFault) in
        try readArchive(number, into: &space, until: isStopped)
    }
    return slot.count - before
}

extension ArchiveFault {
    /// The fault of a read with its place: the bytes of the input that were read before.
    func behind(_ count: UInt64) -> ArchiveFault {
        // A directory is no file that breaks off.
        guard count > 0 else { return self }
        var fault = self
        fault.inputOffset = count
        return fault
    }
}

private func inputFault(_ operation: String) -> ArchiveFault {
    let reason = unsafe String(cString: strerror(errno))
    return ArchiveFault(.system, "cannot \(operation) it: \(reason)")
}

/// Reads a file in pieces of 256 KiB.
///
/// - Parameters:
///   - path: The file, or `-` for standard input.
///   - cancellation: Polled while a pipe is silent.
///   - failed: Says what it means that the file cannot be opened or read any further.
///   - take: Gets each piece, borrowed for the call.
/// - Throws: What `failed` gives, or what `take` throws.
func readPieces(
    of path: String, cancellation: Cancellation? = nil,
    failed: (ArchiveFault) -> ArchiveError,
    take: (borrowing Span<UInt8>) throws(ArchiveError) -> Void
) throws(ArchiveError) {
    let descriptor: Descriptor
    do throws(ArchiveFault) {
        descriptor = try openArchive(path)
    } catch {
        throw failed(error)
    }
    let buffer = Slot(capacity: 256 << 10)
    var total: UInt64 = 0
    while true {
        buffer.count = 0
        let number = descriptor.number
        do throws(ArchiveFault) {
            try readArchive(number, into: buffer) { cancellation?.isCancelled == true }
        } catch {
            throw failed(error.behind(total))
        }
        if buffer.count == 0 { return }
        total += UInt64(buffer.count)
        try buffer.read { (piece) throws(ArchiveError) in try take(piece) }
    }
}

/// Inflates a bare gzip file (one file, no archive) into a file that is being written.
///
/// - Parameters:
///   - path: The gzip file; its own name field is never used.
///   - file: Takes what comes out; the caller closes it.
///   - archive: The gzip file's name in errors.
///   - maxBytes: The most bytes that may come out.
///   - cancellation: Polled between two pieces.
/// - Returns: How many bytes came out.
/// - Throws: ``ArchiveError``; what was written until then is not whole.
public func inflateGzip(
    at path: String, into file: borrowing ConfinedFile, named archive: String,
    maxBytes: UInt64 = ExtractionLimits().maxBytes, cancellation: Cancellation? = nil
) throws(ArchiveError) -> UInt64 {
    let decoder = InflateBackEnd.auto.gzipDecoder()
    let buffer = Slot(capacity: 256 << 10)
    var produced: UInt64 = 0
    func named(_ fault: ArchiveFault) -> ArchiveError {
        ArchiveError(archive: archive, fault: fault, membersBefore: 0)
    }
    var isEmpty = true
    try readPieces(of: path, cancellation: cancellation, failed: named) {
        piece throws(ArchiveError) in
        if isEmpty, piece.count > 1, piece[0] != 0x1f || piece[1] != 0x8b {
            var head: [UInt8] = []
            for index in 0..<min(512, piece.count) { head.append(piece[index]) }
            throw named(
                ArchiveFault(
                    .notAnArchive, "not a gzip archive: \(ContentLook(of: head).words)"))
        }
        isEmpty = false
        do throws(ArchiveFault) {
            try buffer.pass(piece, through: decoder.decode) { (output) throws(ArchiveFault) in
                try cancellation.check()
                produced += UInt64(output.count)
                guard produced <= maxBytes else {
                    throw ArchiveFault(.limit, "more bytes than max-bytes (\(maxBytes)) allows")
                }
                try write(output, into: file)
            }
        } catch {
            throw named(error)
        }
    }
    if cancellation?.isCancelled == true { throw named(.interrupted) }
    if isEmpty { throw named(ArchiveFault(.notAnArchive, "not an archive: it is empty")) }
    do throws(ArchiveFault) {
        try decoder.finish()
    } catch {
        throw named(error)
    }
    return produced
}

private func write(
    _ bytes: borrowing Span<UInt8>, into file: borrowing ConfinedFile
) throws(ArchiveFault) {
    do throws(ConfinedFilesError) {
        try file.write(bytes)
    } catch {
        throw ArchiveFault(error, member: nil)
    }
}
