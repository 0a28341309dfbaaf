import Vocabulary

extension CredentialRules {
    /// Rules about credential helpers.
    static let helper: [FindingRule] = [
        FindingRule(
            id: "H01", severity: .error, title: "the login is in a keychain",
            what: "credsStore is set, its helper is not on the agent, and the file has no"
                + " login for the key.",
            why: "The secret stayed in the keychain of the machine where the file was"
                + " made.",
            advice: "Log in with an empty credsStore and pack again, or use `simagent pack"
                + " --resolve-helpers`."),
        FindingRule(
            id: "H02", severity: .warning, title: "credsStore beside a login",
            what: "credsStore is set, and the file has a login for the key as well.",
            why: "Docker up to 28 falls back to the file if the helper is missing, 29 and"
                + " newer fail; a helper that knows nothing hides the file's login.",
            advice: "Take credsStore out of the file."),
        FindingRule(
            id: "H03", severity: .error, title: "a helper that is missing",
            what: "credHelpers names a program for the key that is not on the agent's PATH.",
            why: "Docker 29 and newer stop; older ones use what the file has, which is"
                + " most often nothing.",
            advice: "Install the helper on every agent, or pack a plain login."),
        FindingRule(
            id: "H04", severity: .warning, title: "a credHelpers key that never matches",
            what: "A key of credHelpers has a scheme or a path, or is docker.io or"
                + " index.docker.io.",
            why: "credHelpers keys are compared as they are written: the host alone, or"
                + " https://index.docker.io/v1/ for the Hub.",
            advice: "Use the host, or the Hub's full key."),
        FindingRule(
            id: "H05", severity: .error, title: "a helper's suffix that is no name",
            what: "The suffix holds a slash, a blank, .. or NUL; or it is empty for a key"
                + " and so switches credsStore off.",
            why: "The suffix becomes part of a program's name: with a slash it would run a"
                + " program of the working directory.",
            advice: "Use the suffix of docker-credential-SUFFIX, or remove the line."),
        FindingRule(
            id: "H06", severity: .info, title: "ecr-login",
            what: "The helper for the key is ecr-login.",
            why: "It needs AWS credentials in the agent's environment, and answers every"
                + " fault with not found: the pull is then anonymous.",
            advice: "Give the agent AWS credentials, and look into the helper's log on"
                + " trouble."),
    ]
}
