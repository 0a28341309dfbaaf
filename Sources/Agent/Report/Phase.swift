/// One step of a task's way, in the order in which its containerizer takes it.
public struct Phase: Sendable {
    /// What the step does.
    public enum Name: String, Sendable {
        /// The definition was read and is valid.
        case definition
        /// The sandbox is made.
        case sandbox
        /// The artifacts are brought into the sandbox.
        case fetch
        /// The archives among them are unpacked.
        case extract
        /// The task's environment and the HOME of `docker pull` are set.
        case environment
        /// The login for the image's registry is chosen.
        case credential
        /// The image would be pulled, or was.
        case pull
    }

    /// What came of the step.
    public enum Outcome: String, Sendable {
        /// It was done.
        case passed
        /// It ended the task.
        case failed
        /// There was nothing to do.
        case skipped
    }

    /// What the step does.
    public let name: Name
    /// What came of it.
    public let outcome: Outcome
    /// How long it took, in seconds.
    public let seconds: Double
    /// Where it failed: what and what to do.
    public let failure: PhaseFailure?

    /// A step that was taken.
    public init(name: Name, outcome: Outcome, seconds: Double, failure: PhaseFailure? = nil) {
        self.name = name
        self.outcome = outcome
        self.seconds = seconds
        self.failure = failure
    }
}

/// Why a step ended the task.
public struct PhaseFailure: Error, Sendable, Hashable {
    /// What failed; one line.
    public let message: String
    /// What to change.
    public let advice: String
    /// What Mesos would report to the scheduler.
    public let mesosMessage: String

    /// A failure that Mesos reports with `mesosMessage`.
    public init(message: String, advice: String, mesosMessage: String) {
        self.message = message
        self.advice = advice
        self.mesosMessage = mesosMessage
    }
}
