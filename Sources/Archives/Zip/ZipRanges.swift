/// The bytes of a zip that its members take, to find those that share some (Fifield 2019,
/// CVE-2019-13232).
///
/// Ranges that follow one another are kept as one: a directory in the order of the file takes no
/// memory, any other at most 16 bytes for each member.
struct ZipRanges {
    /// A gap below the size of a local record holds no member: it may be counted to the range
    /// before it, which closes the gaps of data descriptors.
    private static let smallGap: UInt64 = 29

    private var ranges: [Range<UInt64>] = []

    /// Adds a member's bytes.
    mutating func add(_ range: Range<UInt64>) {
        if let last = ranges.last, range.lowerBound >= last.upperBound,
            range.lowerBound - last.upperBound <= Self.smallGap
        {
            ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
        } else {
            ranges.append(range)
        }
    }

    /// A position where two members overlap, `nil` where none do.
    mutating func overlap() -> UInt64? {
        ranges.sort { $0.lowerBound < $1.lowerBound }
        return zip(ranges, ranges.dropFirst()).first { $0.upperBound > $1.lowerBound }?.1
            .lowerBound
    }
}
