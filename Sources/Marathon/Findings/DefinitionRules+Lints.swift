import Vocabulary

extension DefinitionRules {
    /// What Marathon accepts and is worth knowing.
    static let lints: [FindingRule] = [
        rule(
            "L-UNKNOWN-FIELD", .warning, "an unknown member",
            what: "A member that Marathon does not know at this place.",
            why:
                "Marathon drops it without a word: a misspelt pullConfig gives a valid app that"
                + " pulls anonymously.",
            advice: "write the name that is proposed"),
        rule(
            "L-WRAPPED", .warning, "an answer of GET",
            what: "The definition is wrapped in app or apps.",
            why: "Marathon gives this form and does not take it.",
            advice: "send what is inside of it"),
        rule(
            "L-GROUP-PODS-IGNORED", .warning, "pods in a group",
            what: "A group has pods.",
            why: "They are no member of a group's update: Marathon drops them without a word.",
            advice: "send each to /v2/pods"),
        rule(
            "L-DEPRECATED-URIS", .info, "the deprecated uris",
            what: "uris is not empty.",
            why: "Marathon moves it to fetch and guesses what to unpack by the suffix.",
            advice: "write fetch"),
        rule(
            "L-LEGACY-DOCKERCFG", .warning, "a login of the old kind",
            what: "A file called .dockercfg is fetched.",
            why: "Docker before 23.0 alone reads it.",
            advice: "fetch a docker.tar.gz with .docker/config.json"),
        rule(
            "L-LOCAL-FILE", .info, "a file of the agent",
            what: "A URI names a file of the agent.",
            why: "The task fails on every agent that does not have it.",
            advice: "copy it to all agents, or serve it over HTTP"),
        rule(
            "L-QUERY-BASENAME", .error, "an archive saved under a name with its query",
            what: "The path of a URI ends like an archive, but a query follows.",
            why:
                "The fetcher saves it with the query in its name, sees no archive, and does not"
                + " unpack it; no error follows.",
            advice: "add a destPath that ends like the archive"),
        rule(
            "L-EXPIRING-URL", .warning, "a URI that expires",
            what: "A URI has a query that looks like a signature with an end.",
            why: "A task that starts later fails to fetch it.",
            advice: "use a URI that lasts"),
        rule(
            "L-NOT-ARCHIVE", .info, "nothing to unpack",
            what: "extract is true and the name has no archive's suffix.",
            why: "The file is copied as it is, without an error.",
            advice: "write extract: false to say so"),
        rule(
            "L-URI-SYNTAX-POD", .warning, "no URI in a pod",
            what: "An artifact of a pod does not parse as a URI.",
            why: "Marathon does not look at it for pods; the fetch may fail.",
            advice: "escape such characters as %XX"),
        rule(
            "L-FETCHER-CHARS", .error, "a URI or path that the fetcher refuses",
            what:
                "A backslash, a quote or NUL in a URI, a URI without a path, an absolute"
                + " destPath or one with two dots.",
            why: "Marathon accepts it and the task fails on the agent.",
            advice: "write it as is told"),
        rule(
            "L-COLLISION", .error, "two files under one name",
            what: "Two artifacts of a task are written to one place.",
            why: "The second overwrites the first, or the fetch fails.",
            advice: "give one of them a destPath of its own"),
        rule(
            "L-VERSION", .warning, "not known to the chosen versions",
            what: "The definition uses what the chosen Mesos or Docker does not know.",
            why: "An older agent ignores it without a word, or does not start at all.",
            advice: "choose the versions that the cluster has, or write it for them"),
        rule(
            "L-MECHANISM", .error, "a login by a route that is not read",
            what:
                "A Mesos container fetches a login, or a Docker container has secrets that"
                + " nothing uses.",
            why: "Each containerizer reads logins from one place alone; the pull is anonymous.",
            advice: "use the route of the containerizer"),
        rule(
            "L-PATH-AS-KEY", .error, "a path where a key belongs",
            what: "A secret is named by its source.",
            why: "References are keys of secrets; Mesos gets the key as the secret's name.",
            advice: "write the key"),
        rule(
            "L-SPACE", .error, "a secret out of reach",
            what: "The source of a secret is outside the space of the service.",
            why: "DC/OS refuses the definition or the secret.",
            advice: "keep it under a prefix of the service's id, or at the top"),
        rule(
            "L-SECRET-UNUSED", .info, "a secret that nothing uses",
            what: "A key of secrets is used nowhere.",
            why: "Marathon accepts it; often a use is misspelt.",
            advice: "use it, or leave it out"),
        rule(
            "L-NO-PLUGIN", .info, "secrets need more than Marathon",
            what: "The definition uses secrets.",
            why:
                "Marathon puts no secret into a task, and a stock Mesos agent refuses"
                + " references to them.",
            advice: "run a plugin that resolves secrets, or agents with a secret resolver module"),
        rule(
            "L-SECRET-VOLUME-DOCKER", .warning, "a secret file with Docker",
            what: "A Docker container has a volume that is a secret.",
            why: "Marathon accepts it, and nothing is mounted.",
            advice: "use the type MESOS"),
        rule(
            "L-ENV-NAME-ODD", .info, "a name that a shell cannot use",
            what: "A variable of an app has a name that no POSIX shell can use.",
            why: "Marathon takes any name.",
            advice: "use letters, digits and underscores"),
        rule(
            "L-ENV-OVERRIDDEN", .warning, "a variable that is set twice",
            what: "A variable has the name of one that Marathon sets.",
            why: "An app's own value wins over Marathon's, a pod's loses.",
            advice: "name it otherwise"),
        rule(
            "L-EXPIRING-TOKEN", .warning, "a login that expires",
            what: "A login is a token that lasts for hours.",
            why: "Pulls fail as soon as it has expired.",
            advice: "renew it before, or use a credential helper"),
        rule(
            "L-VISIBLE-TO-TASK", .info, "a login that the task can read",
            what: "A login lies in the sandbox of a Docker container.",
            why: "The sandbox is mounted into the container: whatever runs there can read it.",
            advice: "give it rights to pull alone"),
    ]
}
