/// Sparse files: the map first, wherever its format keeps it, then the pieces in their places.
extension TarReader {
    /// Writes what lies at the front of `bytes`: all, or what belongs to one piece.
    ///
    /// - Returns: How many bytes were taken.
    mutating func write(
        _ bytes: borrowing Span<UInt8>, into sink: inout (some MemberSink & ~Copyable)
    ) throws(ArchiveFault) -> Int {
        guard sparse != nil else {
            try sink.write(bytes)
            return bytes.count
        }
        // Bytes behind the last piece belong nowhere.
        guard let piece = sparse?.next() else {
            idleBytes += UInt64(bytes.count)
            return bytes.count
        }
        let count = Int(min(piece.length, UInt64(bytes.count)))
        try sink.seek(to: piece.offset)
        try sink.write(bytes.extracting(first: count))
        sparse?.advance(by: count)
        return count
    }

    /// A block that continues the map of an old sparse header.
    mutating func readOldSparseBlock(
        _ block: Span<UInt8>, into sink: inout (some MemberSink & ~Copyable)
    ) throws(ArchiveFault) {
        guard var map = sparse.take() else { return }
        let isContinued = try OldSparseHeader.readMore(block, into: &map)
        sparse = map
        if !isContinued { try beginData(sparseData.size, sparseData.padding, into: &sink) }
    }

    /// One byte of a map in front of the data.
    mutating func readSparseText(
        _ byte: UInt8, _ remaining: UInt64, _ padding: Int,
        into sink: inout (some MemberSink & ~Copyable)
    ) throws(ArchiveFault) {
        let left = remaining - 1
        guard var map = sparse.take() else { return }
        let end = try sparseText.take(byte, into: &map)
        sparse = map
        guard let end else {
            guard left > 0 else { throw SparseMap.damage("does not end inside its member") }
            state = .sparseText(remaining: left, padding: padding)
            return
        }
        guard UInt64(end) <= left else {
            throw SparseMap.damage("does not end inside its member")
        }
        let size = left - UInt64(end)
        if end == 0 { return try beginData(size, padding, into: &sink) }
        sparseData = (size, padding)
        state = .sparsePadding(end)
    }
}
