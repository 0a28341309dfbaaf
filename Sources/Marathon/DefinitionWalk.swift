import LocatedJSON

/// Goes through a definition, collects its tasks and what is wrong or worth knowing.
struct DefinitionWalk {
    let features: MarathonFeatures
    private(set) var tasks: [TaskDefinition] = []
    private(set) var violations = ViolationList()
    private(set) var findings: DefinitionFindings
    private var groups = GroupRules()

    init(file: String, features: MarathonFeatures, agent: AgentTraits) {
        self.features = features
        findings = DefinitionFindings(file: file, agent: agent)
    }

    mutating func read(_ root: JSONValue, _ form: MarathonDefinition.Form) {
        checkShape(root, form)
        guard violations.count == 0 else { return }
        switch form {
        case .app: readApp(root, prefix: "")
        case .appArray:
            for (index, app) in root.elements.enumerated() {
                readApp(app, prefix: "[\(index)]", violationPrefix: "[\(index)]")
            }
        case .wrappedApp:
            findings.wrapped(root)
            if let app = root["app"] { readApp(app, prefix: "") }
            for (index, app) in (root["apps"]?.elements.map { $0 } ?? []).enumerated() {
                readApp(app, prefix: "/apps(\(index))", violationPrefix: "/apps(\(index))")
            }
        case .pod: readPod(root)
        case .group: readGroups(root)
        }
        guard violations.count == 0 else { return }
        groups.check(&violations)
    }

    /// Phase 0: every fault of shape in the whole text.
    private mutating func checkShape(_ root: JSONValue, _ form: MarathonDefinition.Form) {
        var check = ShapeCheck()
        switch form {
        case .app: check.check(root, .object(.app), "")
        case .appArray:
            for (index, app) in root.elements.enumerated() {
                check.check(app, .object(.app), "[\(index)]")
            }
        case .wrappedApp:
            if let app = root["app"] {
                check.ignoredNames = ObjectShape.answerNames
                check.check(app, .object(.app), "")
            }
            for (index, app) in (root["apps"]?.elements.map { $0 } ?? []).enumerated() {
                check.ignoredNames = ObjectShape.answerNames
                check.check(app, .object(.app), "/apps(\(index))")
            }
        case .pod: check.check(root, .object(.pod), "")
        case .group:
            // Without recursion: depth is the author's choice.
            var pending = [(root, "")]
            while let (group, path) = pending.popLast() {
                check.check(group, .object(.group), path)
                let inner = ObjectView(group, path)["groups"]?.elements.map { $0 } ?? []
                for (index, group) in inner.enumerated().reversed() {
                    pending.append((group, "\(path)/groups(\(index))"))
                }
            }
        }
        violations.append(check.violations)
        for unknown in check.unknown { findings.unknownField(unknown) }
    }

    private mutating func readGroups(_ root: JSONValue) {
        var pending: [(group: JSONValue, path: String, base: String, enforces: Bool)] = [
            (root, "", "/", false)
        ]
        while let (json, path, base, inherited) = pending.popLast() {
            let group = ObjectView(json, path)
            if let pods = group.name(of: "pods") { findings.ignoredPods(pods, path) }
            let id = group.string("id")
            if id == nil, !path.isEmpty {
                violations.add(
                    "G-ID-MISSING", path + "/id", "a nested group has no \"id\"",
                    "add it; Marathon fails on this with HTTP 500", at: json)
            }
            GroupRules.checkAlone(group, &violations)
            let absolute = PathID.absolute(id ?? "/", below: base)
            // Only the group right below the root decides about roles.
            let isTop = PathID.parent(of: absolute) == "/" && absolute != "/"
            let enforces = isTop ? group.bool("enforceRole") ?? false : inherited
            groups.group(group, id: absolute)
            for (index, app) in (group["apps"]?.elements.map { $0 } ?? []).enumerated() {
                readApp(
                    app, below: absolute, enforcesRole: enforces,
                    prefix: "\(path)/apps(\(index))")
            }
            let inner = group["groups"]?.elements.map { $0 } ?? []
            for (index, group) in inner.enumerated().reversed() {
                pending.append((group, "\(path)/groups(\(index))", absolute, enforces))
            }
        }
    }

    /// Reads an app; paths of violations are the app's own, as Marathon shows them, unless
    /// something stands before them.
    private mutating func readApp(
        _ json: JSONValue, below base: String? = nil, enforcesRole: Bool = false, prefix: String,
        violationPrefix: String = ""
    ) {
        let app = AppInput(json, path: "")
        let network = AppNetwork(app)
        let absolute = PathID.absolute(app.id, below: base ?? "/")
        let before = violations.count
        violations.prefix = violationPrefix
        AppValidation(app: app, features: features, network: network, absoluteID: absolute)
            .check(&violations)
        violations.prefix = ""
        findings.prefix = prefix
        findings.look(at: app, absolute)
        if violations.count == before {
            let task = TaskDefinition(
                app, id: absolute, base: base ?? "/", network: network, enforcesRole: enforcesRole,
                prefix: prefix)
            tasks.append(task)
            findings.lookAtArtifacts(of: task)
            findings.lookAtOverridden(task, app.variables)
            groups.app(task, idPath: prefix + "/id", value: json["id"], group: base)
        }
        findings.prefix = ""
    }

    private mutating func readPod(_ json: JSONValue) {
        let pod = PodInput(json)
        PodValidation(pod: pod, features: features).check(&violations)
        let absolute = PathID.absolute(pod.id)
        findings.look(at: pod, absolute)
        guard violations.count == 0 else { return }
        for container in pod.containers {
            let task = TaskDefinition(container, of: pod, id: absolute)
            tasks.append(task)
            findings.lookAtArtifacts(of: task)
            findings.lookAtOverridden(task, pod.variables)
            findings.lookAtOverridden(task, container.variables)
        }
    }
}
