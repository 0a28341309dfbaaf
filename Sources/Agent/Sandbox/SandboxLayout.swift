/// Where a Mesos agent keeps a task's sandbox below its work directory.
///
/// Mirrors `src/slave/paths.cpp` of Mesos 1.11: the folder is called `slaves`, also in the newest
/// version.
public struct SandboxLayout: Sendable, Hashable {
    /// The agent's id.
    public let agentID: String
    /// The framework's id: Marathon's.
    public let frameworkID: String
    /// The executor's id; for a command task the task's id.
    public let executorID: String
    /// The container's id, a random UUID.
    public let containerID: String
    /// The nested container's id, for a container of a pod.
    public let nestedContainerID: String?

    /// The layout of one container.
    public init(
        agentID: String, frameworkID: String, executorID: String, containerID: String,
        nestedContainerID: String? = nil
    ) {
        self.agentID = agentID
        self.frameworkID = frameworkID
        self.executorID = executorID
        self.containerID = containerID
        self.nestedContainerID = nestedContainerID
    }

    /// The folder of all runs of the executor, relative to the work directory.
    public var runs: String {
        "slaves/\(agentID)/frameworks/\(frameworkID)/executors/\(executorID)/runs"
    }

    /// The sandbox, relative to the work directory.
    public var sandbox: String {
        let run = "\(runs)/\(containerID)"
        return nestedContainerID.map { "\(run)/containers/\($0)" } ?? run
    }

    /// The link to the newest run, relative to the work directory.
    public var latest: String { "\(runs)/latest" }

    /// The sandbox with the long ids left out: for a person.
    public var shortForm: String {
        let run = "…/slaves/\(agentID)/frameworks/…/runs/\(containerID.prefix(4))…"
        return nestedContainerID == nil ? run : "\(run)/containers/…"
    }
}
