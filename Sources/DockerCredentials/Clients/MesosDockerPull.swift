import Vocabulary

/// When a Docker containerizer of Mesos puts its own `--docker_config` in place of the sandbox.
public enum AgentConfigUse: Sendable {
    /// Never: the agent has no such flag (before 1.0).
    case never
    /// Always, whatever the sandbox holds (1.0).
    case always
    /// Where the sandbox has neither `.docker/config.json` nor `.dockercfg` (1.1 and newer).
    case withoutSandboxFile
}

/// The Docker containerizer of Mesos: `docker pull` with HOME set to the task's sandbox.
///
/// Mirrors `Docker::pull` and `__pull` of `docker/docker.cpp`: the agent's `--docker_config` counts
/// only where the sandbox has neither `.docker/config.json` nor `.dockercfg`, whatever they hold.
public struct MesosDockerPull: CredentialClient {
    /// The client's version.
    public let behavior: DockerBehavior
    /// The agent's environment; its HOME is the sandbox.
    public let environment: ClientEnvironment
    /// The text of the agent's `--docker_config`, `nil` where it has none.
    public let agentConfig: [UInt8]?
    /// When that config counts, which versions of Mesos do not agree on.
    public let agentConfigUse: AgentConfigUse

    /// A pull of an agent.
    public init(
        behavior: DockerBehavior, environment: ClientEnvironment, agentConfig: [UInt8]? = nil,
        agentConfigUse: AgentConfigUse = .withoutSandboxFile
    ) {
        self.behavior = behavior
        self.environment = environment
        self.agentConfig = agentConfig
        self.agentConfigUse = agentConfigUse
    }

    /// Decides for an image.
    public func decide(reference: String) -> CredentialDecision {
        do throws(ImageReferenceError) {
            let image = try ImageReference(parsing: reference, behavior: behavior)
            let (docker, reading) = read()
            return docker.decide(key: image.configKey, from: reading)
        } catch {
            return .badReference(reference, error.description)
        }
    }

    /// Decides for a registry.
    public func decide(host: String) -> CredentialDecision {
        let (docker, reading) = read()
        return docker.decide(key: ImageReference.configKey(ofHost: host), from: reading)
    }

    /// The docker that the agent runs, with the HOME that it gives it, and what that docker reads.
    public func read() -> (docker: DockerPull, reading: DockerPull.Reading) {
        let (seen, step) = home()
        let docker = DockerPull(behavior: behavior, environment: seen)
        var reading = docker.read()
        reading.trace.insert(step, at: 0)
        return (docker, reading)
    }

    /// The credentials file of the sandbox; existence is enough, that of a link that leads nowhere
    /// too (stout's `os::exists`).
    var sandboxFile: String? {
        [".docker/config.json", ".dockercfg"].first {
            environment.exists("\(environment.home ?? "")/\($0)")
        }
    }

    /// The environment in which docker runs, and why its HOME is what it is.
    private func home() -> (ClientEnvironment, Step) {
        func step(_ place: String, _ because: String) -> Step {
            Step(step: "home", place: place, outcome: .chosen, because: because)
        }
        guard let agentConfig else {
            return (environment, step("sandbox", "HOME of docker is the sandbox"))
        }
        switch (agentConfigUse, sandboxFile) {
        case (.never, _):
            let because = "HOME of docker is the sandbox: this Mesos knows no --docker_config"
            return (environment, step("sandbox", because))
        case (.withoutSandboxFile, let name?):
            let because = "it has \(name): the agent's --docker_config is not looked at then"
            return (environment, step("sandbox", because))
        case (.withoutSandboxFile, nil), (.always, _):
            let why =
                agentConfigUse == .always
                ? "this Mesos asks for no file of the sandbox"
                : "the sandbox has no credentials file"
            let because =
                "\(why): HOME is a folder with the agent's config as"
                + " \(MesosPull.fileName(of: agentConfig))"
            return (environment.holding(agentConfig: agentConfig), step("--docker_config", because))
        }
    }
}

extension ClientEnvironment {
    /// The environment with the private folder as HOME that the agent makes for `--docker_config`.
    ///
    /// The agent writes it and removes it behind the pull; what is read once need not be written.
    ///
    /// - Parameter agentConfig: The text of the flag's value.
    /// - Returns: An environment whose HOME holds that text alone.
    func holding(agentConfig: [UInt8]) -> ClientEnvironment {
        let home = "/docker_config of the agent"
        let file = "\(home)/\(MesosPull.fileName(of: agentConfig))"
        let read = read
        var seen = self
        seen.home = home
        seen.read = { path in
            if path == file { return .bytes(agentConfig) }
            return path.hasPrefix(home) ? .missing : read(path)
        }
        return seen
    }
}
