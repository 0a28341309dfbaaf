/// The `GNU.sparse.*` records of a member, in their order: formats 0.0, 0.1 and 1.0 of GNU tar.
struct PaxSparseRecords {
    private var records: [(key: String, value: [UInt8])] = []

    /// Whether there is none.
    var isEmpty: Bool { records.isEmpty }

    /// The member's real name, which formats 0.1 and 1.0 keep apart.
    var name: [UInt8]? { last("name") }

    /// Whether the map stands before the data (format 1.0).
    var hasMapInData: Bool { last("major") == Array("1".utf8) }

    /// Adds a record; its key is without `GNU.sparse.`.
    ///
    /// An empty value deletes what came before, save that an empty map is that of a hole.
    mutating func append(_ key: String, _ value: [UInt8]) {
        if value.isEmpty, key != "map" { return records.removeAll { $0.key == key } }
        records.append((key, value))
    }

    /// The map as far as the records hold it: all of it but in format 1.0.
    func map() throws(ArchiveFault) -> SparseMap {
        guard let size = (last("realsize") ?? last("size")).map(paxSize) else {
            throw SparseMap.damage("has no real size")
        }
        guard let size else { throw SparseMap.damage("has a real size that is no number") }
        var map = try SparseMap(realSize: size)
        if let major = last("major") {
            guard major == Array("1".utf8) || major == Array("0".utf8) else {
                throw ArchiveFault(.unsupported, "a sparse file of an unknown format")
            }
        }
        if hasMapInData { return map }
        let numbers = try mapNumbers()
        guard numbers.count.isMultiple(of: 2) else { throw SparseMap.damage("is odd") }
        if let count = last("numblocks"), paxSize(count) != Int64(numbers.count / 2) {
            throw SparseMap.damage("has another count of pieces than it says")
        }
        for index in stride(from: 0, to: numbers.count, by: 2) {
            try map.append(offset: numbers[index], length: numbers[index + 1])
        }
        return map
    }

    /// Offsets and lengths in turn: of the one list of format 0.1, or of 0.0's many records.
    private func mapNumbers() throws(ArchiveFault) -> [Int64] {
        var numbers: [Int64] = []
        func take(_ value: some Collection<UInt8>) throws(ArchiveFault) {
            guard let number = paxSize(Array(value)) else {
                throw SparseMap.damage("has a number that is none")
            }
            numbers.append(number)
        }
        if let list = last("map") {
            guard !list.isEmpty else { return [] }
            for part in list.split(
                separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            {
                try take(part)
            }
            return numbers
        }
        for (key, value) in records where key == "offset" || key == "numbytes" {
            guard (key == "offset") == numbers.count.isMultiple(of: 2) else {
                throw SparseMap.damage("has offsets and lengths out of order")
            }
            try take(value)
        }
        return numbers
    }

    private func last(_ key: String) -> [UInt8]? {
        records.last { $0.key == key }?.value
    }
}
