extension String {
    /// The text with everything escaped that could drive a terminal or hide in one.
    ///
    /// Control characters, the C1 range, line and paragraph separators, and the characters that
    /// turn the direction of writing are written as `\n`, `\t`, `\xHH` or `\u{H…}`.
    public var terminalSafe: String {
        guard unicodeScalars.contains(where: \.drivesTerminal) else { return self }
        var safe = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n": safe += "\\n"
            case "\t": safe += "\\t"
            case "\r": safe += "\\r"
            case _ where scalar.drivesTerminal:
                let digits = String(scalar.value, radix: 16)
                safe +=
                    scalar.value < 0x80
                    ? "\\x" + (digits.count < 2 ? "0" : "") + digits : "\\u{\(digits)}"
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    /// JSON with everything escaped, as `\uHHHH`, that could drive a terminal or hide in one.
    ///
    /// It means the same: such characters stand in strings alone, but for the line ends between
    /// them, which stay.
    public var terminalSafeJSON: String {
        guard unicodeScalars.contains(where: \.drivesTerminalFromJSON) else { return self }
        var safe = ""
        for scalar in unicodeScalars {
            if scalar.drivesTerminalFromJSON {
                let digits = String(scalar.value, radix: 16)
                safe += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }
}

extension Unicode.Scalar {
    fileprivate var drivesTerminal: Bool {
        switch value {
        case 0...0x1f, 0x7f...0x9f: true
        case 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: true
        default: false
        }
    }

    /// Whoever writes JSON escapes what lies below a blank.
    fileprivate var drivesTerminalFromJSON: Bool { value > 0x20 && drivesTerminal }
}
