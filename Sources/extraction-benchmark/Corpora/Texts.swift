/// Files that look like headers and sources: words used again and again, indented lines; gzip
/// makes them about 4.5 times smaller.
struct SourceText {
    private let words: [[UInt8]]
    private let lines: [[UInt8]]

    init(seed: UInt64) {
        var random = Seed(seed)
        let syllables = [
            "re", "get", "set", "con", "fig", "list", "node", "in", "out", "buf", "fer", "len",
            "ptr", "map", "key", "val", "ue", "str", "ing", "type", "def", "en", "um", "ext",
            "err", "log", "max", "min", "sum", "io", "net", "sock", "et", "path", "file", "_",
        ]
        words = (0..<6_000).map { _ in
            Array((0...random.below(4)).map { _ in syllables[random.below(36)] }.joined().utf8)
        }
        let starts = [
            "#define ", "    return ", "static int ", "    if (", "} else {", " * ", "typedef ",
            "extern void ", "        ", "    def ", "import ", "/* ", "#include <", "    self.",
        ]
        let words = words
        lines = (0..<2_500).map { _ in
            var line = starts[random.below(starts.count)]
            for _ in 0...random.below(6) {
                line += String(decoding: words[random.skewed(words.count)], as: UTF8.self)
                line += [" ", "(", ", ", ") ", "; ", " = ", "->", "_"][random.below(8)]
            }
            return Array(line.utf8) + [0x0a]
        }
    }

    /// A word for a name.
    func name(_ number: Int) -> String {
        String(decoding: words[number % words.count], as: UTF8.self) + "\(number % 97)"
    }

    /// A file of 200 bytes to 64 KiB, most of them of a few KiB.
    func file(_ random: inout Seed) -> [UInt8] {
        // The product of uniform numbers is nearly log-normal, as sizes of source files are.
        var size = 64_000.0
        for _ in 0..<5 { size *= 0.3 + 0.7 * Double(random.below(1_000)) / 1_000 }
        let end = max(200, Int(size))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(end + 200)
        while bytes.count < end {
            if random.below(12) < 10 {
                bytes += lines[random.skewed(lines.count)]
            } else {
                bytes += [0x20, 0x20, 0x20, 0x20].prefix(random.below(5))
                for _ in 0...random.below(8) {
                    bytes += words[random.skewed(words.count)]
                    bytes.append(" (,);=.\n".utf8.map { $0 }[random.below(8)])
                }
                bytes.append(0x0a)
            }
        }
        return Array(bytes.prefix(65_535))
    }
}

/// Files that look like executables: sequences of instructions that recur with other operands,
/// tables of numbers, strings, zeros; gzip makes them about 3.2 times smaller.
struct BinaryText {
    private var random: Seed

    init(seed: UInt64) {
        random = Seed(seed)
    }

    consuming func bytes(_ count: Int) -> [UInt8] {
        var shared = Seed(0x0b1a_2c3d)
        let snippets: [[UInt8]] = (0..<3_000).map { _ in
            let opcodes: [UInt8] = [
                0x48, 0x89, 0x8b, 0xe8, 0x0f, 0x84, 0x85, 0xc0, 0x55, 0x41, 0x5d, 0xc3, 0x90, 0xff,
            ]
            return (0..<(4 + shared.below(20))).map { _ in
                shared.below(4) == 0
                    ? UInt8(shared.below(256)) : opcodes[shared.below(opcodes.count)]
            }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 64)
        while bytes.count < count {
            switch random.below(32) {
            case 0: bytes += [UInt8](repeating: 0, count: 8 + random.below(64))
            case 1: bytes += Array("_ZN\(random.below(90))Symbol\(random.below(9_000))Ev\0".utf8)
            default:
                // A run of instructions as compilers make it again and again, then an operand.
                let first = random.skewed(snippets.count)
                for next in 0...random.below(12) {
                    bytes += snippets[(first + next) % snippets.count]
                }
                let operand = random.next()
                bytes.append(UInt8(truncatingIfNeeded: operand))
                if operand & 0x100 != 0 {
                    bytes.append(UInt8(truncatingIfNeeded: operand >> 16))
                    bytes.append(UInt8(truncatingIfNeeded: operand >> 24 & 0x1f))
                    bytes.append(0)
                }
            }
        }
        return bytes
    }
}

/// Lines of a service's log, with times, addresses and request ids; gzip makes them about 2.5
/// times smaller.
struct LogText {
    private var random: Seed

    init(seed: UInt64) {
        random = Seed(seed)
    }

    consuming func bytes(_ count: Int) -> [UInt8] {
        let levels = ["INFO ", "INFO ", "INFO ", "WARN ", "DEBUG", "ERROR"].map { Array($0.utf8) }
        let texts = [
            "request served", "connection from peer closed", "cache miss for key",
            "retrying after timeout", "offer declined", "task status update TASK_RUNNING",
            "fetching artifact", "registered executor on agent",
        ].map { Array($0.utf8) }
        let digits = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 256)
        var time: UInt64 = 1_700_000_000_000_000
        func number(_ value: UInt64, _ width: Int, into bytes: inout [UInt8]) {
            var divisor: UInt64 = 1
            for _ in 1..<width { divisor *= 10 }
            while divisor > 0 {
                bytes.append(UInt8(0x30 + value / divisor % 10))
                divisor /= 10
            }
        }
        while bytes.count < count {
            time += UInt64(random.below(90_000))
            number(time, 16, into: &bytes)
            bytes.append(0x20)
            bytes += levels[random.below(levels.count)]
            bytes.append(0x20)
            bytes += texts[random.skewed(texts.count)]
            bytes += [0x20, 0x69, 0x64, 0x3d]
            for _ in 0..<3 {
                let identifier = random.next()
                for shift in 0..<16 as Range<UInt64> {
                    bytes.append(digits[Int(identifier >> (4 * shift) & 15)])
                }
            }
            bytes += [0x20, 0x31, 0x30, 0x2e]
            number(random.next() % 256, 3, into: &bytes)
            bytes.append(0x2e)
            number(random.next() % 1_000, 3, into: &bytes)
            bytes += [0x20, 0x74, 0x3d]
            number(random.next() % 100_000, 5, into: &bytes)
            bytes.append(0x0a)
        }
        return bytes
    }
}
