/// The names that wait in batches: a member of the same name, or one beneath it, must wait.
///
/// A table of hashes that forgets by itself: a name counts while the batch that it stands in is
/// not written. It may say yes without need (which costs a wait), and never says no wrongly.
struct InFlightNames {
    /// Hashes in one row; with more than four names in flight in one the row counts as taken.
    private static let ways = 4
    private static let rows = 8_192

    private struct Entry {
        var hash: UInt64 = 0
        var batch = 0
    }

    private var entries: [Entry] = []
    /// The oldest batch that is not written; one too old is safe.
    var oldest = 1

    /// Whether a name waits, or may wait.
    func contains(_ hash: UInt64) -> Bool {
        guard !entries.isEmpty else { return false }
        let row = row(of: hash)
        var live = 0
        for index in row..<row + Self.ways where entries[index].batch >= oldest {
            if entries[index].hash == hash { return true }
            live += 1
        }
        return live == Self.ways
    }

    /// Adds a name that ``contains(_:)`` said no to.
    mutating func insert(_ hash: UInt64, batch: Int) {
        if entries.isEmpty {
            entries = [Entry](repeating: Entry(), count: Self.rows * Self.ways)
        }
        let row = row(of: hash)
        for index in row..<row + Self.ways where entries[index].batch < oldest {
            entries[index] = Entry(hash: hash, batch: batch)
            return
        }
    }

    private func row(of hash: UInt64) -> Int {
        // The low bits of an FNV hash mix best; the high ones are compared.
        Int(truncatingIfNeeded: hash % UInt64(Self.rows)) * Self.ways
    }
}

/// FNV-1a of 64 bits, which gives the hash of every directory above a path on the way.
///
/// Names that a file system may take for the same, because it folds case, have the same hash.
struct PathHash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ byte: UInt8) {
        let isUpper = byte &- UInt8(ascii: "A") < 26
        let folded = byte >= 0x80 ? 0x80 : isUpper ? byte | 0x20 : byte
        value = (value ^ UInt64(folded)) &* 0x0000_0100_0000_01b3
    }

    /// The hash of a whole path.
    static func of(_ path: ArraySlice<UInt8>) -> UInt64 {
        var hash = PathHash()
        for byte in path { hash.add(byte) }
        return hash.value
    }
}

/// Which paths are known to be directories; may say yes without need, never no wrongly.
struct KnownDirectories {
    private static let bits = 1 << 20
    private var words: [UInt64] = []

    func contains(_ hash: UInt64) -> Bool {
        guard !words.isEmpty else { return false }
        let bit = Int(truncatingIfNeeded: hash >> 20 % UInt64(Self.bits))
        return words[bit / 64] >> UInt64(bit % 64) & 1 == 1
    }

    mutating func insert(_ hash: UInt64) {
        if words.isEmpty { words = [UInt64](repeating: 0, count: Self.bits / 64) }
        let bit = Int(truncatingIfNeeded: hash >> 20 % UInt64(Self.bits))
        words[bit / 64] |= 1 << UInt64(bit % 64)
    }
}
