import LocatedJSON

extension TaskDefinition {
    /// The task of an app.
    init(
        _ app: AppInput, id: String, base: String, network: AppNetwork, enforcesRole: Bool,
        prefix: String
    ) {
        let container = app.container
        let secret = { (use: SecretUse) in
            PullSecret(use, app.secrets, service: id, prefix: prefix)
        }
        self.id = id
        self.container = nil
        let implied: Containerizer? = network.hasContainer ? .mesos : nil
        containerizer = container?.type ?? implied
        command = TaskCommand(app, hasContainer: network.hasContainer)
        image = container?.image
        imagePath = prefix + "/container/docker/image"
        forcePull = container?.docker?.bool("forcePullImage") ?? false
        artifacts = app.artifacts.map { $0.prefixed(by: prefix) }
        pullSecret = container?.type == .mesos ? container?.pullSecret.flatMap(secret) : nil
        user = app.user
        environment = app.variables.plain
        environmentSecrets = Self.secrets(of: app.variables.secrets, secret)
        secretVolumes = (container?.files ?? []).compactMap { SecretVolume($0, secret($0)) }
        labels = app.labels.values
        labelNames = app.labels.names
        resources = app.resources
        instances = app.instances
        dependencies = app.dependencies.map { PathID.absolute($0, below: base) }
        networkMode = network.mode
        networkNames = network.names
        ports = network.ports
        endpoints = []
        volumes = container?.volumes ?? []
        enforcesGroupRole = enforcesRole
        dockerOptions =
            container?.type == .docker
            ? DockerOptions(container?.docker, network.mode) : nil
    }

    /// The task of a container of a pod.
    init(_ container: PodInput.ContainerInput, of pod: PodInput, id: String) {
        let secret = { (use: SecretUse) in PullSecret(use, pod.secrets, service: id, prefix: "") }
        self.id = id
        self.container = container.name
        containerizer = .mesos
        command = TaskCommand(container.object)
        image = container.image?.string("id")
        imagePath = container.object.path + "/image/id"
        forcePull = container.image?.bool("forcePull")
        artifacts = container.artifacts
        pullSecret = container.pullSecret.flatMap(secret)
        user = container.user ?? pod.user
        environment = pod.variables.plain.merging(container.variables.plain) { $1 }
            .filter { name, _ in
                // A container's secret stands over its pod's text, and the other way round.
                container.variables.plain[name] != nil
                    || !container.variables.secrets.contains { $0.variable == name }
            }
        environmentSecrets = Self.secrets(of: pod.variables.secrets, secret)
            .filter { container.variables.plain[$0.key] == nil }
            .merging(Self.secrets(of: container.variables.secrets, secret)) { $1 }
        secretVolumes = container.mounts.compactMap { mount in
            guard let name = mount.string("name"), let path = mount.string("mountPath"),
                let use = pod.files.first(where: { $0.file == name })
            else { return nil }
            return secret(use).map { SecretVolume(containerPath: path, secret: $0) }
        }
        let labels = pod.labels.overridden(by: container.labels)
        self.labels = labels.values
        labelNames = labels.names
        resources = container.resources
        instances = pod.instances
        dependencies = []
        let networks = pod.object.objects("networks") ?? []
        networkMode = networks.first.map(NetworkMode.init)
        networkNames = networks.compactMap { $0.string("name") }
        ports = []
        endpoints = pod.containers.flatMap(\.endpoints).map { endpoint in
            PortRequest(
                name: endpoint.string("name"), declared: endpoint.integer("containerPort") ?? 0,
                hostPort: endpoint.integer("hostPort"), protocols: endpoint.strings("protocol"))
        }
        volumes = container.mounts.compactMap { mount in
            pod.volumes.first { $0.string("name") == mount.string("name") }
                .flatMap { TaskVolume(pod: $0, mount: mount) }
        }
        enforcesGroupRole = false
        dockerOptions = nil
    }

    private static func secrets(
        of uses: [SecretUse], _ secret: (SecretUse) -> PullSecret?
    ) -> [String: PullSecret] {
        var secrets: [String: PullSecret] = [:]
        for use in uses {
            if let name = use.variable { secrets[name] = secret(use) }
        }
        return secrets
    }
}

extension TaskDefinition.PullSecret {
    init?(_ use: SecretUse, _ secrets: SecretMap, service: String, prefix: String) {
        guard let source = secrets.sources[use.key] else { return nil }
        reference = use.key
        self.source = source
        isInSpace = PathID.isSource(source, inSpaceOf: service)
        path = prefix + use.path
        location = use.value?.location
    }
}

extension TaskDefinition.SecretVolume {
    init?(_ use: SecretUse, _ secret: TaskDefinition.PullSecret?) {
        guard let path = use.file, let secret else { return nil }
        self.init(containerPath: path, secret: secret)
    }
}

extension TaskDefinition.DockerOptions {
    init(_ docker: ObjectView?, _ mode: NetworkMode) {
        network =
            switch mode {
            case .host: "HOST"
            case .bridge: "BRIDGE"
            case .container: "USER"
            }
        isPrivileged = docker?.bool("privileged") ?? false
        parameters = (docker?.objects("parameters") ?? []).map {
            Parameter(key: $0.string("key") ?? "", value: $0.string("value") ?? "")
        }
    }
}

extension SecretUse {
    var variable: String? {
        if case .variable(let name) = kind { name } else { nil }
    }

    var file: String? {
        if case .file(let path) = kind { path } else { nil }
    }
}

extension Artifact {
    func prefixed(by prefix: String) -> Artifact {
        prefix.isEmpty
            ? self
            : Artifact(
                uri: uri, extract: extract, executable: executable, cache: cache,
                outputFile: outputFile, path: prefix + path, location: location)
    }
}
