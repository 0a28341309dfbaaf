/// Little-endian numbers in a record of a zip.
extension [UInt8] {
    /// The number of `count` bytes at `index`, which lie inside.
    func littleEndian(at index: Int, count: Int) -> UInt64 {
        (0..<count).reduce(0) { $0 | UInt64(self[index + $1]) << UInt64(8 * $1) }
    }

    func number16(at index: Int) -> UInt16 {
        UInt16(truncatingIfNeeded: littleEndian(at: index, count: 2))
    }

    func number32(at index: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: littleEndian(at: index, count: 4))
    }

    func number64(at index: Int) -> UInt64 { littleEndian(at: index, count: 8) }
}

/// The four bytes that begin a record (APPNOTE 4.3).
enum ZipSignature {
    static let local: UInt32 = 0x0403_4b50
    static let central: UInt32 = 0x0201_4b50
    static let digitalSignature: UInt32 = 0x0505_4b50
    static let end: UInt32 = 0x0605_4b50
    static let end64: UInt32 = 0x0606_4b50
    static let locator64: UInt32 = 0x0706_4b50
}
