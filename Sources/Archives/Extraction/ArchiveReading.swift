public import Vocabulary

/// What an archive holds, as far as it was read.
public struct ArchiveContents: Sendable, Hashable {
    /// The format in words: `tar`, `tar in gzip`, `gzip`.
    public internal(set) var format = ""
    /// Members of any kind.
    public internal(set) var members = 0
    /// Bytes of all files.
    public internal(set) var bytes: UInt64 = 0
    /// What a person should know though it is no error.
    public internal(set) var notes: [String] = []

    /// Nothing read yet.
    public init() {}
}

/// Goes through an archive's members and their data without unpacking anything.
///
/// ```swift
/// var total = 0
/// try readArchive(at: "docker.tar.gz") { bytes in
///     total += bytes.count
/// } onMember: { member in
///     print(String(decoding: member.name, as: UTF8.self), member.size, total)
/// }
/// ```
///
/// - Parameters:
///   - path: The archive, or `-` for standard input.
///   - archive: The archive's name in errors; by default the last part of `path`.
///   - limits: How much the archive may take.
///   - options: How its bytes are taken.
///   - cancellation: Polled between two pieces.
///   - onData: Called with each piece of a file's data, borrowed for the call; without it a zip's
///     data are not read.
///   - onMember: Called behind a member and its data; a bare gzip's size is known then.
/// - Returns: Counts, format and notes.
/// - Throws: ``ArchiveError``: not an archive, damaged, a limit, or the system's word.
@discardableResult
public func readArchive(
    at path: String, named archive: String? = nil, limits: ExtractionLimits = ExtractionLimits(),
    options: ArchiveReadingOptions = ArchiveReadingOptions(), cancellation: Cancellation? = nil,
    onData: ((borrowing Span<UInt8>) -> Void)? = nil,
    onMember: @escaping (TarMember) -> Void
) throws(ArchiveError) -> ArchiveContents {
    let name = archive ?? path.split(separator: "/").last.map(String.init) ?? path
    var rules = ContentRules(
        of: name, limits: limits, options: options.fitting(path), cancellation: cancellation)
    rules.listsOnly = onData == nil
    var stream = MemberStream(
        into: MemberVisitor(limits: limits, onData: onData, onMember: onMember), rules: rules)
    func named(_ fault: ArchiveFault, in visitor: borrowing MemberVisitor) -> ArchiveError {
        var error = ArchiveError(
            archive: name, fault: fault, membersBefore: visitor.contents.members)
        error.unfinished = visitor.unfinished
        error.isOfReading = true
        return error
    }
    do throws(ArchiveFault) {
        if let zip = try openZip(at: path, rules: rules) {
            try stream.readZip(zip)
            return stream.contents
        }
    } catch {
        throw named(error, in: stream.sink)
    }
    try readPieces(
        of: path, cancellation: cancellation,
        failed: { named($0, in: stream.sink) }
    ) { piece throws(ArchiveError) in
        do throws(ArchiveFault) {
            try cancellation.check()
            try stream.push(piece)
        } catch {
            throw named(error, in: stream.sink)
        }
    }
    do throws(ArchiveFault) {
        // A silent pipe that is given up looks like one that has ended.
        try cancellation.check()
        try stream.finish()
    } catch {
        throw named(error, in: stream.sink)
    }
    return stream.contents
}

extension MemberStream<MemberVisitor> {
    /// What was read, with the format and the notes.
    fileprivate var contents: ArchiveContents {
        var contents = sink.contents
        contents.format = formatName
        contents.notes = notes
        return contents
    }
}

/// Hands members to closures, and keeps the limits that concern a reader.
struct MemberVisitor: ~Copyable, MemberSink {
    private let limits: ExtractionLimits
    private let onData: ((borrowing Span<UInt8>) -> Void)?
    private let onMember: (TarMember) -> Void
    private var member: TarMember?
    private var received: Int64 = 0
    private(set) var contents = ArchiveContents()

    /// The name of the member under way.
    var unfinished: [UInt8]? { member?.name }

    init(
        limits: ExtractionLimits, onData: ((borrowing Span<UInt8>) -> Void)?,
        onMember: @escaping (TarMember) -> Void
    ) {
        self.limits = limits
        self.onData = onData
        self.onMember = onMember
    }

    mutating func begin(_ member: TarMember) throws(ArchiveFault) {
        guard contents.members < limits.maxMembers else {
            throw ArchiveFault(
                .limit, "more members than max-members (\(limits.maxMembers)) allows",
                member: member.name)
        }
        self.member = member
        received = 0
        try count(UInt64(member.size))
    }

    mutating func write(_ bytes: borrowing Span<UInt8>) throws(ArchiveFault) {
        received += Int64(bytes.count)
        if let member, member.hasUnknownSize { try count(UInt64(bytes.count)) }
        onData?(bytes)
    }

    mutating func seek(to offset: UInt64) {}

    mutating func end() {
        guard var member = member.take() else { return }
        if member.hasUnknownSize { member.size = received }
        contents.members += 1
        onMember(member)
    }

    private mutating func count(_ bytes: UInt64) throws(ArchiveFault) {
        guard bytes <= limits.maxBytes - contents.bytes else {
            throw ArchiveFault(
                .limit, "more bytes than max-bytes (\(limits.maxBytes)) allows",
                member: member?.name)
        }
        contents.bytes += bytes
    }
}
