import LocatedJSON

/// Reads members by type and limit, and collects every fault instead of stopping at the first.
///
/// Mirrors the readers that Marathon's type generator makes: unknown members are ignored, `null`
/// is an absent member, and the default counts where a fault was found.
struct ShapeReader {
    private(set) var violations: [Violation] = []
    /// What stands before every path: `[1]` for the second app of an array.
    var prefix = ""

    mutating func report(
        _ id: String, _ path: String, _ message: String, advice: String, at value: JSONValue?
    ) {
        violations.append(
            Violation(
                id: id, path: prefix + path, message: message, advice: advice,
                location: value?.location))
    }

    mutating func append(_ violation: Violation) {
        violations.append(violation)
    }

    /// The member of that name unless it is `null`.
    func member(_ name: String, of object: JSONValue) -> JSONValue? {
        object[name].flatMap { $0.kind == .null ? nil : $0 }
    }

    /// Reports a required member that is not there.
    mutating func require(_ name: String, of object: JSONValue, _ path: String) -> JSONValue? {
        if let value = member(name, of: object) { return value }
        report(
            "J-MISSING", path + "/" + name, "\"\(name)\" is missing", advice: "add \"\(name)\"",
            at: object)
        return nil
    }

    mutating func check(_ value: JSONValue, is kind: JSONValue.Kind, _ path: String) -> Bool {
        if value.kind == kind { return true }
        report(
            "J-TYPE", path, "\(path) must be \(kind.phrase), not \(value.kind.phrase)",
            advice: "write \(kind.phrase)", at: value)
        return false
    }

    /// A string with limits on its length in UTF-16 units, as Java counts.
    mutating func string(
        _ name: String, of object: JSONValue, _ path: String, min: Int = 0, max: Int? = nil,
        isRequired: Bool = false
    ) -> String? {
        let found =
            isRequired ? require(name, of: object, path) : member(name, of: object)
        return found.flatMap { string($0, path + "/" + name, min: min, max: max) }
    }

    mutating func string(
        _ value: JSONValue, _ path: String, min: Int = 0, max: Int? = nil
    ) -> String? {
        guard check(value, is: .string, path), let text = value.stringValue else { return nil }
        let length = text.utf16.count
        if length < min {
            report(
                "J-MINLEN", path, "\(path) must have at least \(min) characters",
                advice: "fill it in, or leave it out", at: value)
            return nil
        }
        if let max, length > max {
            report(
                "J-MAXLEN", path, "\(path) has \(length) characters, at most \(max) are allowed",
                advice: "shorten it", at: value)
            return nil
        }
        return text
    }

    mutating func bool(
        _ name: String, of object: JSONValue, _ path: String, default standard: Bool
    ) -> Bool {
        guard let value = member(name, of: object),
            check(value, is: .bool, path + "/" + name)
        else { return standard }
        return value.boolValue ?? standard
    }

    /// A number at or above `min`.
    mutating func number(
        _ name: String, of object: JSONValue, _ path: String, default standard: Double,
        min: Double = 0
    ) -> Double {
        let path = path + "/" + name
        guard let value = member(name, of: object), check(value, is: .number, path),
            let number = value.numberText.flatMap(Double.init)
        else { return standard }
        if number < min {
            report(
                "J-MIN", path, "\(path) must be at least \(Int(min))", advice: "raise it", at: value
            )
        }
        return number
    }

    /// A whole number between two bounds; `1.0` is one, `1.5` is not.
    mutating func integer(
        _ name: String, of object: JSONValue, _ path: String, default standard: Int,
        in range: ClosedRange<Int> = 0...Int(Int32.max)
    ) -> Int {
        member(name, of: object)
            .flatMap { integer($0, path + "/" + name, in: range) } ?? standard
    }

    mutating func integer(_ value: JSONValue, _ path: String, in range: ClosedRange<Int>) -> Int? {
        guard check(value, is: .number, path),
            let number = value.numberText.flatMap(Double.init)
        else { return nil }
        guard number == number.rounded(), abs(number) < 9e15 else {
            report(
                "J-INT", path, "\(path) must be a whole number", advice: "take the fraction off",
                at: value)
            return nil
        }
        let whole = Int(number)
        if whole < range.lowerBound {
            report(
                "J-MIN", path, "\(path) must be at least \(range.lowerBound)", advice: "raise it",
                at: value)
            return nil
        }
        if whole > range.upperBound {
            report(
                "J-MAX", path, "\(path) must be at most \(range.upperBound)", advice: "lower it",
                at: value)
            return nil
        }
        return whole
    }

    /// One of a set of words, in any case of letters.
    mutating func word(
        _ name: String, of object: JSONValue, _ path: String, among words: [String],
        isRequired: Bool = false
    ) -> String? {
        guard
            let text = string(name, of: object, path, isRequired: isRequired)
        else { return nil }
        if let found = words.first(where: { $0.lowercased() == text.lowercased() }) {
            return found
        }
        let path = path + "/" + name
        report(
            "J-ENUM", path, "\(path) is \"\(text)\"; it can be \(words.joined(separator: ", "))",
            advice: "write one of them", at: member(name, of: object))
        return nil
    }

    mutating func object(_ name: String, of object: JSONValue, _ path: String) -> JSONValue? {
        guard let value = member(name, of: object), check(value, is: .object, path + "/" + name)
        else { return nil }
        return value
    }

    /// The elements of an array with their paths.
    mutating func elements(
        _ name: String, of object: JSONValue, _ path: String
    ) -> [(value: JSONValue, path: String)] {
        let path = path + "/" + name
        guard let value = member(name, of: object), check(value, is: .array, path) else {
            return []
        }
        return value.elements.enumerated().map { ($1, "\(path)(\($0))") }
    }

    /// The members of a map, the last of equal names alone, with their paths.
    mutating func entries(
        _ name: String, of object: JSONValue, _ path: String
    ) -> [(name: String, value: JSONValue, path: String)] {
        let path = path + "/" + name
        guard let value = member(name, of: object), check(value, is: .object, path) else {
            return []
        }
        var entries: [(name: String, value: JSONValue, path: String)] = []
        var positions: [String: Int] = [:]
        for member in value.members {
            let entry = (member.name, member.value, "\(path)/\(member.name)")
            if let position = positions[member.name] {
                entries[position] = entry
            } else {
                positions[member.name] = entries.count
                entries.append(entry)
            }
        }
        return entries
    }
}
