/// One thing that a person should know about a definition, an archive, a file or a login.
///
/// Findings are data: every rendering (text, JSON, SARIF) is made from this value, and the rule
/// behind ``id`` is explained by the ``FindingRule`` of the same id.
public struct Finding: Sendable, Hashable {
    /// The rule's stable id, `K01` or `L-SPACE`; unique over all catalogues.
    public var id: String
    /// How much it matters here; a rule may speak with more than one severity.
    public var severity: Severity
    /// The JSON path in the definition, `/container/docker/image`, where there is one.
    public var path: String?
    /// Where in which file, where there is one.
    public var place: Place?
    /// One sentence that says what is the case; never holds a secret.
    public var message: String
    /// One sentence: what to do.
    public var advice: String

    /// A finding of the rule `id`; user info in message and advice becomes `***`.
    public init(
        id: String, severity: Severity, path: String? = nil, place: Place? = nil,
        message: String, advice: String
    ) {
        self.id = id
        self.severity = severity
        self.path = path
        self.place = place
        self.message = redactingUserInfo(in: message)
        self.advice = redactingUserInfo(in: advice)
    }
}
