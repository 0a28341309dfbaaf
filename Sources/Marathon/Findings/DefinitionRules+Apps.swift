import Vocabulary

extension DefinitionRules {
    /// What Marathon refuses of an app.
    static let apps: [FindingRule] = [
        rule(
            "A-URI-SYNTAX", .error, "no URI",
            what: "A URI of an app does not parse as a java.net.URI.",
            why:
                "Marathon refuses it with HTTP 422: blanks, braces, backslashes and broken"
                + " escapes are not allowed.",
            advice: "escape such characters as %XX; expand variables"),
        rule(
            "A-URIS-AND-FETCH", .error, "both uris and fetch",
            what: "Both the deprecated uris and fetch are given and not empty.",
            why:
                "Marathon refuses it with HTTP 422, equal or not; a round trip through GET"
                + " makes such definitions.",
            advice: "keep fetch alone, with the URIs of both"),
        rule(
            "A-CREDENTIAL", .error, "the removed member credential",
            what: "docker has a credential.",
            why: "Marathon refuses it with HTTP 422 for both containerizers.",
            advice: "use pullConfig with the Mesos containerizer, or fetch a login"),
        rule(
            "A-UCR-NETWORK", .error, "network of Docker with Mesos",
            what: "docker.network is given with the type MESOS.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "write networks"),
        rule(
            "A-UCR-PARAMS", .error, "parameters of Docker with Mesos",
            what: "docker.parameters are given with the type MESOS.",
            why: "Marathon refuses it with HTTP 422: no docker run takes place.",
            advice: "leave them out"),
        rule(
            "A-UCR-DOCKERPORTS", .error, "port mappings of Docker with Mesos",
            what: "docker.portMappings are given with the type MESOS.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "write them in container.portMappings"),
        rule(
            "A-PORTS-DIFFER", .error, "ports and portDefinitions differ",
            what: "Both are given and do not agree.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "keep portDefinitions alone"),
        rule(
            "A-NETWORKS-BOTH", .error, "networks twice",
            what: "networks is given beside a deprecated member of the same meaning.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "keep networks alone"),
        rule(
            "A-NETWORK-NONE", .error, "network NONE",
            what: "docker.network is NONE.",
            why: "Marathon has no such mode any more and fails with HTTP 500.",
            advice: "choose another mode"),
        rule(
            "A-PORTMAPPINGS-BOTH", .error, "port mappings twice",
            what: "Both container and docker have portMappings.",
            why: "Marathon fails on it with HTTP 500.",
            advice: "keep those of container"),
        rule(
            "A-PORTDEFINITIONS", .error, "portDefinitions without a host network",
            what: "portDefinitions are given with a network that is not the host's.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "write container.portMappings"),
        rule(
            "A-DOCKER-NETWORKS", .error, "several networks with Docker",
            what: "The Docker containerizer is to join more than one container network.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "keep one network"),
        rule(
            "A-PORT-NAMES", .error, "a port's name given twice",
            what: "Two ports have one name.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "name each of them otherwise"),
        rule(
            "A-PORTS-UNIQUE", .error, "a port given twice",
            what: "One port is asked for twice.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "keep it once"),
        rule(
            "A-NETWORK-UNKNOWN", .error, "an unknown network's name",
            what: "A port mapping names a network that the app does not join.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "name one of the app's networks"),
        rule(
            "A-NETWORK-AMBIGUOUS", .error, "a host port on several networks",
            what: "A mapping with a host port does not say for which of several networks.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "give exactly one name in networkNames"),
        rule(
            "A-GPUS", .error, "graphics processors not to be had",
            what: "gpus are asked for with Docker, or without the feature.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "use the Mesos containerizer and the feature gpu_resources"),
        rule(
            "A-CMD-ARGS", .error, "no or two commands",
            what: "Both cmd and args are given, or neither and no image.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "keep one of them, or add an image"),
        rule(
            "A-CMD-ONE-CHAR", .error, "a command of one character",
            what: "cmd has exactly one character.",
            why:
                "A check of Marathon's that was meant for empty commands refuses it with HTTP"
                + " 422.",
            advice: "write a longer command"),
        rule(
            "A-DOCKER-MISSING", .error, "docker is missing",
            what: "The containerizer is Docker, perhaps by default, and there is no docker.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "add docker with an image, or the type MESOS"),
        rule(
            "A-ENV-NAME", .error, "a variable without a name",
            what: "A variable's name is empty.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "name it"),
        rule(
            "A-ID-ROOT", .error, "an app that is the root",
            what: "An app's id is the root.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "give it a name"),
        rule(
            "A-ID-RESERVED", .error, "a reserved id",
            what: "The last part of an id is restart, tasks or versions.",
            why: "These are parts of Marathon's own addresses: HTTP 422.",
            advice: "name it otherwise"),
        rule(
            "A-HEALTH-PORT", .error, "a health check of no port",
            what: "The portIndex of a health check is that of no port of the app.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "name one of the app's ports, counted from 0"),
        rule(
            "A-CHECK-DOCKER", .error, "check with Docker",
            what: "check is given with the Docker containerizer.",
            why: "Marathon refuses it with HTTP 422.",
            advice: "use healthChecks"),
    ]
}
