/// Where the lines of a text begin, and where a column of one is.
///
/// A text may be one line of megabytes with thousands of places in it, so that nothing here may
/// take time in proportion to a line.
struct TextLines {
    private static let block = 4_096

    private let text: [UInt8]
    private let starts: [Int]
    /// How many scalars begin before every block of bytes.
    private let scalars: [Int]

    init(_ text: [UInt8]) {
        self.text = text
        var starts = [0]
        for index in text.indices where text[index] == 0x0a { starts.append(index + 1) }
        self.starts = starts
        var scalars = [0]
        for start in stride(from: 0, to: text.count, by: Self.block) {
            let count = text[start..<min(start + Self.block, text.count)]
                .count { $0 & 0xc0 != 0x80 }
            scalars.append(scalars[scalars.count - 1] + count)
        }
        self.scalars = scalars
    }

    /// The byte of a line and a column in scalars, both from 1.
    func offset(line: Int, column: Int) -> Int {
        guard starts.indices.contains(line - 1) else { return text.count }
        let wanted = scalars(before: starts[line - 1]) + max(column, 1) - 1
        var low = 0
        var high = scalars.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if scalars[middle] <= wanted { low = middle } else { high = middle }
        }
        var left = wanted - scalars[low]
        var offset = low * Self.block
        while offset < text.count {
            if text[offset] & 0xc0 != 0x80 {
                if left == 0 { return offset }
                left -= 1
            }
            offset += 1
        }
        return text.count
    }

    private func scalars(before offset: Int) -> Int {
        let whole = offset / Self.block
        return scalars[whole] + text[whole * Self.block..<offset].count { $0 & 0xc0 != 0x80 }
    }
}
