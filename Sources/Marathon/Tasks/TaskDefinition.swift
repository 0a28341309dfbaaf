/// What one task asks of Mesos: an app's, or one container of a pod's.
public struct TaskDefinition: Sendable {
    /// Who launches it.
    public enum Containerizer: String, Sendable {
        case docker = "DOCKER"
        case mesos = "MESOS"
    }

    /// A secret that holds the image's login.
    public struct PullSecret: Sendable, Hashable {
        /// The key of the definition's `secrets`, which is the name that Mesos gets.
        public let reference: String
        /// Where the store keeps it.
        public let source: String
        /// Whether DC/OS would let this service read it.
        public let isInSpace: Bool
        /// The JSON path of the secret's name.
        public let path: String
    }

    /// The absolute id of the app or pod.
    public let id: String
    /// The container's name, for a pod.
    public let container: String?
    /// Who launches it; `nil` where a bare command runs without any container.
    public let containerizer: Containerizer?
    /// The image's text, unchanged.
    public let image: String?
    /// The JSON path of the image.
    public let imagePath: String
    /// Whether an image that is on the agent already is pulled all the same.
    public let forcesPull: Bool
    /// What is fetched, in order.
    public let artifacts: [Artifact]
    /// The login that the Mesos containerizer is given.
    public let pullSecret: PullSecret?
    /// The user it runs as.
    public let user: String?
    /// The environment that its author wrote, secrets left out.
    public let environment: [String: String]
    /// The names in the environment whose value is a secret.
    public let secretEnvironment: [String]
    /// Labels, a container's over its pod's.
    public let labels: [String: String]
    /// Resources.
    public let resources: Resources
    /// How many of them run.
    public let instances: Int

    /// What a task is given of an agent.
    public struct Resources: Sendable, Hashable {
        /// Processors.
        public var cpus = 1.0
        /// Memory in MiB.
        public var mem = 128.0
        /// Disk in MiB.
        public var disk = 0.0
        /// Graphics processors.
        public var gpus = 0
    }
}
