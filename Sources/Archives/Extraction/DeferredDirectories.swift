import ConfinedFiles

/// What directories get at the end: their times, which every file in them changes, and modes that
/// might keep the extraction out.
///
/// Records lie packed in pieces of memory, so that a million directories take little of it.
struct DeferredDirectories {
    /// What a directory gets.
    struct Status {
        /// Permission bits, `nil` where it was made with the right ones.
        var mode: UInt32?
        var time: FileTime
    }

    private struct Record {
        let chunk: UInt32
        let start: UInt32
        let count: UInt16
        /// Permission bits; all set for none, all but one for a directory that is gone.
        let mode: UInt16
        let nanoseconds: Int32
        let seconds: Int64
    }

    private static let noMode = UInt16.max
    private static let gone = UInt16.max - 1
    private static let chunkSize = 64 << 10

    private var chunks: [[UInt8]] = []
    private var records: [[Record]] = []

    /// The most bytes that all paths together may have: a million directories of usual names.
    static let maxBytes = 96 << 20

    /// Sets what a directory gets; the last word on a path counts.
    ///
    /// - Returns: `false` where there is no more room.
    mutating func set(_ status: Status, for path: [UInt8]) -> Bool {
        guard chunks.count * Self.chunkSize < Self.maxBytes else { return false }
        add(
            path, mode: status.mode.map { UInt16(truncatingIfNeeded: $0) } ?? Self.noMode,
            time: status.time)
        return true
    }

    /// Forgets a directory that something else has replaced.
    mutating func drop(_ path: [UInt8]) {
        guard !records.isEmpty else { return }
        add(path, mode: Self.gone, time: FileTime(seconds: 0))
    }

    private mutating func add(_ path: [UInt8], mode: UInt16, time: FileTime) {
        if chunks.last.map({ $0.count + path.count > Self.chunkSize }) ?? true {
            var chunk: [UInt8] = []
            chunk.reserveCapacity(Self.chunkSize)
            chunks.append(chunk)
        }
        if records.last.map({ $0.count == 2_048 }) ?? true {
            var page: [Record] = []
            page.reserveCapacity(2_048)
            records.append(page)
        }
        let last = chunks.count - 1
        let start = chunks[last].count
        chunks[last] += path
        records[records.count - 1].append(
            Record(
                chunk: UInt32(last), start: UInt32(start), count: UInt16(path.count), mode: mode,
                nanoseconds: time.nanoseconds, seconds: time.seconds))
    }

    /// Calls `body` once for each directory that is still one, the deepest first.
    func forEach<Failure: Error>(
        _ body: (ArraySlice<UInt8>, Status) throws(Failure) -> Void
    ) throws(Failure) {
        let order = (0..<records.reduce(0) { $0 + $1.count }).map(UInt32.init).sorted {
            let (first, second) = (record($0), record($1))
            // A path is longer than those above it; equal ones stand together, the last one last.
            if first.count != second.count { return first.count > second.count }
            let (left, right) = (path(first), path(second))
            return left.elementsEqual(right) ? $0 < $1 : left.lexicographicallyPrecedes(right)
        }
        for (index, number) in order.enumerated() {
            let record = record(number)
            if index + 1 < order.count {
                let next = self.record(order[index + 1])
                if next.count == record.count, path(next).elementsEqual(path(record)) { continue }
            }
            guard record.mode != Self.gone else { continue }
            let time = FileTime(seconds: record.seconds, nanoseconds: record.nanoseconds)
            let mode = record.mode == Self.noMode ? nil : UInt32(record.mode)
            try body(path(record), Status(mode: mode, time: time))
        }
    }

    private func record(_ number: UInt32) -> Record {
        records[Int(number / 2_048)][Int(number % 2_048)]
    }

    private func path(_ record: Record) -> ArraySlice<UInt8> {
        chunks[Int(record.chunk)][Int(record.start)..<Int(record.start) + Int(record.count)]
    }
}
