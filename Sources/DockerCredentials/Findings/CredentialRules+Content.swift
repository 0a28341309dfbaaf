import Vocabulary

extension CredentialRules {
    /// Rules about a file's content.
    static let content: [FindingRule] = [
        FindingRule(
            id: "C01", severity: .error, title: "byte order mark",
            what: "The file begins with the bytes EF BB BF.",
            why: "Docker fails to parse it, prints one warning and pulls anonymously.",
            advice: "Save it as UTF-8 without a byte order mark."),
        FindingRule(
            id: "C02", severity: .error, title: "UTF-16",
            what: "The file begins with FF FE or FE FF, or every second byte is NUL.",
            why: "PowerShell's > writes UTF-16; Docker cannot parse it and pulls"
                + " anonymously.",
            advice: "Save it as UTF-8 without a byte order mark."),
        FindingRule(
            id: "C03", severity: .error, title: "not JSON",
            what: "The text breaks the grammar of JSON.",
            why: "Docker prints one warning and pulls anonymously; skopeo, oras and Mesos"
                + " stop.",
            advice: "Mend the place that is named, or write the file anew with docker login."),
        FindingRule(
            id: "C04", severity: .warning, title: "text behind the value",
            what: "Something that is no blank follows the first JSON value.",
            why: "Docker and oras ignore it; skopeo and Mesos refuse the file.",
            advice: "Remove what follows the closing brace."),
        FindingRule(
            id: "C05", severity: .error, title: "empty file",
            what: "The file is empty, or holds blanks alone.",
            why: "Docker 20.10 and newer take it for an empty configuration, older ones"
                + " warn; there is no login either way.",
            advice: "Log in, and pack again."),
        FindingRule(
            id: "C06", severity: .error, title: "not an object",
            what: "The top level is an array, a string or a number.",
            why: "Docker cannot decode it and pulls anonymously.",
            advice: "The file must hold an object: {\"auths\": {...}}."),
        FindingRule(
            id: "C07", severity: .error, title: "a wrong type",
            what: "A field that Docker knows has a value of the wrong type.",
            why: "One wrong type anywhere, and Docker decodes no auth of the whole file:"
                + " every pull is anonymous.",
            advice: "Correct the field that is named."),
        FindingRule(
            id: "C08", severity: .error, title: ".dockercfg layout in config.json",
            what: "The entries stand at the top level, without auths around them.",
            why: "Docker sees unknown fields only and pulls anonymously, without a word.",
            advice: "Put {\"auths\": ...} around the content."),
        FindingRule(
            id: "C09", severity: .error, title: "config.json layout in .dockercfg",
            what: "A .dockercfg holds auths.",
            why: "Docker reads it as one useless entry named auths, or refuses it.",
            advice: "Move it to .docker/config.json."),
        FindingRule(
            id: "C10", severity: .error, title: "the oldest layout",
            what: "The file has two lines, auth = ... and email = ....",
            why: "It holds for Docker Hub alone, in .dockercfg alone, and up to Docker"
                + " 20.10 alone.",
            advice: "Log in, and pack .docker/config.json."),
        FindingRule(
            id: "C11", severity: .warning, title: "a name that occurs twice",
            what: "A field or a key stands more than once, exactly or in other case.",
            why: "The last one counts. Docker merges a second auths, oras and Mesos do"
                + " not.",
            advice: "Keep one of them."),
        FindingRule(
            id: "C12", severity: .warning, title: "a name in other case",
            what: "A field differs from a known one by case alone: Auths, AUTH, credsstore.",
            why: "Docker accepts it; Mesos and, at the top level, oras do not.",
            advice: "Write the name as Docker does."),
        FindingRule(
            id: "C13", severity: .error, title: "a name that is almost right",
            what: "A field is spelt almost like a known one: credStore, credHelper, auth at"
                + " the top level.",
            why: "An unknown field is ignored without a word.",
            advice: "Correct the name."),
        FindingRule(
            id: "C14", severity: .error, title: "no credentials",
            what: "The file, or the entry that is wanted, holds no login.",
            why: "An empty entry is what docker login leaves behind when the login went"
                + " into a keychain.",
            advice: "Log in with an empty credsStore, and pack again."),
        FindingRule(
            id: "C15", severity: .warning, title: "a secret that nobody reads",
            what: "An entry carries a password beside auth, or a field such as token.",
            why: "No client reads it; it only travels along.",
            advice: "Remove the field."),
        FindingRule(
            id: "C16", severity: .error, title: "another entry is broken",
            what: "The auth of an entry that is not wanted cannot be decoded.",
            why: "Docker stops decoding at it, and walks the entries in random order: the"
                + " login that is wanted works in some runs and not in others.",
            advice: "Mend or remove the broken entry."),
    ]
}
