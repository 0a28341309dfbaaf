/// Base64 as Go's `StdEncoding` decodes it: padding required, CR and LF passed over, nothing else.
enum GoBase64 {
    /// The position of the byte at which Go stops, as its error says it.
    struct Fault: Error {
        let offset: Int
        /// Go's words.
        var description: String { "illegal base64 data at input byte \(offset)" }
    }

    /// Decodes a text; mirrors `decodeQuantum` of Go's `encoding/base64`.
    static func decode(_ text: [UInt8]) throws(Fault) -> [UInt8] {
        var bytes: [UInt8] = []
        var quantum: [UInt8] = []
        var index = 0
        func skipLineEnds() {
            while index < text.count, text[index] == 0x0a || text[index] == 0x0d { index += 1 }
        }
        while true {
            skipLineEnds()
            guard index < text.count else {
                guard quantum.isEmpty else { throw Fault(offset: index - quantum.count) }
                return bytes
            }
            let byte = text[index]
            index += 1
            if let value = value(of: byte) {
                quantum.append(value)
                if quantum.count == 4 {
                    append(quantum, to: &bytes)
                    quantum = []
                }
                continue
            }
            guard byte == UInt8(ascii: "="), quantum.count >= 2 else {
                throw Fault(offset: index - 1)
            }
            if quantum.count == 2 {
                skipLineEnds()
                guard index < text.count else { throw Fault(offset: text.count) }
                guard text[index] == UInt8(ascii: "=") else { throw Fault(offset: index) }
                index += 1
            }
            append(quantum, to: &bytes)
            skipLineEnds()
            guard index == text.count else { throw Fault(offset: index) }
            return bytes
        }
    }

    private static func append(_ quantum: [UInt8], to bytes: inout [UInt8]) {
        let padded = quantum + Array(repeating: 0, count: 4 - quantum.count)
        let number = padded.reduce(UInt32(0)) { $0 << 6 | UInt32($1) }
        let all = [UInt8(number >> 16 & 0xff), UInt8(number >> 8 & 0xff), UInt8(number & 0xff)]
        bytes += all.prefix(quantum.count - 1)
    }

    private static func value(of byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
