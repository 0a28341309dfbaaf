import LocatedJSON

/// What Marathon refuses, collected; paths get the prefix of the definition that is looked at.
struct ViolationList {
    private(set) var violations: [Violation] = []
    /// What stands before every path: `[1]` for the second app of an array.
    var prefix = ""

    var count: Int { violations.count }

    mutating func add(
        _ id: String, _ path: String, _ message: String, _ advice: String, at value: JSONValue?
    ) {
        violations.append(
            Violation(
                id: id, path: prefix + path, message: message, advice: advice,
                location: value?.location))
    }

    mutating func append(_ more: [Violation]) {
        violations += more
    }

    mutating func featureSecrets(_ path: String, at value: JSONValue?) {
        add(
            "FEATURE-SECRETS", path, "the feature \"secrets\" is not enabled",
            "start Marathon with --enable_features secrets", at: value)
    }
}
