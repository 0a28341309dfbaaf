/// Reads a tar stream that comes in pieces of any size, and hands its members to a sink.
///
/// A state machine over borrowed bytes: a member's data are never copied, a header only where it
/// straddles two pieces.
struct TarReader: ~Copyable {
    enum State {
        case header
        case data(remaining: UInt64, padding: Int)
        case extended(remaining: UInt64, padding: Int, typeflag: UInt8)
        case skipped(remaining: UInt64, padding: Int)
        case padding(Int)
        case oldSparseBlocks
        case sparsePadding(Int)
        case sparseText(remaining: UInt64, padding: Int)
        case ended
    }

    var state = State.header
    private var block: [UInt8] = []
    private var extended: [UInt8] = []
    private var pending = TarExtensions()
    private let headerLimit: Int
    /// Bytes of the stream that were read.
    private(set) var offset: UInt64 = 0
    /// Members that were handed on whole, skipped ones included.
    private(set) var members = 0
    private var sawZeroBlock = false
    var sparse: SparseMap?
    /// The member whose map is read, for an error.
    private var mapped: [UInt8]?
    /// Bytes that make no part of a file: extended headers, data that are passed over.
    var idleBytes: UInt64 = 0
    var sparseText = SparseMapText()
    /// Bytes of data and of padding that follow the blocks of an old sparse map.
    var sparseData: (size: UInt64, padding: Int) = (0, 0)
    /// What a person should know though it is no error.
    private(set) var notes: [String] = []

    /// A reader that refuses extended headers above `headerLimit` bytes.
    init(headerLimit: Int) {
        self.headerLimit = headerLimit
        block.reserveCapacity(TarHeader.size)
    }

    /// Whether the end of the archive was read; what follows is no part of it.
    var hasEnded: Bool {
        if case .ended = state { true } else { false }
    }

    /// Takes a piece of the stream.
    mutating func read(
        _ input: borrowing Span<UInt8>, into sink: inout (some MemberSink & ~Copyable)
    ) throws(ArchiveFault) {
        var index = 0
        while index < input.count {
            let rest = input.extracting(droppingFirst: index)
            switch state {
            case .header, .oldSparseBlocks:
                let count = min(TarHeader.size - block.count, rest.count)
                if block.isEmpty, count == TarHeader.size {
                    if let end = try takeWholeFile(in: input, at: index, into: &sink) {
                        index = end
                        continue
                    }
                    try readBlock(rest.extracting(first: count), into: &sink)
                } else {
                    for position in 0..<count { block.append(rest[position]) }
                    if block.count == TarHeader.size {
                        let whole = block
                        block.removeAll(keepingCapacity: true)
                        // The block's place is where it begins.
                        let before = UInt64(TarHeader.size - count)
                        offset -= before
                        try readBlock(whole.span, into: &sink)
                        offset += before
                    }
                }
                index += count
                offset += UInt64(count)
            case .data(let remaining, let padding):
                let count = try write(
                    rest.extracting(first: Int(min(remaining, UInt64(rest.count)))), into: &sink)
                index += count
                offset += UInt64(count)
                try advanceData(to: remaining - UInt64(count), padding, into: &sink)
            case .extended(let remaining, let padding, let typeflag):
                let count = Int(min(remaining, UInt64(rest.count)))
                for position in 0..<count { extended.append(rest[position]) }
                index += count
                offset += UInt64(count)
                idleBytes += UInt64(count)
                try advanceExtended(to: remaining - UInt64(count), padding, typeflag)
            case .skipped(let remaining, let padding):
                let count = Int(min(remaining, UInt64(rest.count)))
                let left = remaining - UInt64(count)
                if left > 0 {
                    state = .skipped(remaining: left, padding: padding)
                } else {
                    state = padding == 0 ? .header : .padding(padding)
                }
                index += count
                offset += UInt64(count)
                idleBytes += UInt64(count)
            case .padding(let remaining):
                let count = min(remaining, rest.count)
                state = count == remaining ? .header : .padding(remaining - count)
                index += count
                offset += UInt64(count)
            case .sparsePadding(let remaining):
                let count = min(remaining, rest.count)
                state = .sparsePadding(remaining - count)
                index += count
                offset += UInt64(count)
                if count == remaining {
                    try beginData(sparseData.size, sparseData.padding, into: &sink)
                }
            case .sparseText(let remaining, let padding):
                do throws(ArchiveFault) {
                    try readSparseText(rest[0], remaining, padding, into: &sink)
                } catch {
                    throw located(error)
                }
                index += 1
                offset += 1
            case .ended:
                offset += UInt64(rest.count)
                index = input.count
            }
        }
    }

