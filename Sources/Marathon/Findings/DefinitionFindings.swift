import LocatedJSON
import Vocabulary

/// What a definition alone shows though Marathon accepts it.
struct DefinitionFindings {
    let file: String
    /// What the agents are like.
    let agent: AgentTraits
    /// What stands before every path: `[1]` for the second app of an array.
    var prefix = ""
    private var findings: [Finding] = []
    /// The paths of variables that were told of: a pod's are looked at for every container.
    var overridden: Set<String> = []

    init(file: String, agent: AgentTraits) {
        self.file = file
        self.agent = agent
    }

    /// Errors first, then warnings, then notes; among equals in the order of the text.
    var sorted: [Finding] {
        findings.enumerated()
            .sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
            .map(\.element)
    }

    /// Adds a finding; its severity is the catalogue's.
    mutating func add(
        _ id: String, _ path: String, at location: JSONLocation?, _ message: String,
        _ advice: String
    ) {
        findings.append(
            Finding(
                id: id, severity: DefinitionRules.severity(of: id), path: path,
                place: Place(file: file, line: location?.line, column: location?.column),
                message: message, advice: advice))
    }

    mutating func unknownField(_ unknown: ShapeCheck.Unknown) {
        let name = unknown.name.stringValue ?? ""
        let meant = NearestName.of(name, among: unknown.candidates)
        let isElsewhere = ["fetch", "uris", "secrets", "env", "cmd", "args"].contains(name)
        let advice =
            meant.map { "write \"\($0)\"" }
            ?? (isElsewhere
                ? "move \"\(name)\" to the app itself" : "take it out, or look up its name")
        add(
            "L-UNKNOWN-FIELD", unknown.path, at: unknown.name.location,
            "Marathon knows no \"\(shown(name))\" here and drops it without a word"
                + (meant.map { "; \"\($0)\" may be meant" } ?? ""), advice)
    }

    mutating func wrapped(_ root: JSONValue) {
        add(
            "L-WRAPPED", "", at: root.location,
            "this is what GET answers; Marathon does not take it back in this form",
            "send what is inside of it")
    }

    mutating func ignoredPods(_ pods: JSONValue, _ path: String) {
        add(
            "L-GROUP-PODS-IGNORED", path + "/pods", at: pods.location,
            "Marathon drops the pods of a group without a word", "send each to /v2/pods")
    }

    /// What an app shows as it was written, whether it is accepted or not.
    mutating func look(at app: AppInput, _ id: String) {
        let object = app.object
        if !app.uris.isEmpty, app.fetch.isEmpty {
            let artifact = app.uris[0]
            add(
                "L-DEPRECATED-URIS", prefix + "/uris", at: object.name(of: "uris")?.location,
                "\"uris\" is deprecated",
                "write \"fetch\": [{\"uri\": \"\(redactedURI(artifact.uri))\""
                    + (artifact.extract ? "}" : ", \"extract\": false}")
                    + (app.uris.count > 1 ? ", …]" : "]"))
        }
        let container = app.container
        lookAtSecrets(app.secrets, app.secretUses, service: id)
        let isDocker = container?.type == .docker
        let fetchesLogin = app.artifacts.contains(where: \.isLogin)
        lookForUnused(
            app.secrets, app.secretUses,
            isMechanism: isDocker && app.secretUses.isEmpty && !fetchesLogin)
        if isDocker {
            for use in container?.files ?? [] {
                add(
                    "L-SECRET-VOLUME-DOCKER", prefix + use.path, at: use.value?.location,
                    "files that are secrets work with the Mesos containerizer alone",
                    "use \"type\": \"MESOS\"")
            }
        }
        for member in app.variables.members
        where !member.name.isEmpty && !isShellName(member.name) {
            add(
                "L-ENV-NAME-ODD", "\(prefix)/env/\(member.name)", at: member.nameValue.location,
                "a POSIX shell cannot use a variable called \"\(shown(member.name))\"",
                "use letters, digits and underscores")
        }
    }

    /// What a pod shows as it was written.
    mutating func look(at pod: PodInput, _ id: String) {
        lookAtSecrets(pod.secrets, pod.secretUses, service: id)
        lookForUnused(pod.secrets, pod.secretUses, isMechanism: false)
        for artifact in pod.containers.flatMap(\.artifacts) where JavaURI(artifact.uri) == nil {
            add(
                "L-URI-SYNTAX-POD", artifact.path, at: artifact.location,
                "\(redactedURI(shown(artifact.uri))) is no URI: an app with it is refused",
                "escape blanks as %20 and other characters that a URI cannot have")
        }
    }
}
