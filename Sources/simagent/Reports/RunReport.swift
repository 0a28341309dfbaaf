import Agent
import Marathon
import Vocabulary

/// Everything that a run found out: the one value behind its text and its JSON.
struct RunReport {
    /// The definition's file, as the caller named it.
    let file: String
    /// What Marathon makes of it.
    let definition: MarathonDefinition
    /// What happened to its tasks.
    let tasks: [TaskReport]

    /// `INVALID`, `TASK_FAILED` if one task failed, else `TASK_RUNNING`.
    var outcome: String {
        if !definition.isValid { return "INVALID" }
        return firstFailure == nil ? "TASK_RUNNING" : "TASK_FAILED"
    }

    /// Whether a task failed.
    var hasFailed: Bool { firstFailure != nil }

    /// The reason and the message of the first task that failed.
    var firstFailure: (reason: String, message: String)? {
        for task in tasks {
            if case .failed(let reason, let message) = task.outcome { return (reason, message) }
        }
        return nil
    }

    /// The findings of the definition and of all tasks.
    var allFindings: [Finding] { definition.findings + tasks.flatMap(\.findings) }
}
