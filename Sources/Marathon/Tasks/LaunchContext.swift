/// What differs from launch to launch, for a task's environment.
public struct LaunchContext: Sendable {
    /// The task's id.
    public let taskID: String
    /// The executor's id.
    public let executorID: String
    /// The agent's host name.
    public let host: String
    /// When the definition was accepted: `yyyy-MM-ddTHH:mm:ss.SSSZ`.
    public let version: String
    /// The agent's ports that were allocated, one for each port or endpoint that asks for one, in
    /// order.
    public let hostPorts: [Int]
    /// Ports for those that ask for any but get none of the agent's, 1025 to 65535, in order.
    public let randomPorts: [Int]
    /// Marathon's `--env_vars_prefix`.
    public let prefix: String

    /// A launch of a definition.
    public init(
        taskID: String, executorID: String, host: String, version: String,
        hostPorts: [Int] = [], randomPorts: [Int] = [], prefix: String = ""
    ) {
        self.taskID = taskID
        self.executorID = executorID
        self.host = host
        self.version = version
        self.hostPorts = hostPorts
        self.randomPorts = randomPorts
        self.prefix = prefix
    }
}

extension TaskDefinition {
    /// The ids that Marathon gives the first launch of an instance.
    ///
    /// - Parameter instance: The instance's UUID.
    /// - Returns: Task and executor id; an app's are equal.
    public func ids(instance: String) -> (task: String, executor: String) {
        let path = id.split(separator: "/").joined(separator: "_")
        guard let container else {
            let task = "\(path).instance-\(instance)._app.1"
            return (task, task)
        }
        return (
            "\(path).instance-\(instance).\(container).1", "instance-\(path).\(instance)"
        )
    }
}
