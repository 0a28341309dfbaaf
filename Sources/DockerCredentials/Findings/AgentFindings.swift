import LocatedJSON
public import Vocabulary

/// What around the sandbox keeps its credentials file from being used: rules A12 to A16.
public struct AgentCircumstances: Sendable {
    /// The environment of the agent, which the Docker client inherits.
    public var environment: [String: String]
    /// Whether the agent runs with `--docker_config`.
    public var hasDockerConfig: Bool
    /// Whether the sandbox holds a credentials file.
    public var sandboxHasFile: Bool
    /// Whether the image is on the host and the pull is not forced.
    public var skipsPull: Bool
    /// Whether a login is brought and the pull is not forced: an image that is there is not pulled.
    public var mayFindImage: Bool
    /// Whether the Mesos containerizer runs the task.
    public var isMesosContainerizer: Bool

    /// Circumstances; whatever is not said is not the case.
    public init(
        environment: [String: String] = [:], hasDockerConfig: Bool = false,
        sandboxHasFile: Bool = false, skipsPull: Bool = false, mayFindImage: Bool = false,
        isMesosContainerizer: Bool = false
    ) {
        self.environment = environment
        self.hasDockerConfig = hasDockerConfig
        self.sandboxHasFile = sandboxHasFile
        self.skipsPull = skipsPull
        self.mayFindImage = mayFindImage
        self.isMesosContainerizer = isMesosContainerizer
    }

    /// The findings for a Docker, the weightiest first; none of them has a place.
    public func findings(_ behavior: DockerBehavior) -> [Finding] {
        var found: [Finding] = []
        func add(_ id: String, severity: Severity? = nil, _ message: String) {
            let rule = CredentialRules.rule(id)
            found.append(
                Finding(
                    id: id, severity: severity ?? rule?.severity ?? .error,
                    message: message.terminalSafe, advice: rule?.advice.asClause ?? ""))
        }
        if isMesosContainerizer {
            if sandboxHasFile {
                add("A16", "the Mesos containerizer does not read the credentials in the sandbox")
            }
            return found
        }
        if let folder = environment["DOCKER_CONFIG"], !folder.isEmpty,
            behavior.knowsDockerConfigVariable
        {
            add("A12", "DOCKER_CONFIG=\(folder) of the agent beats HOME: Docker looks there")
        }
        if let text = environment["DOCKER_AUTH_CONFIG"],
            text.utf8.contains(where: { $0 > 0x20 })
        {
            add("A13", "DOCKER_AUTH_CONFIG is set in the agent's environment\(use(text))")
        }
        if hasDockerConfig, sandboxHasFile {
            add("A14", "the agent's own --docker_config is not consulted: the sandbox has a file")
        }
        if skipsPull {
            add("A15", "the image is on the host: nothing is pulled, no login is used")
        } else if mayFindImage {
            add(
                "A15",
                "on an agent that has the image already nothing is pulled, and no login is used")
        }
        return found.byWeight
    }

    /// For whom the variable speaks, or why it does not.
    private func use(_ text: String) -> String {
        let variable = AuthConfigVariable(text)
        if let fault = variable.fault { return ", and is not usable: \(fault); Docker ignores it" }
        return "; Docker 28.3 and newer prefer it for \(variable.keys.inShort)"
    }
}
