public import Vocabulary

/// The catalogue of what an agent meets that no rule about definitions or logins foretells.
public enum AgentRules {
    /// All rules: fetching and versions; those about secrets are the secret store's.
    public static let all: [FindingRule] = [
        FindingRule(
            id: "F01", severity: .error, title: "a URI that cannot be fetched",
            what:
                "The fetcher got no file: the host does not answer, refuses, or has no such file.",
            why: "Mesos fetches before it starts the container; one URI that fails fails the task.",
            advice: "Try the URI from an agent, and correct it or give the agent what it needs."),
        FindingRule(
            id: "F02", severity: .error, title: "an archive that cannot be unpacked",
            what: "A fetched file is damaged, is no archive, or has a member that is refused.",
            why:
                "Mesos fails the task where tar or unzip fails; a member that leaves the sandbox is"
                + " an attack or a mistake.",
            advice: "Pack it again, and look at what was really downloaded."),
        FindingRule(
            id: "M01", severity: .info, title: "versions that do not run together",
            what: "The chosen Mesos would not start with the chosen Docker.",
            why: "An agent looks at Docker's version when it starts, and stops for one too old.",
            advice: "Choose the versions that the cluster really has."),
    ]
}
