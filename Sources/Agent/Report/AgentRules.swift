public import Vocabulary

/// The catalogue of what an agent meets that no rule about definitions or logins foretells.
public enum AgentRules {
    /// All rules; those about fetching are the fetcher's, those about secrets the secret store's.
    public static let all: [FindingRule] = [
        FindingRule(
            id: "M01", severity: .info, title: "versions that do not run together",
            what: "The chosen Mesos would not start with the chosen Docker.",
            why: "An agent looks at Docker's version when it starts, and stops for one too old.",
            advice: "Choose the versions that the cluster really has.")
    ]
}
