import LocatedJSON
public import Vocabulary

/// Gathers the findings about one file; severity and advice are the rule's unless told otherwise.
struct FindingSink {
    /// The file's name for a person.
    let file: String
    private(set) var findings: [Finding] = []
    /// Keys that a finding names as the one that was meant; they are no login too many.
    private(set) var accusedKeys: Set<String> = []

    init(file: String) {
        self.file = file
    }

    /// Adds a finding of the rule `id`.
    mutating func add(
        _ id: String, at location: JSONLocation? = nil, severity: Severity? = nil,
        _ message: String, advice: String? = nil
    ) {
        let rule = CredentialRules.rule(id)
        findings.append(
            Finding(
                id: id, severity: severity ?? rule?.severity ?? .error,
                place: Place(file: file, line: location?.line, column: location?.column),
                message: message.terminalSafe,
                advice: (advice ?? rule?.advice.asClause ?? "").terminalSafe))
    }

    /// Marks a key as the one that was meant.
    mutating func accuse(_ key: String?) {
        if let key { accusedKeys.insert(key) }
    }

    /// Whether a rule of that id spoke.
    func has(_ id: String) -> Bool {
        findings.contains { $0.id == id }
    }
}

extension Sequence<Finding> {
    /// Errors first, then warnings, then notes; within one severity the order is kept, which is
    /// that of cause and effect.
    public var byWeight: [Finding] {
        Severity.allCases.reversed().flatMap { severity in filter { $0.severity == severity } }
    }
}

extension String {
    /// A sentence of the catalogue as it stands behind a message: small letter, no full stop.
    var asClause: String {
        let body = hasSuffix(".") ? dropLast() : self[...]
        return body.prefix(1).lowercased() + body.dropFirst()
    }
}
