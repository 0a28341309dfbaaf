public import DockerCredentials
public import Fetcher
public import Marathon
public import Vocabulary

/// What happened to one task, in values that text, JSON and any other rendering are made from.
public struct TaskReport: Sendable {
    /// The task that was asked for.
    public let definition: TaskDefinition
    /// The task's id.
    public let id: String
    /// Where its sandbox is, below the work directory.
    public let layout: SandboxLayout
    /// The sandbox's absolute path.
    public let sandbox: String
    /// The mode of the sandbox.
    public let sandboxMode: UInt32
    /// The phases that were taken, in the containerizer's order.
    public internal(set) var phases: [Phase] = []
    /// The task's whole environment.
    public var environment: [String: String] { environmentLayers.merged }
    /// Who sets which variables, the weakest first.
    public internal(set) var environmentLayers: [EnvironmentLayer] = []
    /// What Mesos is told of the container; `nil` for a bare command.
    public internal(set) var container: ContainerInfo?
    /// The HOME of `docker pull`, for the Docker containerizer.
    public internal(set) var home: String?
    /// The image as it would be pulled.
    public internal(set) var pulledImage: String?
    /// What was fetched.
    public internal(set) var fetched: [FetchedArtifact] = []
    /// What is in the sandbox at the end.
    public internal(set) var tree: [TreeEntry] = []
    /// Which credential the pull would use; `nil` where the task failed before, or has no image.
    public internal(set) var credential: CredentialDecision?
    /// What a person should know.
    public internal(set) var findings: [Finding] = []
    /// How it ended.
    public internal(set) var outcome = TaskOutcome.running

    /// The registry that is asked, as its client names it.
    public internal(set) var registry = ""
    /// The version of the client that pulls: Docker's, or that of Mesos.
    public internal(set) var clientVersion = ""

    init(
        definition: TaskDefinition, id: String, layout: SandboxLayout, workDirectory: String,
        mode: UInt32
    ) {
        self.definition = definition
        self.id = id
        self.layout = layout
        sandbox = workDirectory + "/" + layout.sandbox
        sandboxMode = mode
    }

    /// What to change, where it failed.
    public var advice: String? {
        phases.last { $0.outcome == .failed }?.failure?.advice
    }
}

/// One thing in a sandbox.
public struct TreeEntry: Sendable, Hashable {
    /// The path relative to the sandbox.
    public let path: String
    /// `file`, `directory`, `symlink` or `special`.
    public let type: String
    /// Permission bits.
    public let mode: UInt32
    /// Size in bytes.
    public let bytes: UInt64

    /// Whether Docker would look for its credentials under that path.
    var isCredentialsName: Bool { path == ".docker/config.json" || path == ".dockercfg" }
}
