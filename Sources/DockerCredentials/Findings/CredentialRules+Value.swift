import Vocabulary

extension CredentialRules {
    /// Rules about the value of an entry.
    static let value: [FindingRule] = [
        FindingRule(
            id: "V01", severity: .error, title: "plain text in auth",
            what: "auth holds user:password as it is.",
            why: "Docker expects base64 and stops decoding the file's entries.",
            advice: "Write base64 of user:password."),
        FindingRule(
            id: "V02", severity: .error, title: "wrong padding",
            what: "The length of auth is no multiple of four, or there are too many equals"
                + " signs.",
            why: "Docker's decoder insists on the padding.",
            advice: "Encode again, and copy all of it."),
        FindingRule(
            id: "V03", severity: .error, title: "white space in auth",
            what: "auth holds a blank, a tab or a no-break space.",
            why: "Docker's decoder passes over line ends alone.",
            advice: "Remove the white space."),
        FindingRule(
            id: "V04", severity: .error, title: "URL-safe base64",
            what: "auth holds - or _.",
            why: "Docker decodes the standard alphabet, with + and /.",
            advice: "Encode with the standard alphabet."),
        FindingRule(
            id: "V05", severity: .warning, title: "a line end in auth",
            what: "auth is broken over lines, as base64 does without -w0.",
            why: "Docker accepts it; the Mesos containerizer would send a broken header.",
            advice: "Encode with base64 -w0."),
        FindingRule(
            id: "V06", severity: .error, title: "a password that ends in a line end",
            what: "The decoded password ends in LF or CR.",
            why: "echo without -n adds it, nothing removes it, and the registry refuses"
                + " the login.",
            advice: "Encode with: printf %s 'user:password' | base64 -w0"),
        FindingRule(
            id: "V07", severity: .error, title: "no colon",
            what: "The decoded auth has no colon.",
            why: "Docker cannot split it into user and password and stops decoding.",
            advice: "Encode user:password, not the token alone."),
        FindingRule(
            id: "V08", severity: .error, title: "no user",
            what: "The decoded auth begins with the colon.",
            why: "Docker 23 and newer refuse it, older ones pull anonymously.",
            advice: "Put the user in front of the colon."),
        FindingRule(
            id: "V09", severity: .error, title: "no password",
            what: "The password is empty, and there is no token.",
            why: "Docker's engine sends a login only if user and password are both there.",
            advice: "Log in again, and pack again."),
        FindingRule(
            id: "V10", severity: .warning, title: "blanks or control characters",
            what: "User or password begins or ends with a blank, or holds a control"
                + " character.",
            why: "Nothing is trimmed: the registry gets it as it is. NUL bytes are cut"
                + " from the password's ends.",
            advice: "Encode again without them."),
        FindingRule(
            id: "V11", severity: .error, title: "not UTF-8",
            what: "User or password is not valid UTF-8.",
            why: "Docker sends it as JSON, where every such byte becomes U+FFFD: the"
                + " registry refuses the login.",
            advice: "Use a password of ASCII or UTF-8."),
        FindingRule(
            id: "V12", severity: .error, title: "encoded twice",
            what: "The decoded auth is base64 of a login once more.",
            why: "Docker finds no colon, or sends the wrong password.",
            advice: "Encode once."),
        FindingRule(
            id: "V13", severity: .warning, title: "identity token",
            what: "The entry holds an identitytoken.",
            why: "It needs a token server: it does not serve the Mesos containerizer, nor"
                + " a registry that asks for Basic.",
            advice: "Use a user and a password or token where either matters."),
        FindingRule(
            id: "V14", severity: .warning, title: "registry token",
            what: "The entry holds a registrytoken.",
            why: "Such a token lives for minutes, and hides user and password beside it.",
            advice: "Use a user and a password or token."),
        FindingRule(
            id: "V15", severity: .warning, title: "plain username and password",
            what: "The entry has username and password, and no auth.",
            why: "Docker before 19.03.6, skopeo, podman and Mesos ignore them.",
            advice: "Write base64 of user:password into auth."),
        FindingRule(
            id: "V16", severity: .warning, title: "<token> as user",
            what: "The user is <token>.",
            why: "It has a meaning in a helper's answer alone; from a file it is sent as a"
                + " user's name.",
            advice: "Write the token as identitytoken."),
        FindingRule(
            id: "V17", severity: .error, title: "a sample value",
            what: "The login is a placeholder from documentation.",
            why: "No registry takes it.",
            advice: "Put the real login in."),
        FindingRule(
            id: "V18", severity: .info, title: "one login for several hosts",
            what: "Several keys have the same auth.",
            why: "It is right for aliases of one registry; else one leak opens all of"
                + " them.",
            advice: "Use a login of its own for each registry."),
    ]
}
