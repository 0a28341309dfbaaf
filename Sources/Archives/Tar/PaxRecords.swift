/// The records of a pax extended header: `length blank key = value newline`.
///
/// POSIX.1-2017 `pax`, "pax Extended Header". The length alone rules, values hold any bytes. Only
/// the keys that change what is unpacked are kept.
struct PaxRecords {
    /// A key that is used here.
    enum Key: String {
        case path
        case linkpath
        case size
        case mtime
    }

    /// The last value of each key; an empty one deletes what came before.
    private(set) var values: [Key: [UInt8]] = [:]
    /// How the member is stored sparsely by GNU tar.
    private(set) var sparse = PaxSparseRecords()

    /// No records.
    init() {}

    /// Reads all records of an extended header's data.
    init(parsing data: [UInt8]) throws(ArchiveFault) {
        var index = 0
        while index < data.count {
            var length = 0
            var cursor = index
            while cursor < data.count, data[cursor] &- 0x30 < 10 {
                length = length * 10 + Int(data[cursor] - 0x30)
                guard length <= data.count else { throw Self.damage("runs past its header") }
                cursor += 1
            }
            guard cursor > index, cursor < data.count, data[cursor] == 0x20, length > 0 else {
                throw Self.damage("has no length")
            }
            let end = index + length
            guard end <= data.count, end > cursor + 1, data[end - 1] == 0x0a else {
                throw Self.damage("does not end on a line end")
            }
            try take(data[(cursor + 1)..<(end - 1)])
            index = end
        }
    }

    /// These records under those of `other`.
    func overridden(by other: PaxRecords) -> PaxRecords {
        var merged = self
        merged.values.merge(other.values) { $1 }
        if !other.sparse.isEmpty { merged.sparse = other.sparse }
        return merged
    }

    /// The value of a key, `nil` where none counts.
    subscript(key: Key) -> [UInt8]? {
        values[key].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether a key is there that no global header may set.
    var namesMember: Bool {
        !sparse.isEmpty || values[.path] != nil || values[.linkpath] != nil || values[.size] != nil
    }

    private mutating func take(_ record: ArraySlice<UInt8>) throws(ArchiveFault) {
        guard let equals = record.firstIndex(of: UInt8(ascii: "=")), equals > record.startIndex
        else { throw Self.damage("has no key") }
        let name = String(decoding: record[..<equals], as: UTF8.self)
        let value = Array(record[(equals + 1)...])
        if name.hasPrefix("GNU.sparse.") {
            let key = String(name.dropFirst(11))
            if key == "name", value.contains(0) { throw Self.damage("has a NUL in its \(name)") }
            return sparse.append(key, value)
        }
        guard let key = Key(rawValue: name) else { return }
        if key == .path || key == .linkpath, value.contains(0) {
            throw Self.damage("has a NUL in its \(name)")
        }
        values[key] = value
    }

    private static func damage(_ what: String) -> ArchiveFault {
        ArchiveFault(.damaged, "a record of a pax header \(what)")
    }
}

/// A size in a pax record: decimal digits.
func paxSize(_ value: [UInt8]) -> Int64? {
    guard !value.isEmpty, value.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    return Int64(String(decoding: value, as: UTF8.self))
}

/// A time in a pax record: decimal seconds with sign and fraction; digits beyond nine are cut.
func paxTime(_ value: [UInt8]) -> (seconds: Int64, nanoseconds: Int32)? {
    var digits = value[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), !digits.isEmpty, !parts[0].isEmpty,
        parts.allSatisfy({ $0.allSatisfy { $0 &- 0x30 < 10 } }),
        let whole = Int64(String(decoding: parts[0], as: UTF8.self))
    else { return nil }
    let text = parts.count == 2 ? Array(parts[1].prefix(9)) : []
    let padded = text + Array(repeating: UInt8(ascii: "0"), count: 9 - text.count)
    let fraction = Int32(String(decoding: padded, as: UTF8.self)) ?? 0
    guard isNegative else { return (whole, fraction) }
    return fraction == 0 ? (-whole, 0) : (-whole - 1, 1_000_000_000 - fraction)
}
