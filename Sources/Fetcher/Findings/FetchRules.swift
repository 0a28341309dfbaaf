public import Vocabulary

/// The catalogue of what can be said about fetching: failures, and what Mesos does otherwise.
public enum FetchRules {
    /// All rules.
    public static let all: [FindingRule] = failures + requests + versions + archives + cache

    private static let failures = [
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
            id: "F21", severity: .info, title: "an error's page that Mesos leaves in the sandbox",
            what: "A server answered with an error.",
            why: "Mesos writes the page under the artifact's name before it looks at the status.",
            advice: "Do not take a file in the sandbox of a failed task for the artifact."),
    ]

    private static let requests = [
        FindingRule(
            id: "F10", severity: .warning, title: "a result that depends on the order",
            what: "What comes out of an archive has the name of another artifact or member.",
            why:
                "Since 0.23 Mesos fetches in the order of a hash table: whichever comes last stays.",
            advice: "Give one of them another name, or put both into one archive."),
        FindingRule(
            id: "F11", severity: .info, title: "artifacts that Mesos takes for one",
            what: "Two requests are equal, or differ in \"cache\" alone.",
            why: "Mesos fetches such a URI once; which \"cache\" counts is the last one's.",
            advice: "Name it once."),
        FindingRule(
            id: "F12", severity: .warning, title: "a path that begins with localhost",
            what: "A URI without a scheme begins with the letters localhost.",
            why: "Since 1.5 Mesos cuts them off, whatever follows, and reads another path.",
            advice: "Write an absolute path, or file:///PATH."),
        FindingRule(
            id: "F13", severity: .warning, title: "a scheme that Mesos does not know as written",
            what: "A URI has a scheme with capitals, or one that old versions do not know.",
            why:
                "Mesos compares schemes with their case: HTTP:// goes to the Hadoop client, and"
                + " before 0.22 an unknown scheme was taken for a path.",
            advice: "Write the scheme in small letters."),
        FindingRule(
            id: "F14", severity: .warning, title: "a URI that begins with a blank",
            what: "The URI has blanks, tabs or line ends in front.",
            why:
                "Before 0.24 Mesos took them for a part of the URI; later they keep it out of the"
                + " cache, and a path keeps them in the file's name.",
            advice: "Take the blanks out."),
        FindingRule(
            id: "F16", severity: .warning, title: "an artifact in the place of a log",
            what: "An artifact or a member of an archive is called stdout or stderr.",
            why: "The fetcher's and the task's output go to these files: one destroys the other.",
            advice: "Give it another name."),
        FindingRule(
            id: "F20", severity: .warning, title: "a file that Mesos would not replace",
            what: "A download's target exists already.",
            why:
                "Mesos writes over it without cutting it off: a longer file keeps its tail, and"
                + " gunzip appends.",
            advice: "Give every artifact a name of its own."),
        FindingRule(
            id: "F34", severity: .warning, title: "an artifact for Hadoop's client",
            what: "A URI of HDFS or an object store was fetched without Hadoop's client.",
            why:
                "Mesos has no other way to it: on an agent without the client, or without its"
                + " configuration, the task fails.",
            advice: "Install the client on every agent, or give the artifact an https address."),
        FindingRule(
            id: "F35", severity: .warning, title: "a redirect that leaves HTTPS",
            what: "The server of an https address sends to a plain http one.",
            why:
                "Whoever stands between can read the artifact and change it; Mesos follows without"
                + " a word.",
            advice: "Name an address that stays with HTTPS."),
        FindingRule(
            id: "F23", severity: .warning, title: "a secret in a URI",
            what: "A URI holds a password, a token or a signature.",
            why:
                "Mesos writes all URIs to the sandbox's stderr, and on failure to the agent's log.",
            advice: "Use URIs without a login, or short-lived signatures."),
    ]

    private static let versions = [
        FindingRule(
            id: "F15", severity: .error, title: "an output file that Mesos ignores",
            what: "The request names an output file, and the chosen Mesos is older than 1.0.",
            why: "The file gets the last part of the URI as its name.",
            advice: "Rename the file at its source, or use a newer Mesos."),
        FindingRule(
            id: "F19", severity: .warning, title: "an archive that Mesos does not unpack",
            what: "The chosen Mesos does not know this suffix: .gz before 0.26, .tar before 0.27.",
            why: "The file is copied, and what should come out of it is missing.",
            advice: "Make it a .tar.gz."),
        FindingRule(
            id: "F22", severity: .warning, title: "a download that may hang for ever",
            what: "The chosen Mesos has no stall timeout (before 1.4.3, 1.5.2, 1.6.0).",
            why: "A server that stops to send leaves the task in FETCHING (MESOS-8620).",
            advice: "Use a newer Mesos."),
        FindingRule(
            id: "F29", severity: .error, title: "FTP that never succeeds",
            what: "The chosen Mesos is older than 0.24, and the URI is ftp or ftps.",
            why: "It waits for reply 200, which no FTP server gives at the end of a download.",
            advice: "Serve the file over HTTP."),
        FindingRule(
            id: "F30", severity: .warning, title: "a file that is read with the agent's rights",
            what: "The chosen Mesos is older than 1.0, and a local file is fetched for a user.",
            why: "Any task reads what the agent may read, and owns the copy.",
            advice: "Use a newer Mesos."),
    ]

    private static let archives = [
        FindingRule(
            id: "F27", severity: .error, title: "a member's name that Mesos cannot write",
            what: "A member's name is not ASCII, and the chosen Mesos unpacks by libarchive (1.7).",
            why:
                "It runs in the C locale: a pax tar or zip fails, another tar ends the fetcher"
                + " (MESOS-9393).",
            advice: "Give the member a name of ASCII letters."),
        FindingRule(
            id: "F28", severity: .warning, title: "a member that Mesos would unpack",
            what: "A member was refused here that the chosen Mesos does not refuse.",
            why: "libarchive as Mesos uses it follows links out of the sandbox.",
            advice: "Take the member out: it writes where it should not."),
        FindingRule(
            id: "F32", severity: .warning, title: "an empty file that Mesos takes for an archive",
            what: "A file of no bytes has an archive's name.",
            why: "Since 1.7 Mesos unpacks nothing from it and goes on without what was meant.",
            advice: "See why the file is empty."),
    ]

    private static let cache = [
        FindingRule(
            id: "F17", severity: .warning, title: "an archive told by another name",
            what: "With \"cache\" the URI's name decides what is unpacked, else the output file's.",
            why: "The same request leaves other files in the sandbox once it is cached, or not.",
            advice: "Let the URI and the output file end alike."),
        FindingRule(
            id: "F18", severity: .warning, title: "a gzip file that gets the cache's name",
            what: "A bare .gz file goes through the cache and is unpacked.",
            why: "Mesos calls the result cN-NAME after its cached file, and leaves the .gz out.",
            advice: "Do not cache it, or make it a .tar.gz."),
        FindingRule(
            id: "F24", severity: .info, title: "an artifact that is not cached",
            what: "A cached artifact has no known size, is too large, or cannot be asked about.",
            why: "Mesos fetches it directly into the sandbox, for every task anew.",
            advice: "Let the server tell the length, and see --fetcher-cache-size."),
        FindingRule(
            id: "F25", severity: .info, title: "a change that Mesos would not notice",
            what: "The content behind a cached URI has changed.",
            why: "Mesos never asks again: tasks get the old content until it is evicted.",
            advice: "Give a new content a new URI."),
        FindingRule(
            id: "F26", severity: .warning, title: "a login in a cache that everybody can read",
            what: "An artifact with \"cache\" has a name that a login usually has.",
            why: "Mesos' cached files are readable by every user of the agent (MESOS-7298).",
            advice: "Do not cache it."),
        FindingRule(
            id: "F31", severity: .info, title: "a cache that Mesos does not have",
            what: "The request says \"cache\", and the chosen Mesos is older than 0.23.",
            why: "It is ignored: every task downloads anew.",
            advice: "Leave it out, or use a newer Mesos."),
        FindingRule(
            id: "F33", severity: .error, title: "a cached URI that stops the agent",
            what: "One URI stands in a request several times, with \"cache\".",
            why:
                "Before 1.8 the task waits for itself for ever (MESOS-9172); later the agent keeps"
                + " the entry for ever, or ends where the size is not known.",
            advice: "Name it once, or cache none of them."),
    ]
}
