/// A number of bytes for a person: `512 B`, `1.5 MB`; units of 1,024, as Mesos counts.
struct ByteCount: CustomStringConvertible {
    let bytes: UInt64

    init(_ bytes: UInt64) {
        self.bytes = bytes
    }

    var description: String {
        if bytes < 1 << 10 { return "\(bytes) B" }
        let units = ["KB", "MB", "GB", "TB"]
        var value = Double(bytes)
        var unit = -1
        while value >= 1_024, unit < units.count - 1 {
            value /= 1_024
            unit += 1
        }
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
