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

    /// A launch of a definition.
    public init(taskID: String, executorID: String, host: String, version: String) {
        self.taskID = taskID
        self.executorID = executorID
        self.host = host
        self.version = version
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

    /// The environment that Marathon gives the task, without what the agent adds.
    ///
    /// An app's own variables override Marathon's, a pod's are overridden by them
    /// (`TaskBuilder.commandInfo`, `TaskGroupBuilder.computeCommandInfo`).
    ///
    /// - Parameter launch: What differs from launch to launch.
    /// - Returns: Names and values.
    public func environment(for launch: LaunchContext) -> [String: String] {
        var context = [
            "HOST": launch.host, "MESOS_TASK_ID": launch.taskID, "MARATHON_APP_ID": id,
            "MARATHON_APP_VERSION": launch.version, "MARATHON_APP_ENFORCE_GROUP_ROLE": "FALSE",
        ]
        let scope = container == nil ? "MARATHON_APP" : "MARATHON_CONTAINER"
        context["\(scope)_RESOURCE_CPUS"] = javaText(resources.cpus)
        context["\(scope)_RESOURCE_MEM"] = javaText(resources.mem)
        context["\(scope)_RESOURCE_DISK"] = javaText(resources.disk)
        context["\(scope)_RESOURCE_GPUS"] = String(resources.gpus)
        context.merge(labelVariables) { $1 }
        if let container {
            context["MARATHON_CONTAINER_ID"] = container
            context["MESOS_EXECUTOR_ID"] = launch.executorID
            return environment.merging(context) { $1 }
        }
        if containerizer == .docker, let image { context["MARATHON_APP_DOCKER_IMAGE"] = image }
        return context.merging(environment) { $1 }
    }

    private var labelVariables: [String: String] {
        var variables: [String: String] = [:]
        var names: [String] = []
        for (key, value) in labels.sorted(by: { $0.key < $1.key })
        where key.utf16.count < 493 && value.utf16.count < 512 {
            var name = ""
            for scalar in key.unicodeScalars {
                let isWord =
                    scalar.isASCII
                    && (scalar.properties.isAlphabetic
                        || scalar.properties.numericType != nil)
                if isWord || scalar == "_" {
                    name.unicodeScalars.append(scalar)
                } else if name.last != "_" {
                    name += "_"
                }
            }
            names.append(name.uppercased())
            variables["MARATHON_APP_LABEL_\(name.uppercased())"] = value
        }
        variables["MARATHON_APP_LABELS"] = names.joined(separator: " ")
        return variables
    }
}

/// A double as Java writes it: `1.0`, `0.25`, `1.0E7`.
func javaText(_ value: Double) -> String {
    if value != 0, abs(value) < 1e-3 || abs(value) >= 1e7 {
        var exponent = 0
        var mantissa = value
        while abs(mantissa) >= 10 {
            mantissa /= 10
            exponent += 1
        }
        while abs(mantissa) < 1 {
            mantissa *= 10
            exponent -= 1
        }
        return "\(mantissa)E\(exponent)"
    }
    return "\(value)"
}
