/// Variables of a task that come from one side; of equal names in several layers the last counts.
public struct EnvironmentLayer: Sendable, Hashable {
    /// Who sets variables.
    public enum Origin: String, Sendable {
        /// `env` of an app, `environment` of a pod and of its container.
        case definition
        /// Marathon: ids, resources, labels, ports.
        case marathon
        /// The agent that launches the task.
        case agent
    }

    /// Who sets them.
    public let origin: Origin
    /// Names and values.
    public let variables: [String: String]

    /// Variables of one side.
    public init(origin: Origin, variables: [String: String]) {
        self.origin = origin
        self.variables = variables
    }
}

extension TaskDefinition {
    /// The environment that Marathon gives the task, layer by layer, the weakest first.
    ///
    /// An app's own variables override Marathon's, a pod's are overridden by them
    /// (`TaskBuilder.commandInfo`, `TaskGroupBuilder.computeCommandInfo`).
    ///
    /// - Parameter launch: What differs from launch to launch.
    /// - Returns: Two layers; variables whose value is a secret are in neither.
    public func environmentLayers(for launch: LaunchContext) -> [EnvironmentLayer] {
        let own = EnvironmentLayer(
            origin: .marathon, variables: marathonVariables(for: launch))
        let written = EnvironmentLayer(origin: .definition, variables: environment)
        return container == nil ? [own, written] : [written, own]
    }

    /// The environment that Marathon gives the task, without what the agent adds.
    ///
    /// - Parameter launch: What differs from launch to launch.
    /// - Returns: Names and values; variables whose value is a secret are not among them.
    public func environment(for launch: LaunchContext) -> [String: String] {
        environmentLayers(for: launch).merged
    }
}

extension [EnvironmentLayer] {
    /// The variables of all layers.
    public var merged: [String: String] {
        reduce(into: [:]) { all, layer in all.merge(layer.variables) { $1 } }
    }
}
