/// Writes a tar stream, the same bytes for the same members: owner 0:0, no names of owners, times
/// as they are given.
///
/// ```swift
/// var writer = TarWriter(compression: .gzip)
/// var archive: [UInt8] = []
/// try writer.append(TarEntry(directory: ".docker", mode: 0o700)) { archive.append($0) }
/// ```
///
/// Bytes leave through the closure that each call takes, so that nothing is kept: for an archive
/// in memory see ``packTar(_:format:compression:)``.
public struct TarWriter: ~Copyable {
    /// The dialect.
    public enum Format: Sendable {
        /// POSIX ustar: a member that does not fit is an error.
        case ustar
        /// ustar, with an extended header for a member that does not fit.
        case pax
    }

    /// What the tar stream is packed in.
    public enum Compression: Sendable {
        case none
        /// One gzip member of that level, 1 to 9.
        case gzip(level: Int)
    }

    private let format: Format
    private var encoder: GzipEncoder?
    private var missing: UInt64 = 0
    private var padding = 0
    private var current: [UInt8] = []

    /// A writer that has written nothing yet.
    ///
    /// - Parameters:
    ///   - format: The dialect.
    ///   - compression: What the stream is packed in.
    public init(format: Format = .pax, compression: Compression = .none) {
        self.format = format
        if case .gzip(let level) = compression {
            encoder = GzipEncoder(level: Int32(max(1, min(9, level))))
        }
    }

    /// Begins a member; the data of a file follow by ``write(_:emit:)``.
    ///
    /// - Parameters:
    ///   - entry: The member.
    ///   - emit: Takes what is to be written, borrowed for the call.
    /// - Throws: ``TarWriterError`` for a member that the format cannot hold, or where the data
    ///   of the one before are not whole; what `emit` throws is in its ``TarWriterError/sink(_:)``.
    public mutating func begin(
        _ entry: TarEntry, emit: (borrowing Span<UInt8>) throws -> Void
    ) throws(TarWriterError) {
        try endMember(emit: emit)
        guard !entry.name.isEmpty, !entry.name.contains(0), !entry.target.contains(0) else {
            throw .badName(entry.name)
        }
        let isLink = entry.kind == .symlink || entry.kind == .hardLink
        guard !isLink || !entry.target.isEmpty else { throw .badName(entry.name) }
        var header = UstarBlock(entry)
        if !header.overflow.isEmpty {
            guard format == .pax else { throw .doesNotFit(entry.name) }
            let records = header.overflow.reduce(into: [UInt8]()) {
                $0 += paxRecord($1.key, $1.value)
            }
            let extended = UstarBlock(extendedHeaderOf: entry, size: UInt64(records.count))
            try put(extended.bytes, emit: emit)
            let zeros = [UInt8](repeating: 0, count: (512 - records.count % 512) % 512)
            try put(records + zeros, emit: emit)
        }
        header.seal()
        try put(header.bytes, emit: emit)
        current = entry.name
        missing = entry.kind == .file ? entry.size : 0
        padding = Int((512 - missing % 512) % 512)
    }

    /// Writes data of the file that was begun.
    ///
    /// - Parameters:
    ///   - bytes: The next bytes.
    ///   - emit: Takes what is to be written.
    /// - Throws: ``TarWriterError`` where they are more than the entry's size.
    public mutating func write(
        _ bytes: borrowing Span<UInt8>, emit: (borrowing Span<UInt8>) throws -> Void
    ) throws(TarWriterError) {
        guard UInt64(bytes.count) <= missing else { throw .wrongSize(current) }
        missing -= UInt64(bytes.count)
        try put(bytes, emit: emit)
    }

    /// Ends the archive: two zero blocks, and the end of the compression.
    ///
    /// - Parameter emit: Takes what is to be written.
    /// - Throws: ``TarWriterError`` where the data of the last member are not whole.
    public mutating func finish(
        emit: (borrowing Span<UInt8>) throws -> Void
    ) throws(TarWriterError) {
        try endMember(emit: emit)
        try put([UInt8](repeating: 0, count: 1_024), emit: emit)
        do {
            try encoder?.finish(emit: emit)
        } catch {
            throw .sink(String(describing: error))
        }
    }

    private mutating func endMember(
        emit: (borrowing Span<UInt8>) throws -> Void
    ) throws(TarWriterError) {
        guard missing == 0 else { throw .wrongSize(current) }
        try put([UInt8](repeating: 0, count: padding), emit: emit)
        padding = 0
    }

    private mutating func put(
        _ bytes: [UInt8], emit: (borrowing Span<UInt8>) throws -> Void
    ) throws(TarWriterError) {
        if !bytes.isEmpty { try put(bytes.span, emit: emit) }
    }

    private mutating func put(
        _ bytes: borrowing Span<UInt8>, emit: (borrowing Span<UInt8>) throws -> Void
    ) throws(TarWriterError) {
        do {
            if encoder == nil {
                try emit(bytes)
            } else {
                try encoder?.encode(bytes, emit: emit)
            }
        } catch {
            throw .sink(String(describing: error))
        }
    }
}

/// Packs members into an archive in memory.
///
/// - Parameters:
///   - members: Entries with the data of files; an entry's size is that of its data.
///   - format: The dialect.
///   - compression: What the stream is packed in.
/// - Returns: The archive, the same bytes for the same members.
/// - Throws: ``TarWriterError`` for a member that the format cannot hold.
public func packTar(
    _ members: [(entry: TarEntry, data: [UInt8])], format: TarWriter.Format = .pax,
    compression: TarWriter.Compression = .gzip(level: 9)
) throws(TarWriterError) -> [UInt8] {
    var archive: [UInt8] = []
    var writer = TarWriter(format: format, compression: compression)
    func append(_ bytes: borrowing Span<UInt8>) {
        for index in bytes.indices { archive.append(bytes[index]) }
    }
    for (entry, data) in members {
        var entry = entry
        entry.size = UInt64(data.count)
        try writer.begin(entry, emit: append)
        if entry.kind == .file { try writer.write(data.span, emit: append) }
    }
    try writer.finish(emit: append)
    return archive
}
