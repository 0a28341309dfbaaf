/// Where the data of a sparsely stored file belong; what lies between reads as zeros.
///
/// GNU tar manual, "Storing Sparse Files". Every number is a claim: pieces must ascend without
/// overlap inside the real size, and no memory is taken for a count.
struct SparseMap {
    /// Data that follow one another in the archive and in the file.
    struct Piece {
        let offset: UInt64
        let length: UInt64
    }

    /// The file's size, holes included.
    let realSize: Int64
    private(set) var pieces: [Piece] = []
    /// Bytes of all pieces.
    private(set) var storedBytes: UInt64 = 0
    private var current = 0
    private var doneOfCurrent: UInt64 = 0

    /// A map without pieces.
    init(realSize: Int64) throws(ArchiveFault) {
        guard realSize >= 0 else { throw Self.damage("gives the file a negative size") }
        self.realSize = realSize
    }

    /// Adds a piece behind the others.
    mutating func append(offset: Int64, length: Int64) throws(ArchiveFault) {
        guard offset >= 0, length >= 0, offset <= realSize, length <= realSize - offset else {
            throw Self.damage("has a piece outside the file")
        }
        let floor = pieces.last.map { $0.offset + $0.length } ?? 0
        guard UInt64(offset) >= floor else { throw Self.damage("has pieces that overlap") }
        pieces.append(Piece(offset: UInt64(offset), length: UInt64(length)))
        storedBytes += UInt64(length)
    }

    /// The place in the file of the next stored bytes, and how many belong there; `nil` behind the
    /// last piece.
    mutating func next() -> Piece? {
        while current < pieces.count, doneOfCurrent == pieces[current].length {
            current += 1
            doneOfCurrent = 0
        }
        guard current < pieces.count else { return nil }
        return Piece(
            offset: pieces[current].offset + doneOfCurrent,
            length: pieces[current].length - doneOfCurrent)
    }

    /// Moves on behind stored bytes that were written; at most the length of ``next()``.
    mutating func advance(by count: Int) {
        doneOfCurrent += UInt64(count)
    }

    static func damage(_ what: String) -> ArchiveFault {
        ArchiveFault(.damaged, "the map of a sparse file \(what)")
    }
}

/// Reads the map that GNU tar's format 1.0 puts before the data: decimal lines, the count of
/// pieces first, then offset and length of each, padded to a block.
struct SparseMapText {
    /// The longest text: half a million pieces.
    private static let limit = 8 << 20

    private var count: Int64?
    private var offset: Int64?
    private var number: Int64?
    private var taken = 0
    private var pieces: Int64 = 0

    /// Takes one byte of the member's data.
    ///
    /// - Returns: How many bytes of padding follow, when this was the map's last byte.
    mutating func take(_ byte: UInt8, into map: inout SparseMap) throws(ArchiveFault) -> Int? {
        taken += 1
        guard taken <= Self.limit else {
            throw ArchiveFault(.limit, "the map of a sparse file is longer than 8 MiB")
        }
        if byte &- 0x30 < 10 {
            let (tens, overflow) = (number ?? 0).multipliedReportingOverflow(by: 10)
            let (sum, more) = tens.addingReportingOverflow(Int64(byte - 0x30))
            guard !overflow, !more else { throw SparseMap.damage("has a number out of range") }
            number = sum
            return nil
        }
        guard byte == 0x0a, let value = number else { throw SparseMap.damage("holds a letter") }
        number = nil
        if count == nil {
            count = value
        } else if let start = offset {
            try map.append(offset: start, length: value)
            offset = nil
            pieces += 1
        } else {
            offset = value
        }
        guard pieces == count else { return nil }
        return (512 - taken % 512) % 512
    }
}

/// The map in a header of GNU tar's old format (type `S`) and in the blocks that continue it.
enum OldSparseHeader {
    /// The map's first four pieces, and whether a block with more follows.
    static func map(of header: Span<UInt8>) throws(ArchiveFault) -> (SparseMap, isContinued: Bool) {
        guard let size = tarNumber(header.extracting(483..<495)) else {
            throw SparseMap.damage("has no real size")
        }
        var map = try SparseMap(realSize: size)
        try read(header, at: 386, count: 4, into: &map)
        return (map, header[482] != 0)
    }

    /// Reads a block of 21 pieces.
    ///
    /// - Returns: Whether another one follows.
    static func readMore(
        _ block: Span<UInt8>, into map: inout SparseMap
    ) throws(ArchiveFault) -> Bool {
        guard map.pieces.count < 1 << 19 else {
            throw ArchiveFault(.limit, "the map of a sparse file has more than 524288 pieces")
        }
        try read(block, at: 0, count: 21, into: &map)
        return block[504] != 0
    }

    private static func read(
        _ block: Span<UInt8>, at start: Int, count: Int, into map: inout SparseMap
    ) throws(ArchiveFault) {
        for index in 0..<count {
            let place = start + 24 * index
            // An entry that begins with a NUL ends the map.
            guard block[place] != 0 else { return }
            guard let offset = tarNumber(block.extracting(place..<(place + 12))),
                let length = tarNumber(block.extracting((place + 12)..<(place + 24)))
            else { throw SparseMap.damage("has a number that is none") }
            try map.append(offset: offset, length: length)
        }
    }
}
