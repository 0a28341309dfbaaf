import Vocabulary

extension CredentialRules {
    /// Rules about keys and the image.
    static let key: [FindingRule] = [
        FindingRule(
            id: "K01", severity: .error, title: "no entry for the registry",
            what: "No key stands for the image's registry.",
            why: "Docker compares hosts as text: another port, another case or another"
                + " name is another registry.",
            advice: "Store the login under the key that is wanted."),
        FindingRule(
            id: "K02", severity: .error, title: "an alias of Docker Hub",
            what: "The image is of Docker Hub, and the file has only another spelling of"
                + " its key.",
            why: "Docker looks for exactly https://index.docker.io/v1/; skopeo and Mesos"
                + " take the aliases as well.",
            advice: "Rename the key to https://index.docker.io/v1/."),
        FindingRule(
            id: "K03", severity: .error, title: "registry-1.docker.io is not the Hub",
            what: "The image names registry-1.docker.io and the login is the Hub's, or the"
                + " other way round.",
            why: "To Docker they are two registries.",
            advice: "Name the image without registry-1.docker.io."),
        FindingRule(
            id: "K04", severity: .warning, title: "a key with a namespace",
            what: "The key has a path, as podman writes it, and there is none of the host"
                + " alone.",
            why: "Docker ignores the path: the login serves every image of that host.",
            advice: "Store the login under the host alone."),
        FindingRule(
            id: "K05", severity: .error, title: "several keys for one host",
            what: "Two or more keys become the same host, and none is exactly that host.",
            why: "Docker takes the first in the random order of a Go map: the login"
                + " changes from run to run.",
            advice: "Keep one, under the host alone."),
        FindingRule(
            id: "K06", severity: .warning, title: "an empty entry hides a filled one",
            what: "The exact key is empty while another spelling of it has a login.",
            why: "The exact key wins, even if it is empty.",
            advice: "Remove the empty entry."),
        FindingRule(
            id: "K07", severity: .warning, title: "an odd URL as key",
            what: "The key has a foreign or upper-case scheme, user info, a query or an"
                + " empty port.",
            why: "Docker 26 and older do not match it, and engines with the containerd"
                + " store drop it. User info in a key is a secret that is shown.",
            advice: "Store the login under the host alone."),
        FindingRule(
            id: "K08", severity: .info, title: "a URL as key",
            what: "The key is written as http(s)://HOST or ends in /v1/ or /v2/.",
            why: "It works, as older clients wrote it. http:// does not make the pull use"
                + " http.",
            advice: "Nothing needs to change; the host alone is the current spelling."),
        FindingRule(
            id: "K09", severity: .warning, title: "more logins than needed",
            what: "The file holds logins for hosts that no image of the task uses.",
            why: "Everybody who can read the sandbox gets them.",
            advice: "Pack the needed hosts alone, as `simagent pack` does."),
        FindingRule(
            id: "K10", severity: .error, title: "no image reference",
            what: "The image's name breaks the grammar of references.",
            why: "Docker refuses it before it asks any registry.",
            advice: "Write [HOST[:PORT]/]PATH[:TAG][@DIGEST] in lower case."),
        FindingRule(
            id: "K11", severity: .error, title: "a first part that is no host",
            what: "The image's first part has neither dot nor colon, and so is a namespace"
                + " of Docker Hub.",
            why: "Docker takes a first part for a host only with a dot or colon, or if it"
                + " is localhost.",
            advice: "Write the full host name, or add its port."),
        FindingRule(
            id: "K12", severity: .warning, title: "a key that merely contains docker.io",
            what: "The key's host contains docker.io without being Docker Hub.",
            why: "The Mesos containerizer would offer that login to Docker Hub.",
            advice: "Use another host name, or leave the entry out."),
    ]
}
