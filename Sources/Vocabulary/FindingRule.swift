/// What a finding's id means: one entry of a library's catalogue.
public struct FindingRule: Sendable, Hashable {
    /// The stable id.
    public let id: String
    /// The severity with which it usually speaks.
    public let severity: Severity
    /// A few words.
    public let title: String
    /// What the rule looks for.
    public let what: String
    /// Why it matters: what the real program does.
    public let why: String
    /// What to do about it.
    public let advice: String

    /// The rule of `id` in words.
    public init(
        id: String, severity: Severity, title: String, what: String, why: String, advice: String
    ) {
        self.id = id
        self.severity = severity
        self.title = title
        self.what = what
        self.why = why
        self.advice = advice
    }
}
