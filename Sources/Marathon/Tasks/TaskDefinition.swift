public import LocatedJSON

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
        /// Where the name stands.
        public let location: JSONLocation?
    }

    /// The absolute id of the app or pod.
    public let id: String
    /// The container's name, for a pod.
    public let container: String?
    /// Who launches it; `nil` where a bare command runs without any container.
    public let containerizer: Containerizer?
    /// What runs.
    public let command: TaskCommand
    /// The image's text, unchanged.
    public let image: String?
    /// The JSON path of the image.
    public let imagePath: String
    /// Whether an image that is on the agent already is pulled all the same; `nil` where a pod
    /// does not say (Mesos is told nothing then, where it is told `cached` for an app always).
    public let forcePull: Bool?
    /// What is fetched, in order.
    public let artifacts: [Artifact]
    /// The login that the Mesos containerizer is given.
    public let pullSecret: PullSecret?
    /// The user it runs as.
    public let user: String?
    /// The environment that its author wrote, secrets left out.
    public let environment: [String: String]
    /// The variables whose value is a secret; Marathon itself leaves them out of the task.
    public let environmentSecrets: [String: PullSecret]
    /// The files that are secrets; Marathon itself leaves them out of the task.
    public let secretVolumes: [SecretVolume]
    /// Labels, a container's over its pod's.
    public let labels: [String: String]
    /// The labels' names in the order of the text.
    let labelNames: [String]
    /// Resources.
    public let resources: Resources
    /// How many of them run.
    public let instances: Int
    /// What must run before, as absolute ids.
    public let dependencies: [String]
    /// How it is joined to a network; `nil` for a pod that does not say.
    public let networkMode: NetworkMode?
    /// The networks' names.
    public let networkNames: [String]
    /// An app's ports in order; a pod has endpoints.
    public let ports: [PortRequest]
    /// The endpoints of all containers of the pod, in order.
    public let endpoints: [PortRequest]
    /// The volumes that Mesos is told of; those that are secrets are in ``secretVolumes``.
    public let volumes: [TaskVolume]
    /// Whether the top-level group above it enforces its role.
    public let enforcesGroupRole: Bool
    /// What the Docker containerizer alone is told.
    public let dockerOptions: DockerOptions?

    /// Whether an image that is on the agent already is pulled all the same.
    public var forcesPull: Bool { forcePull ?? false }
    /// The names in the environment whose value is a secret.
    public var secretEnvironment: [String] { environmentSecrets.keys.sorted() }
    /// Mesos' name of the task: a container's, or the app's path from its end, joined by dots.
    public var name: String {
        container ?? id.split(separator: "/").reversed().joined(separator: ".")
    }

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

    /// A file in the task that is a secret.
    public struct SecretVolume: Sendable, Hashable {
        /// Where the task finds it.
        public let containerPath: String
        /// The secret.
        public let secret: PullSecret
    }

    /// What the Docker containerizer alone is told.
    public struct DockerOptions: Sendable, Hashable {
        /// `HOST`, `BRIDGE` or `USER`.
        public let network: String
        /// Whether the container has the agent's rights.
        public let isPrivileged: Bool
        /// Flags of `docker run`, in order; Marathon appends the task's id as a label.
        public let parameters: [Parameter]

        /// A flag of `docker run`.
        public struct Parameter: Sendable, Hashable {
            /// The flag without its dashes.
            public let key: String
            /// Its value.
            public let value: String
        }
    }
}
