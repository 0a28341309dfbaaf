import LocatedJSON

extension ShapeCheck {
    mutating func checkString(_ value: JSONValue, _ min: Int, _ max: Int, _ path: String) {
        guard has(value, .string, path), min > 0 || max < .max,
            let length = value.stringValue?.utf16.count
        else { return }
        if length < min {
            report(
                "J-MINLEN", path, "\(path) must have at least \(min) character",
                advice: "fill it in, or leave it out", at: value)
        } else if length > max {
            report(
                "J-MAXLEN", path, "\(path) has \(length) characters, at most \(max) are allowed",
                advice: "shorten it", at: value)
        }
    }

    mutating func checkPattern(_ value: JSONValue, _ pattern: TextPattern, _ path: String) {
        guard has(value, .string, path), let text = value.stringValue, !pattern.matches(text)
        else { return }
        report(
            "J-PATTERN", path, "\"\(shown(text))\" is not \(pattern.phrase)",
            advice: pattern.advice, at: value)
    }

    mutating func checkNumber(
        _ value: JSONValue, _ range: ClosedRange<Double>, _ path: String
    ) {
        guard let number = number(value, path) else { return }
        if number < range.lowerBound {
            report(
                "J-MIN", path, "\(path) must be at least \(Int(range.lowerBound))",
                advice: "raise it", at: value)
        } else if number > range.upperBound {
            report("J-MAX", path, "\(path) is too large", advice: "lower it", at: value)
        }
    }

    mutating func checkInteger(_ value: JSONValue, _ range: ClosedRange<Int>, _ path: String) {
        guard let number = number(value, path) else { return }
        // The type comes before its bounds, as in Marathon's readers.
        if number != number.rounded() {
            report(
                "J-INT", path, "\(path) must be a whole number", advice: "take the fraction off",
                at: value)
        } else if number < Double(range.lowerBound) {
            report(
                "J-MIN", path, "\(path) must be at least \(range.lowerBound)",
                advice: "raise it", at: value)
        } else if number > Double(range.upperBound) {
            report(
                "J-MAX", path, "\(path) must be at most \(range.upperBound)",
                advice: "lower it", at: value)
        }
    }

    mutating func checkWord(_ value: JSONValue, _ words: [String], _ path: String) {
        guard has(value, .string, path), let text = value.stringValue else { return }
        let lowered = text.lowercased()
        guard !words.contains(where: { $0.lowercased() == lowered }) else { return }
        let list = words.joined(separator: ", ")
        let meant = NearestName.of(text, among: words)
        report(
            "J-ENUM", path, "\(path) is \"\(shown(text))\"; it can be \(list)",
            advice: meant.map { "write \"\($0)\"" }
                ?? (words.count == 1 ? "write \"\(list)\"" : "write one of them"), at: value)
    }

    mutating func checkLiteral(_ value: JSONValue, _ word: String, _ path: String) {
        guard has(value, .string, path), value.stringValue != word else { return }
        report(
            "J-ENUM", path, "\(path) must be exactly \"\(word)\"", advice: "write \"\(word)\"",
            at: value)
    }

    private mutating func number(_ value: JSONValue, _ path: String) -> Double? {
        guard has(value, .number, path) else { return nil }
        return value.numberText.flatMap(Double.init)
    }
}
