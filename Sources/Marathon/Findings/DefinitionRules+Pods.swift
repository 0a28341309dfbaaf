import Vocabulary

extension DefinitionRules {
    /// What Marathon refuses of pods and groups.
    static let podsAndGroups: [FindingRule] = [
        rule(
            "P-ID-RELATIVE", .error, "a relative id of a pod",
            what: "A pod's id does not begin with a slash.",
            why: "Marathon refuses it with HTTP 422, while an app's would be made absolute.",
            advice: "begin it with a slash"),
        rule(
            "P-ID-ROOT", .error, "a pod that is the root",
            what: "A pod's id is the root.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "give it a name"),
        rule(
            "P-USER-EMPTY", .error, "an empty user",
            what: "A pod's user is empty.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "leave it out"),
        rule(
            "P-VOLUME-UNUSED", .error, "a volume that nobody mounts",
            what: "No container mounts a volume of the pod.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "mount it, or leave it out"),
        rule(
            "P-VOLUME-NAMES", .error, "a volume's name given twice",
            what: "Two volumes of a pod have one name.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "name each of them otherwise"),
        rule(
            "P-CONTAINER-NAMES", .error, "a container's name given twice",
            what: "Two containers of a pod have one name.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "name each of them otherwise"),
        rule(
            "P-MOUNT-UNDEFINED", .error, "a mount of no volume",
            what: "A mount names no volume of the pod.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "add the volume"),
        rule(
            "P-ENDPOINT-NAMES", .error, "an endpoint's name given twice",
            what: "Two endpoints of a pod have one name.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "name each of them otherwise"),
        rule(
            "P-ENDPOINT-PORTS", .error, "an endpoint's port given twice",
            what: "Two endpoints of a pod have one port.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "give each of them another"),
        rule(
            "P-ENDPOINT-PORT", .error, "a container port where none belongs",
            what:
                "An endpoint has a container port on a host network, or none on a container"
                + " network.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "take it out, or add it"),
        rule(
            "P-ENDPOINT-NETWORK", .error, "an endpoint without its network",
            what:
                "An endpoint names a network that the pod does not join, or has a host port on one"
                + " of several networks and does not say on which.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "give exactly one name of the pod's networks"),
        rule(
            "P-HEALTH-KIND", .error, "a health check of no or several kinds",
            what: "A pod's health check is not exactly one of http, tcp and exec.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "keep exactly one"),
        rule(
            "P-HEALTH-TIMEOUT", .error, "a timeout longer than the interval",
            what: "The timeout of a health check is not shorter than its interval.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "shorten it; the defaults are 20 and 60 seconds"),
        rule(
            "P-HEALTH-ENDPOINT", .error, "a health check of no endpoint",
            what: "A health check names an endpoint that its container does not have.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "name one of its own"),
        rule(
            "G-NOT-CHILD", .error, "an app outside of its group",
            what: "An app of a group does not stand directly below it.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "move it to the group of its path"),
        rule(
            "G-NOT-ALONE", .error, "scaleBy or version beside other members",
            what: "A group has scaleBy or version, and something else besides its id.",
            why: "Marathon refuses it with HTTP 422: each of them is an order of its own.",
            advice: "send it by itself"),
        rule(
            "G-ID-MISSING", .error, "a nested group without id",
            what: "A group inside a group has no id.",
            why: "Marathon fails on it with HTTP 500.",
            advice: "add the id"),
        rule(
            "G-ID-CLASH", .error, "an id given twice",
            what: "Two apps or groups have one id.",
            why: "Marathon refuses it with HTTP 409 or 422.",
            advice: "name one of them otherwise"),
        rule(
            "G-CYCLE", .error, "dependencies in a circle",
            what: "Apps or groups depend on each other in a circle.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "take one of the dependencies out"),
    ]
}
