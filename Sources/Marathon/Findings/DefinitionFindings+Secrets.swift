import LocatedJSON

extension DefinitionFindings {
    /// Keys confused with sources, sources out of reach, and what a cluster needs.
    mutating func lookAtSecrets(_ secrets: SecretMap, _ uses: [SecretUse], service: String) {
        for use in uses {
            guard let source = secrets.sources[use.key] else {
                if let key = secrets.key(ofSource: use.key) {
                    add(
                        "L-PATH-AS-KEY", prefix + use.path, at: use.value?.location,
                        "\"\(shown(use.key))\" is where the secret \"\(shown(key))\" is kept, not"
                            + " its key", "write \"\(shown(key))\"")
                }
                continue
            }
            if !PathID.isSource(source, inSpaceOf: service) {
                add(
                    "L-SPACE", prefix + use.path, at: use.value?.location,
                    "DC/OS does not let \(shown(service)) read the secret \(shown(source))",
                    "keep it under a prefix of the service's id, or at the top")
            }
        }
        guard let use = uses.first else { return }
        let isPull = if case .pull = use.kind { true } else { false }
        add(
            "L-NO-PLUGIN", prefix + (isPull ? use.path : "/secrets"), at: use.value?.location,
            isPull
                ? "a stock Mesos agent refuses every reference to a secret, this login too"
                : "Marathon itself puts no secret into a task: without a plugin they are missing",
            "see that the cluster has a Marathon plugin that resolves secrets, or agents with a"
                + " secret resolver module (DC/OS Enterprise has both)")
    }

    mutating func lookForUnused(
        _ secrets: SecretMap, _ uses: [SecretUse], isMechanism: Bool
    ) {
        if isMechanism, let member = secrets.keys.first {
            return add(
                "L-MECHANISM", prefix + "/secrets", at: member.nameValue.location,
                "nothing uses these secrets, and the Docker containerizer takes no login from them",
                "use \"type\": \"MESOS\" with \"pullConfig\", or fetch a docker.tar.gz with"
                    + " .docker/config.json")
        }
        let used = Set(uses.map(\.key))
        for member in secrets.keys where !used.contains(member.name) {
            // A path written where its key belongs does use it.
            let source = secrets.sources[member.name] ?? ""
            let isMeant = uses.contains { $0.key.drop { $0 == "/" } == source.drop { $0 == "/" } }
            guard !isMeant else { continue }
            add(
                "L-SECRET-UNUSED", "\(prefix)/secrets/\(member.name)",
                at: member.nameValue.location,
                "nothing uses the secret \"\(shown(member.name))\"", "use it, or leave it out")
        }
    }

    /// Variables that somebody sets twice: an app's author wins, a pod's loses.
    mutating func lookAtOverridden(_ task: TaskDefinition, _ variables: Variables) {
        guard !variables.members.isEmpty else { return }
        let own = task.marathonVariables(
            for: LaunchContext(
                taskID: "", executorID: "", host: "", version: "",
                hostPorts: (task.ports + task.endpoints).map(\.sampleHostPort),
                randomPorts: task.ports.map { _ in 65_535 }))
        let field = task.container == nil ? "env" : "environment"
        let base = variables.path
        for member in variables.members where own[member.name] != nil {
            let path = "\(prefix)\(base)/\(field)/\(member.name)"
            guard overridden.insert(path).inserted else { continue }
            add(
                "L-ENV-OVERRIDDEN", path, at: member.nameValue.location,
                task.container == nil
                    ? "this overrides what Marathon sets as \(member.name)"
                    : "Marathon sets \(member.name) itself: this value is lost",
                "name the variable otherwise")
        }
    }
}

extension PortRequest {
    fileprivate var sampleHostPort: Int {
        if let hostPort, hostPort != 0 { hostPort } else { 65_535 }
    }
}
