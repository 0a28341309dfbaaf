/// How a task ended, in the words of Mesos.
public enum TaskOutcome: Sendable, Hashable {
    /// It would start.
    case running
    /// It would not; Mesos' reason and message.
    case failed(reason: String, message: String)

    /// The state that a scheduler sees.
    public var state: String {
        switch self {
        case .running: "TASK_RUNNING"
        case .failed: "TASK_FAILED"
        }
    }

    /// The reason that Mesos gives for whatever goes wrong before a container runs.
    public static let launchFailed = "REASON_CONTAINER_LAUNCH_FAILED"
}
