import LocatedJSON

/// Holds a value against its shape and collects every fault and every unknown member.
///
/// Mirrors the readers that Marathon's type generator makes (`ObjectVisitor`, `FieldVisitor`,
/// `UnionVisitor`): unknown members are ignored, `null` is an absent member, of equal names the
/// last counts. It is stricter in one point: what is no object where one is wanted is `J-TYPE`,
/// where Marathon reads an empty object.
struct ShapeCheck {
    /// A member that no shape knows, and the names that could stand there.
    struct Unknown {
        let path: String
        let name: JSONValue
        let candidates: [String]
    }

    private(set) var violations: [Violation] = []
    private(set) var unknown: [Unknown] = []
    /// Names that are passed over in silence at the top of what is checked.
    var ignoredNames: Set<String> = []

    mutating func check(_ value: JSONValue, _ shape: Shape, _ path: String) {
        switch shape {
        case .any: break
        case .bool: _ = has(value, .bool, path)
        case .string(let min, let max): checkString(value, min, max, path)
        case .pattern(let pattern): checkPattern(value, pattern, path)
        case .number(let range): checkNumber(value, range, path)
        case .integer(let range): checkInteger(value, range, path)
        case .word(let words): checkWord(value, words, path)
        case .literal(let word): checkLiteral(value, word, path)
        case .array(let element, let min): checkArray(value, element, min, path)
        case .map(let shape, let names): checkMap(value, shape, names, path)
        case .object(let object): checkObject(value, object, path)
        case .stringOr(let object):
            if value.kind != .string { checkObject(value, object, path) }
        case .wordOr(let words, let object):
            if value.kind == .string {
                checkWord(value, words, path)
            } else {
                checkObject(value, object, path)
            }
        case .union(let alternatives): checkUnion(value, alternatives, path)
        }
    }

    /// Whether a value has no fault of shape.
    static func fits(_ value: JSONValue, _ shape: ObjectShape) -> Bool {
        var check = ShapeCheck()
        check.checkObject(value, shape, "")
        return check.violations.isEmpty
    }

    /// The members of an object by name in their order: the last of equal names, `null` left out.
    static func members(of object: JSONValue) -> [JSONMember] {
        entries(of: object).filter { $0.value.kind != .null }
    }

    /// The entries of a map in their order, the last of equal names; `null` is a value like any
    /// other here, for no member of a type is absent.
    private static func entries(of object: JSONValue) -> [JSONMember] {
        var members: [JSONMember] = []
        var positions: [String: Int] = [:]
        for member in object.members {
            if let position = positions.updateValue(members.count, forKey: member.name) {
                members[position] = member
                positions[member.name] = position
            } else {
                members.append(member)
            }
        }
        return members
    }

    private mutating func checkObject(_ value: JSONValue, _ shape: ObjectShape, _ path: String) {
        guard has(value, .object, path) else { return }
        let ignored = ignoredNames
        ignoredNames = []
        let members = Self.members(of: value)
        for member in members {
            let name = member.name
            if let field = shape[name] {
                check(member.value, field.shape, path + "/" + name)
            } else if !ignored.contains(name) {
                unknown.append(
                    Unknown(
                        path: path + "/" + name, name: member.nameValue,
                        candidates: shape.fields.map(\.name)))
            }
        }
        for field in shape.fields
        where field.isRequired && !members.contains(where: { $0.name == field.name }) {
            report(
                "J-MISSING", path + "/" + field.name, "\"\(field.name)\" is missing",
                advice: "add \"\(field.name)\"", at: value)
        }
    }

    private mutating func checkUnion(
        _ value: JSONValue, _ alternatives: [ObjectShape], _ path: String
    ) {
        var last = ShapeCheck()
        for alternative in alternatives {
            last = ShapeCheck()
            last.checkObject(value, alternative, path)
            if last.violations.isEmpty { break }
        }
        violations += last.violations
        // A name that another alternative knows is no slip.
        let names = alternatives.flatMap { $0.fields.map(\.name) }
        for unknown in last.unknown {
            let isOfThisObject = unknown.path == path + "/" + (unknown.name.stringValue ?? "")
            if !isOfThisObject {
                self.unknown.append(unknown)
            } else if !names.contains(unknown.name.stringValue ?? "") {
                self.unknown.append(
                    Unknown(path: unknown.path, name: unknown.name, candidates: names))
            }
        }
    }

    private mutating func checkArray(
        _ value: JSONValue, _ element: Shape, _ min: Int, _ path: String
    ) {
        guard has(value, .array, path) else { return }
        var count = 0
        for item in value.elements {
            check(item, element, "\(path)(\(count))")
            count += 1
        }
        if count < min {
            report(
                "J-MINITEMS", path, "\(path) must have at least \(min) element",
                advice: "add one", at: value)
        }
    }

    private mutating func checkMap(
        _ value: JSONValue, _ shape: Shape, _ names: TextPattern?, _ path: String
    ) {
        guard has(value, .object, path) else { return }
        for member in Self.entries(of: value) {
            let name = member.name
            if let names, !names.matches(name) {
                report(
                    "J-PATTERN", path + "/" + name, "\"\(shown(name))\" is not \(names.phrase)",
                    advice: names.advice, at: member.nameValue)
            }
            check(member.value, shape, path + "/" + name)
        }
    }

    mutating func has(_ value: JSONValue, _ kind: JSONValue.Kind, _ path: String) -> Bool {
        if value.kind == kind { return true }
        let subject = path.isEmpty ? "the definition" : path
        report(
            "J-TYPE", path.isEmpty ? "/" : path,
            "\(subject) must be \(kind.phrase), not \(value.kind.phrase)",
            advice: "write \(kind.phrase)", at: value)
        return false
    }

    mutating func report(
        _ id: String, _ path: String, _ message: String, advice: String, at value: JSONValue?
    ) {
        violations.append(
            Violation(
                id: id, path: path, message: message, advice: advice, location: value?.location))
    }
}

/// A text of the author's in a message, cut to what a line bears.
func shown(_ text: String) -> String {
    text.unicodeScalars.count <= 80 ? text : String(text.unicodeScalars.prefix(77)) + "..."
}
