import LocatedJSON
import Vocabulary

/// What a definition alone shows though Marathon accepts it.
struct DefinitionFindings {
    let file: String
    private var findings: [Finding] = []

    init(file: String) {
        self.file = file
    }

    /// Errors first, then warnings, then notes; among equals in the order of the text.
    var sorted: [Finding] {
        findings.enumerated()
            .sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
            .map(\.element)
    }

    mutating func look(at task: TaskDefinition, _ app: AppInput) {
        look(at: task)
        if !app.uris.isEmpty {
            add(
                "L-DEPRECATED-URIS", .info, "/uris", app.json["uris"]?.location,
                "\"uris\" is deprecated", "write \"fetch\": [{\"uri\": …}]")
        }
        let used = Set(app.secretEnvironment.map(\.secret) + [app.container?.docker?.pullSecret])
        let volumes = app.container?.json["volumes"]?.elements.map { $0["secret"]?.stringValue }
        for (key, _) in app.secrets.sorted(by: { $0.key < $1.key })
        where !used.contains(key) && volumes?.contains(key) != true {
            unused(key, app.json)
        }
        if !app.secretEnvironment.isEmpty || volumes?.contains(where: { $0 != nil }) == true {
            add(
                "L-NO-PLUGIN", .info, "/secrets", app.json["secrets"]?.location,
                "Marathon itself puts no secret into a task: without a plugin they are missing",
                "see that the cluster has a plugin that does (DC/OS Enterprise has one)")
        }
    }

    mutating func look(at task: TaskDefinition) {
        for artifact in task.artifacts { look(at: artifact) }
        if let secret = task.pullSecret, !secret.isInSpace {
            add(
                "L-SPACE", .error, secret.path, nil,
                "DC/OS does not let \(task.id) read the secret \(secret.source)",
                "keep it under a prefix of the service's id, or at the top")
        }
    }

    private mutating func look(at artifact: Artifact) {
        let (path, place) = (artifact.path, artifact.location)
        let isLocal = artifact.uri.hasPrefix("file:") || artifact.uri.firstRange(of: "://") == nil
        if isLocal {
            add(
                "L-LOCAL-FILE", .info, path, place,
                "\(redactedURI(artifact.uri)) is a file of the agent: every agent must have it",
                "copy it to all agents, or serve it over HTTP")
        }
        let name = artifact.uri.split(separator: "/").last ?? ""
        if name == ".dockercfg" {
            add(
                "L-LEGACY-DOCKERCFG", .warning, path, place,
                ".dockercfg is read by Docker before 23.0 alone",
                "fetch a docker.tar.gz with .docker/config.json")
        }
    }

    mutating func wrapped(_ root: JSONValue) {
        add(
            "L-WRAPPED", .warning, "", root.location,
            "this is what GET answers; Marathon does not take it back in this form",
            "send what is inside of it")
    }

    mutating func ignoredPods(_ pods: JSONValue) {
        add(
            "L-GROUP-PODS-IGNORED", .warning, "/pods", pods.location,
            "Marathon drops the pods of a group without a word", "send each to /v2/pods")
    }

    mutating func unusedSecrets(
        _ secrets: [String: String], usedBy pod: PodInput, _ json: JSONValue
    ) {
        var used = Set(pod.secretEnvironment.map(\.secret))
        for container in pod.containers {
            used.formUnion(container.secretEnvironment.map(\.secret))
            if let secret = container.pullSecret { used.insert(secret) }
        }
        for volume in json["volumes"]?.elements.map({ $0 }) ?? [] {
            if let secret = volume["secret"]?.stringValue { used.insert(secret) }
        }
        for key in secrets.keys.sorted() where !used.contains(key) { unused(key, json) }
    }

    private mutating func unused(_ key: String, _ json: JSONValue) {
        let member = json["secrets"]?.members.first { $0.name == key }
        add(
            "L-SECRET-UNUSED", .info, "/secrets/\(key)", member?.nameValue.location,
            "nothing uses the secret \"\(key)\"", "use it, or leave it out")
    }

    private mutating func add(
        _ id: String, _ severity: Severity, _ path: String, _ location: JSONLocation?,
        _ message: String, _ advice: String
    ) {
        findings.append(
            Finding(
                id: id, severity: severity, path: path,
                place: Place(file: file, line: location?.line, column: location?.column),
                message: message, advice: advice))
    }
}
