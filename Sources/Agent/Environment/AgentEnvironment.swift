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

    func environment(
        of task: TaskDefinition, marathon: [String: String]
    ) -> [String: String] {
        let hasRoot = task.image != nil
        let inside = hasRoot ? configuration.sandboxDirectory : sandbox
        guard task.containerizer == .docker else {
            return ["MESOS_SANDBOX": inside, "MESOS_DIRECTORY": sandbox].merging(marathon) { $1 }
        }
        var environment = marathon
        environment["MESOS_SANDBOX"] = inside
        environment["MESOS_CONTAINER_NAME"] = "mesos-\(layout.containerID)"
        if configuration.mesos.tellsAllocationRole { environment["MESOS_ALLOCATION_ROLE"] = "*" }
        return environment
    }
}
