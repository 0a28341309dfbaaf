public import Vocabulary

/// The catalogue of everything that this library can say about a definition.
public enum DefinitionRules {
    /// Every rule: what Marathon refuses, then what is worth knowing though it accepts it.
    public static let all = shape + apps + shared + podsAndGroups + lints

    /// The severity of a rule, as the catalogue has it.
    static func severity(of id: String) -> Severity {
        severities[id] ?? .warning
    }

    static func rule(
        _ id: String, _ severity: Severity, _ title: String, what: String, why: String,
        advice: String
    ) -> FindingRule {
        FindingRule(
            id: id, severity: severity, title: title, what: what, why: why, advice: advice)
    }

    private static let severities = Dictionary(
        lints.map { ($0.id, $0.severity) }, uniquingKeysWith: { first, _ in first })
}
