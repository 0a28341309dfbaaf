import Fetcher
import Marathon

/// What the agent puts into a task's environment over what the framework gave.
///
/// Docker: `Docker::run` of `src/docker/docker.cpp` writes three variables last, so nobody can
/// override them. Mesos: `containerizer.cpp` puts MESOS_SANDBOX before the task's own variables.
struct AgentEnvironment {
    let configuration: AgentConfiguration
    let layout: SandboxLayout
    let sandbox: String

    /// The framework's layers with the agent's before or behind them.
    func layers(
        of task: TaskDefinition, marathon: [EnvironmentLayer]
    ) -> [EnvironmentLayer] {
        let hasRoot = task.image != nil
        let inside = hasRoot ? configuration.sandboxDirectory : sandbox
        var own = ["MESOS_SANDBOX": inside]
        guard task.containerizer == .docker else {
            own["MESOS_DIRECTORY"] = sandbox
            return [EnvironmentLayer(origin: .agent, variables: own)] + marathon
        }
        own["MESOS_CONTAINER_NAME"] = "mesos-\(layout.containerID)"
        if configuration.mesos.tellsAllocationRole { own["MESOS_ALLOCATION_ROLE"] = "*" }
        return marathon + [EnvironmentLayer(origin: .agent, variables: own)]
    }
}
