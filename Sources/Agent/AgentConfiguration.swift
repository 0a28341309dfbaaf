public import DockerCredentials
public import Fetcher
public import Secrets
public import Vocabulary

/// What an agent was started with, as far as a task can tell.
///
/// The names are those of the agent's own flags.
public struct AgentConfiguration: Sendable {
    /// The Mesos that is simulated.
    public var mesos = MesosBehavior()
    /// The Docker client that pulls.
    public var docker = DockerBehavior()
    /// `--docker_config`: the text of the agent's own credentials.
    public var dockerConfig: [UInt8]?
    /// The agent's environment as the docker client sees it.
    public var environment: [String: String] = [:]
    /// Where secrets are kept; `nil` where there is no store.
    public var secrets: (any SecretStore)?
    /// How artifacts are fetched; its `behavior` is that of ``mesos``.
    public var fetch = FetchOptions()
    /// The agent's host name, which tasks see in `HOST`.
    public var hostName = "localhost"
    /// The path of the sandbox inside a container.
    public var sandboxDirectory = "/mnt/mesos/sandbox"

    /// An agent with the defaults of Mesos.
    public init() {}

    /// Whether an agent of that Mesos would start with that Docker, told where it would not.
    public var versionFindings: [Finding] {
        guard let minimum = DockerVersion(mesos.minimumDockerVersion), docker.version < minimum
        else { return [] }
        return [
            Finding(
                id: "M01", severity: .info,
                message: "an agent of Mesos \(mesos.version) does not start with Docker"
                    + " \(docker.version); it wants \(minimum) or newer",
                advice: "choose versions that run together")
        ]
    }
}
