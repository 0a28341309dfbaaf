import Vocabulary

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

    /// A pull of an agent.
    public init(
        behavior: DockerBehavior, environment: ClientEnvironment, agentConfig: [UInt8]? = nil
    ) {
        self.behavior = behavior
        self.environment = environment
        self.agentConfig = agentConfig
    }

    /// Decides for an image.
    public func decide(reference: String) -> CredentialDecision {
        decide { $0.decide(reference: reference) }
    }

    /// Decides for a registry.
    public func decide(host: String) -> CredentialDecision {
        decide { $0.decide(host: host) }
    }

    private func decide(_ body: (DockerPull) -> CredentialDecision) -> CredentialDecision {
        let (seen, step) = home()
        var decision = body(DockerPull(behavior: behavior, environment: seen))
        decision.trace = [step] + decision.trace
        return decision
    }

    /// The environment in which docker runs, and why its HOME is what it is.
    private func home() -> (ClientEnvironment, Step) {
        func step(_ place: String, _ because: String) -> Step {
            Step(step: "home", place: place, outcome: .chosen, because: because)
        }
        guard let agentConfig else {
            return (environment, step("sandbox", "HOME of docker is the sandbox"))
        }
        let sandbox = environment.home ?? ""
        for name in [".docker/config.json", ".dockercfg"] {
            if case .missing = environment.read("\(sandbox)/\(name)") { continue }
            return (
                environment,
                step(
                    "sandbox", "it has \(name): the agent's --docker_config is not looked at then")
            )
        }
        return (
            environment.holding(agentConfig: agentConfig),
            step(
                "--docker_config",
                "the sandbox has no credentials file: HOME is a folder with the agent's config as"
                    + " \(MesosPull.fileName(of: agentConfig))")
        )
    }
}

extension ClientEnvironment {
    /// The environment with the private folder as HOME that the agent makes for `--docker_config`.
    ///
    /// The agent writes it and removes it behind the pull; what is read once need not be written.
    ///
    /// - Parameter agentConfig: The text of the flag's value.
    /// - Returns: An environment whose HOME holds that text alone.
    public func holding(agentConfig: [UInt8]) -> ClientEnvironment {
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
