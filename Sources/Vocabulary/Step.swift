/// One place that was looked at on the way to a decision, and what came of it.
public struct Step: Sendable, Hashable {
    /// What came of looking at a place.
    public enum Outcome: String, Sendable {
        /// It decided.
        case chosen
        /// It was looked at and left no mark on the decision.
        case passedOver = "passed-over"
        /// It ended the search with an error.
        case stopped
    }

    /// What was done, as a stable word: `config-file`, `credential-helper`, `exact-key`.
    public var step: String
    /// A file and JSON path, a helper, or an environment variable.
    public var place: String
    /// What came of it.
    public var outcome: Outcome
    /// Why, in words for a person; never holds a secret.
    public var because: String

    /// A step of a trace; user info in place and reason becomes `***`.
    public init(step: String, place: String, outcome: Outcome, because: String) {
        self.step = step
        self.place = redactingUserInfo(in: place)
        self.outcome = outcome
        self.because = redactingUserInfo(in: because)
    }
}
