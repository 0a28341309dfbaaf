/// The extra fields of a record (APPNOTE 4.5): pairs of an id and its bytes.
///
/// A field that does not fit ends the list: several writers pad it with bytes of their own.
struct ZipExtra {
    private let bytes: [UInt8]

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = Array(bytes)
    }

    /// The bytes of the first field of that id.
    private func field(_ id: UInt16) -> [UInt8]? {
        var index = 0
        while index + 4 <= bytes.count {
            let count = Int(bytes.number16(at: index + 2))
            guard index + 4 + count <= bytes.count else { return nil }
            if bytes.number16(at: index) == id {
                return Array(bytes[(index + 4)..<(index + 4 + count)])
            }
            index += 4 + count
        }
        return nil
    }

    /// Seconds since 1970, in UTC: of the extended timestamp 0x5455, else of Info-ZIP's older Unix
    /// field 0x5855, which is all that macOS writes.
    ///
    /// Both are signed numbers of 32 bits, until the record's DOS date is beyond what these hold.
    ///
    /// - Parameter dosDate: The date of the same record.
    /// - Returns: `nil` where neither field holds it.
    func modificationTime(besideDOS dosDate: UInt16) -> Int64? {
        var number: UInt32?
        if let field = field(0x5455), field.count >= 5, field[0] & 1 == 1 {
            number = field.number32(at: 1)
        } else if let field = field(0x5855), field.count >= 8 {
            // The time of access comes first.
            number = field.number32(at: 4)
        }
        let isBeyond2037 = dosDate >> 9 > 2037 - 1980
        return number.map { isBeyond2037 ? Int64($0) : Int64(Int32(bitPattern: $0)) }
    }

    /// The name of a Unicode Path field 0x7075, where it is about `name`.
    func unicodePath(for name: [UInt8]) -> [UInt8]? {
        guard let field = field(0x7075), field.count > 5, field[0] == 1,
            field.number32(at: 1) == crc32(name.span, continuing: 0)
        else { return nil }
        return Array(field[5...])
    }

    /// The numbers of a zip64 field 0x0001, which holds only those that the record has no room
    /// for, in a fixed order.
    func zip64() -> Zip64 { Zip64(field: field(0x0001) ?? []) }

    /// The numbers of a zip64 field, one after the other.
    struct Zip64 {
        let field: [UInt8]
        private var index = 0

        init(field: [UInt8]) {
            self.field = field
        }

        /// The next number, where the record's own is all ones and there is one; else that.
        mutating func value(instead number: UInt32) -> UInt64 {
            guard number == .max, index + 8 <= field.count else { return UInt64(number) }
            defer { index += 8 }
            return field.number64(at: index)
        }

        /// The disk behind the numbers.
        func disk() -> UInt32? {
            index + 4 <= field.count ? field.number32(at: index) : nil
        }
    }
}
