public import Vocabulary

extension DockerPull {
    /// What of its home the client passes over: rules A04 and A05.
    ///
    /// - Parameter reading: What ``read()`` gave.
    /// - Returns: Findings, the weightiest first.
    public func findingsAboutHome(_ reading: Reading) -> [Finding] {
        let legacy = ".dockercfg"
        guard case .bytes = environment.read("\(environment.home ?? "")/\(legacy)") else {
            return []
        }
        let found = Set([legacy, reading.source?.file ?? legacy])
        // A file that DOCKER_CONFIG names has a path of its own; nothing of the home is read then.
        guard found.isSubset(of: [legacy, ".docker/config.json"]) else { return [] }
        return findings(
            aboutPlaceIn: found.map { SandboxFile(path: $0, isRegular: true, mode: 0o600) },
            behavior: behavior, content: { _ in nil })
    }
}

extension MesosDockerPull {
    /// What around the sandbox keeps its file from being used: rules A12 to A14.
    public var circumstances: AgentCircumstances {
        AgentCircumstances(
            environment: environment.variables,
            hasDockerConfig: agentConfig != nil && agentConfigUse == .withoutSandboxFile,
            sandboxHasFile: sandboxFile != nil)
    }
}
