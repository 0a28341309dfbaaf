/// What Mesos is told of a task's container: the fields of `ContainerInfo`.
///
/// Mirrors `ContainerSerializer`, `DockerSerializer`, `MesosDockerSerializer`,
/// `PortMappingSerializer` and `TaskGroupBuilder.computeContainerInfo`.
public struct ContainerInfo: Sendable, Hashable {
    /// Who launches it.
    public let containerizer: TaskDefinition.Containerizer
    /// The image's text, unchanged.
    public let image: String?
    /// For the Mesos containerizer, whether an image that is on the agent will do: the opposite
    /// of a forced pull, written always for an app and only where a pod says it.
    public let cached: Bool?
    /// The name of the secret with the image's login: the key of `secrets`, not its source.
    public let configSecret: String?
    /// What the Docker containerizer alone is told.
    public let docker: DockerInfo?
    /// The names of the container networks.
    public let networkNames: [String]
    /// The agent's ports that lead to the container's.
    public let portMappings: [PortMapping]
    /// The volumes, those that are secrets left out.
    public let volumes: [TaskVolume]

    /// `ContainerInfo.DockerInfo`.
    public struct DockerInfo: Sendable, Hashable {
        /// `HOST`, `BRIDGE` or `USER`.
        public let network: String
        /// Whether the container has the agent's rights.
        public let isPrivileged: Bool
        /// Whether the image is pulled though it is on the agent.
        public let forcesPull: Bool
        /// Flags of `docker run`; the last is the label with the task's id.
        public let parameters: [TaskDefinition.DockerOptions.Parameter]
    }

    /// A port of the agent that leads to one of the container.
    public struct PortMapping: Sendable, Hashable {
        /// The agent's port.
        public let hostPort: Int
        /// The container's, equal to the agent's where its author wrote 0.
        public let containerPort: Int
        /// `tcp` or `udp`.
        public let networkProtocol: String
    }
}

extension TaskDefinition {
    /// What Mesos is told of the container; `nil` for a bare command on the agent's own network.
    ///
    /// - Parameter launch: What differs from launch to launch.
    /// - Returns: The fields of `ContainerInfo`.
    public func containerInfo(for launch: LaunchContext) -> ContainerInfo? {
        guard let containerizer else { return nil }
        let docker = dockerOptions.map { options in
            ContainerInfo.DockerInfo(
                network: options.network, isPrivileged: options.isPrivileged,
                forcesPull: forcesPull,
                parameters: options.parameters
                    + [.init(key: "label", value: "MESOS_TASK_ID=\(launch.taskID)")])
        }
        let mesosImage = containerizer == .mesos && image != nil
        return ContainerInfo(
            containerizer: containerizer, image: image,
            cached: mesosImage ? forcePull.map { !$0 } : nil,
            configSecret: pullSecret?.reference, docker: docker,
            networkNames: networkMode == .container ? networkNames : [],
            portMappings: networkMode == .host ? [] : portMappings(launch.hostPorts),
            volumes: volumes)
    }

    private func portMappings(_ hostPorts: [Int]) -> [ContainerInfo.PortMapping] {
        // A pod's endpoints are those of all containers: the mapping belongs to the pod.
        zip((ports + endpoints).filter { $0.hostPort != nil }, hostPorts)
            .flatMap { request, port in
                let protocols = request.protocols.isEmpty ? ["tcp"] : request.protocols
                return protocols.map {
                    ContainerInfo.PortMapping(
                        hostPort: port,
                        containerPort: request.declared == 0 ? port : request.declared,
                        networkProtocol: $0.lowercased())
                }
            }
    }
}
