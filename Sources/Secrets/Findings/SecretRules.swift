public import Vocabulary

/// The catalogue of what is said about the values of secrets.
public enum SecretRules {
    /// Every rule, by id.
    public static let all: [FindingRule] = [
        FindingRule(
            id: "S01", severity: .error, title: "the secret is not to be had",
            what: "The store does not give the value: it is not there, may not be read, or the"
                + " store does not answer.",
            why: "The agent cannot resolve the reference, and the task fails before the pull.",
            advice: "Put the secret into the store under the \"source\" of the definition."),
        FindingRule(
            id: "S02", severity: .error, title: "the pull secret is no Docker config",
            what: "The value of a pullConfig secret is not the text of a config.json.",
            why: "Mesos parses the value as it stands; it decodes no base64 and no archive.",
            advice: "Store the text of a config.json with {\"auths\": {HOST: {\"auth\": …}}}."),
        FindingRule(
            id: "S03", severity: .warning, title: "others may read the secret",
            what: "The file of a secret in a directory store is readable by group or others.",
            why: "Every user of the machine can take the login.",
            advice: "chmod 600 the file."),
    ]
}
