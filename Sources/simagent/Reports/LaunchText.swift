import Agent
import Marathon
import Vocabulary

/// What reaches Mesos, for a person who asked for more: command, container and environment.
struct LaunchText {
    let task: TaskReport
    let palette: Palette

    var text: String {
        var lines = ["   handed to Mesos", "     task \(task.id.terminalSafe)"]
        lines.append("     command \(command)")
        if let user = task.definition.user { lines.append("     user \(user.terminalSafe)") }
        if let container = task.container { lines += self.lines(container) }
        lines.append("   environment (\(precedence))")
        let origins = task.environmentOrigins
        for (name, value) in task.environment.sorted(by: { $0.key < $1.key }) {
            let shown = Excerpt.isSecretName(name) ? "***" : redactedURI(value).terminalSafe
            let origin = origins[name] ?? []
            let lost =
                origin.count > 1
                ? ", over \(origin.dropLast().map(\.words).joined(separator: " and "))" : ""
            lines.append(
                "     \(name.terminalSafe)=\(shown)"
                    + palette.faint("  \(origin.last?.words ?? "")\(lost)"))
        }
        for name in task.definition.secretEnvironment where task.environment[name] == nil {
            lines.append(
                "     \(name.terminalSafe)" + palette.faint("  a secret: only a plugin sets it"))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var command: String {
        let command = task.definition.command
        let words = command.arguments.map { "\"\($0.terminalSafe)\"" }.joined(separator: " ")
        if command.usesShell {
            return "by a shell: \(redactedURI(command.value ?? "").terminalSafe)"
        }
        guard let value = command.value else {
            return words.isEmpty
                ? "none: the image's own" : "none, arguments to the image's own: \(words)"
        }
        return "without a shell: \(value.terminalSafe), arguments \(words)"
    }

    /// The value of a flag; `env=DB_PASSWORD=…` is a variable in another dress.
    private func shown(_ parameter: TaskDefinition.DockerOptions.Parameter) -> String {
        let value = parameter.value
        if Excerpt.isSecretName(parameter.key) { return "***" }
        guard let equals = value.firstIndex(of: "="),
            Excerpt.isSecretName(String(value[..<equals]))
        else { return redactedURI(value).terminalSafe }
        return value[...equals].description.terminalSafe + "***"
    }

    private var precedence: String {
        let words = task.environmentLayers.reversed().map(\.origin.words)
        return "of equal names those of " + words.joined(separator: " win over those of ")
    }

    private func lines(_ container: ContainerInfo) -> [String] {
        var words = ["container \(container.containerizer.rawValue)"]
        if let image = container.image { words.append("image \(image.terminalSafe)") }
        if let secret = container.configSecret {
            words.append("login from the secret \"\(secret.terminalSafe)\"")
        }
        if let cached = container.cached { words.append("cached \(cached)") }
        if let docker = container.docker {
            words.append("network \(docker.network)")
            if docker.isPrivileged { words.append("privileged") }
            if docker.forcesPull { words.append("pull forced") }
        }
        var lines = ["     " + words.joined(separator: " · ")]
        for parameter in container.docker?.parameters ?? [] {
            lines.append("       --\(parameter.key.terminalSafe)=\(shown(parameter))")
        }
        for mapping in container.portMappings {
            lines.append(
                "       port \(mapping.hostPort) → \(mapping.containerPort)"
                    + "/\(mapping.networkProtocol.terminalSafe)")
        }
        for volume in container.volumes {
            lines.append(
                "       volume \(volume.containerPath.terminalSafe) (\(volume.source.words),"
                    + " \(volume.mode))")
        }
        return lines
    }
}

extension TaskReport {
    /// Of every variable who sets it, the weakest first.
    var environmentOrigins: [String: [EnvironmentLayer.Origin]] {
        var origins: [String: [EnvironmentLayer.Origin]] = [:]
        for layer in environmentLayers {
            for name in layer.variables.keys { origins[name, default: []].append(layer.origin) }
        }
        return origins
    }
}

extension EnvironmentLayer.Origin {
    fileprivate var words: String {
        switch self {
        case .definition: "the definition"
        case .marathon: "Marathon"
        case .agent: "the agent"
        }
    }
}

extension TaskVolume.Source {
    fileprivate var words: String {
        switch self {
        case .host(let path): "the agent's \(path.terminalSafe)"
        case .sandbox(let path): "the pod's \(path.terminalSafe)"
        case .persistent: "persistent"
        case .external: "external"
        }
    }
}