    /// Hands on a regular file at once where it lies whole in the piece: the common case, without
    /// an allocation.
    ///
    /// - Returns: Where its data end, `nil` where the header must be read with all care.
    private mutating func takeWholeFile(
        in input: borrowing Span<UInt8>, at index: Int,
        into sink: inout (some MemberSink & ~Copyable)
    ) throws(ArchiveFault) -> Int? {
        guard case .header = state, !sawZeroBlock,
            var file = TarHeader.plainFile(in: input, at: index)
        else { return nil }
        if !pending.isPlain {
            let header = TarHeader(input.extracting(index..<index + TarHeader.size))
            // What is wrong with the records is told by whoever reads the header with all care.
            guard let extended = try? pending.wholeFile(file, of: header, offset: offset) else {
                return nil
            }
            file = extended
        }
        guard file.size <= input.count - file.dataStart, try sink.takeWhole(file, in: input)
        else { return nil }
        pending.clear(current: [])
        members += 1
        let end = file.dataStart + file.size
        offset += UInt64(end - index)
        let padding = Self.padding(behind: Int64(file.size))
        if padding > 0 { state = .padding(padding) }
        return end
    }

    /// Checks that the stream may end here.
    mutating func finish() throws(ArchiveFault) {
        switch state {
        case .ended: return
        case .header where sawZeroBlock:
            notes.append(
                block.isEmpty
                    ? "the end marker is one zero block, not two"
                    : "something follows a lone zero block and was ignored")
        case .header where block.isEmpty && offset > 0:
            guard pending.isEmpty else {
                throw ArchiveFault(
                    .truncated, "an extended header has no member behind it", offset: offset)
            }
            notes.append("the end marker is missing")
        case .header where offset < UInt64(TarHeader.size):
            throw ArchiveFault(.notAnArchive, "")
        case .header, .extended, .skipped, .padding, .oldSparseBlocks, .sparsePadding,
            .sparseText:
            throw ArchiveFault(.truncated, "the archive ends in the middle", offset: offset)
        case .data(let remaining, _):
            throw ArchiveFault(
                .truncated, "\(remaining) bytes of the data are missing",
                member: pending.current, offset: offset)
        }
    }

    private mutating func readBlock(
        _ block: Span<UInt8>, into sink: inout (some MemberSink & ~Copyable)
    ) throws(ArchiveFault) {
        do throws(ArchiveFault) {
            if case .oldSparseBlocks = state {
                try readOldSparseBlock(block, into: &sink)
            } else {
                try readHeader(block, into: &sink)
            }
        } catch {
            throw located(error)
        }
    }

    /// Adds member and place to a fault of a part that knows neither.
    private func located(_ fault: ArchiveFault) -> ArchiveFault {
        var fault = fault
        if fault.member == nil { fault.member = mapped }
        if fault.offset == nil, fault.code == .damaged || fault.code == .limit {
            fault.offset = offset
        }
        return fault
    }

