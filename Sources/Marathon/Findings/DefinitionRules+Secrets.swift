import Vocabulary

extension DefinitionRules {
    /// What Marathon refuses of apps and pods.
    static let shared: [FindingRule] = [
        rule(
            "NETWORK-MIX", .error, "networks that do not go together",
            what:
                "networks holds several of which one is the host's or the bridge, or different"
                + " modes.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "give one host network, or one bridge, or container networks alone"),
        rule(
            "NETWORK-NAME", .error, "a network's name",
            what: "A container network has no name, or another one has.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "add or take out the name"),
        rule(
            "NETWORK-NAMES", .error, "a network given twice",
            what: "Two container networks have one name.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "keep one of them"),
        rule(
            "NETWORK-LABELS", .error, "labels on a host network",
            what: "A host network has labels.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "leave them out"),
        rule(
            "PULLCFG-DOCKER", .error, "pullConfig with Docker",
            what: "docker.pullConfig is given with the Docker containerizer, which is the default.",
            why:
                "Marathon refuses it with HTTP 422: only the Mesos containerizer takes a login"
                + " from a secret.",
            advice: "use the type MESOS, or fetch a docker.tar.gz"),
        rule(
            "PULLCFG-UNDEFINED", .error, "pullConfig names no secret",
            what: "pullConfig.secret is no key of secrets.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "write a key of secrets, not the path of a store"),
        rule(
            "PULLCFG-NOT-EMPTY", .error, "pullConfig without the feature",
            what: "pullConfig is given and the feature secrets is off.",
            why: "Marathon refuses it with HTTP 422; both branches of its rule speak.",
            advice: "start Marathon with --enable_features secrets"),
        rule(
            "FEATURE-SECRETS", .error, "the feature secrets is off",
            what: "Secrets are used and the feature is off.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "start Marathon with --enable_features secrets"),
        rule(
            "FEATURE-EXTERNAL-VOLUMES", .error, "the feature external_volumes is off",
            what: "An external volume is used and the feature is off.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "start Marathon with --enable_features external_volumes"),
        rule(
            "SECRET-NAME-EMPTY", .error, "a secret without a name",
            what: "A key of secrets is empty.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "name it"),
        rule(
            "ENV-SECRET-UNDEFINED", .error, "a variable names no secret",
            what: "The secret of a variable is no key of secrets.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "define it in secrets"),
        rule(
            "SECRET-VOLUME-UNDEFINED", .error, "a volume names no secret",
            what: "The secret of a volume is no key of secrets.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "define it in secrets"),
    ]
}
