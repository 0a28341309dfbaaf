public import Vocabulary

/// The catalogue of findings about archives, credentials files, keys and logins.
///
/// The ids are those of the detectors in this library: a letter for the room (archive, content,
/// helper, value, key, provider) and two digits.
public enum CredentialRules {
    /// All rules, by id.
    public static let all: [FindingRule] = archive + content + helper + value + key + provider

    private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

    /// The rule of that id, as it is written or in lower case.
    public static func rule(_ id: String) -> FindingRule? {
        byID[id.uppercased()]
    }
}