    private mutating func readHeader(
        _ block: Span<UInt8>, into sink: inout (some MemberSink & ~Copyable)
    ) throws(ArchiveFault) {
        mapped = nil
        if TarHeader.isZero(block) {
            guard pending.isEmpty else {
                throw ArchiveFault(
                    .truncated, "an extended header has no member behind it", offset: offset)
            }
            if sawZeroBlock { state = .ended }
            sawZeroBlock = true
            return
        }
        if sawZeroBlock {
            notes.append("something follows a lone zero block and was ignored")
            state = .ended
            return
        }
        guard TarHeader.hasRightChecksum(block) else {
            if offset == 0 { throw ArchiveFault(.notAnArchive, "") }
            throw ArchiveFault(.damaged, "the checksum of a header is wrong", offset: offset)
        }
        let header = TarHeader(block)
        switch header.typeflag {
        case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "g"), UInt8(ascii: "L"),
            UInt8(ascii: "K"):
            try beginExtended(header)
        case UInt8(ascii: "V"):
            try skipData(of: header)
        case UInt8(ascii: "M"):
            throw ArchiveFault(
                .unsupported,
                "this is a later volume of a multi-volume archive; its beginning is missing",
                member: header.name, offset: offset)
        case UInt8(ascii: "S"):
            mapped = pending.name(for: header)
            let (map, isContinued) = try OldSparseHeader.map(of: block)
            try beginMember(header, map, isContinued: isContinued, into: &sink)
        default:
            try beginMember(header, nil, into: &sink)
        }
    }

    private mutating func beginExtended(_ header: TarHeader) throws(ArchiveFault) {
        let size = try checkedSize(header.size, of: header)
        guard size <= headerLimit else {
            throw ArchiveFault(
                .limit, "an extended header of \(size) bytes is above the limit of \(headerLimit)",
                offset: offset)
        }
        extended.removeAll(keepingCapacity: true)
        let padding = Self.padding(behind: size)
        if size == 0 {
            try pending.take([], typeflag: header.typeflag)
        } else {
            state = .extended(
                remaining: UInt64(size), padding: padding, typeflag: header.typeflag)
        }
    }

    private mutating func advanceExtended(
        to remaining: UInt64, _ padding: Int, _ typeflag: UInt8
    ) throws(ArchiveFault) {
        guard remaining == 0 else {
            state = .extended(remaining: remaining, padding: padding, typeflag: typeflag)
            return
        }
        do throws(ArchiveFault) {
            try pending.take(extended, typeflag: typeflag)
        } catch {
            var fault = error
            fault.offset = offset
            throw fault
        }
        state = padding == 0 ? .header : .padding(padding)
    }

    private mutating func beginMember(
        _ header: TarHeader, _ sparseMap: SparseMap?, isContinued: Bool = false,
        into sink: inout (some MemberSink & ~Copyable)
    ) throws(ArchiveFault) {
        let records = pending.sparse
        sparse = sparseMap
        mapped = sparseMap == nil && records.isEmpty ? nil : pending.name(for: header)
        if sparse == nil, !records.isEmpty { sparse = try records.map() }
        let member = try pending.member(for: header, offset: offset, realSize: sparse?.realSize)
        let storedSize = pending.storedSize(of: header)
        pending.clear(current: member.name)
        if header.isOfUnknownType {
            let note = "members of unknown types were taken for files"
            if !notes.contains(note) { notes.append(note) }
        }
        // Links, devices and directories have no data whatever their size says; GNU's dump
        // directories (`D`) have, and they are passed over.
        let hasData = member.kind == .file || header.typeflag == UInt8(ascii: "D")
        let size = hasData ? try checkedSize(storedSize, of: header, name: member.name) : 0
        if member.kind != .file { sparse = nil }
        try sink.begin(member)
        let padding = Self.padding(behind: size)
        if member.kind != .file {
            try sink.end()
            members += 1
            if size > 0 {
                state = .skipped(remaining: UInt64(size), padding: padding)
            }
        } else if isContinued {
            sparseData = (UInt64(size), padding)
            state = .oldSparseBlocks
        } else if sparseMap == nil, records.hasMapInData {
            sparseText = SparseMapText()
            guard size > 0 else { throw SparseMap.damage("is missing") }
            state = .sparseText(remaining: UInt64(size), padding: padding)
        } else {
            try beginData(UInt64(size), padding, into: &sink)
        }
    }

    /// The data of a file follow; of a sparse one, its map is known now.
    mutating func beginData(
        _ size: UInt64, _ padding: Int, into sink: inout (some MemberSink & ~Copyable)
    ) throws(ArchiveFault) {
        if let sparse, sparse.storedBytes > size {
            throw SparseMap.damage("has more data than its member holds")
        }
        try advanceData(to: size, padding, into: &sink)
    }

    private mutating func advanceData(
        to remaining: UInt64, _ padding: Int, into sink: inout (some MemberSink & ~Copyable)
    ) throws(ArchiveFault) {
        guard remaining == 0 else {
            state = .data(remaining: remaining, padding: padding)
            return
        }
        try sink.end()
        members += 1
        state = padding == 0 ? .header : .padding(padding)
    }

    private mutating func skipData(of header: TarHeader) throws(ArchiveFault) {
        let size = try checkedSize(header.size, of: header)
        guard size == 0 else {
            throw ArchiveFault(.damaged, "a volume label has data", offset: offset)
        }
    }

    private func checkedSize(
        _ size: Int64?, of header: TarHeader, name: [UInt8]? = nil
    ) throws(ArchiveFault) -> Int64 {
        guard let size, size >= 0, size <= Int64.max - 511 else {
            throw ArchiveFault(
                .damaged, "the size of a member is no number", member: name ?? header.name,
                offset: offset)
        }
        return size
    }

    private static func padding(behind size: Int64) -> Int {
        Int((512 - size % 512) % 512)
    }
}
