/// The number in a field of a tar header.
///
/// Octal as POSIX has it (leading blanks, digits, an end of NUL, blank or the field's), all blank
/// or NUL is 0; or base-256 of GNU tar and star, when the first byte's high bit is set.
///
/// - Parameters:
///   - field: 8 or 12 bytes of a header.
///   - isSize: Whether a number behind a NUL makes it no number at all: readers that pass over the
///     NUL take for data what others take for members.
/// - Returns: The value, `nil` where the field holds anything else or overflows.
func tarNumber(_ field: Span<UInt8>, isSize: Bool = false) -> Int64? {
    if field[0] & 0x80 != 0 { return base256(field) }
    var index = 0
    while index < field.count, field[index] == 0x20 { index += 1 }
    var value: Int64 = 0
    let start = index
    while index < field.count, field[index] != 0x20, field[index] != 0 {
        let digit = field[index] &- 0x30
        guard digit < 8 else { return nil }
        value = value << 3 | Int64(digit)  // 12 digits are 36 bits: no overflow
        index += 1
    }
    if isSize, index == start {
        while index < field.count, field[index] == 0x20 || field[index] == 0 { index += 1 }
        guard index == field.count else { return nil }
    }
    return value
}

private func base256(_ field: Span<UInt8>) -> Int64? {
    let isNegative = field[0] & 0x40 != 0
    // The first byte gives six bits of value below the two of marker and sign.
    var value = Int64(field[0] & 0x3f) | (isNegative ? ~0x3f : 0)
    for index in 1..<field.count {
        let (product, overflow) = value.multipliedReportingOverflow(by: 256)
        guard !overflow else { return nil }
        value = product | Int64(field[index])
    }
    return value
}
