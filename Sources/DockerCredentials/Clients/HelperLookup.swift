import Vocabulary

/// What a credential helper changes about a decision: `native_store.go` of docker/cli.
struct HelperLookup {
    let behavior: DockerBehavior
    let environment: ClientEnvironment

    func decide(
        _ key: String, suffix: String, place: String, fromFile: CredentialDecision,
        entry: ConfigFile.Entry?
    ) -> CredentialDecision {
        let program = "docker-credential-\(suffix)"
        if suffix.contains("/") {
            return failed(
                program, place, fromFile, reason: "helper-failed",
                because: "its name is a path, which is not run here", error: "\(program): refused")
        }
        guard environment.program(program) != nil else {
            return failed(
                program, place, fromFile, reason: "helper-binary-missing",
                because: "\(program) is not on the agent's PATH",
                error: "error getting credentials - err: exec: \"\(program)\": executable file not"
                    + " found in $PATH, out: ``")
        }
        return failed(
            program, place, fromFile, reason: "helper-failed",
            because: "\(program) is on the PATH, but is not asked here: what it keeps belongs to"
                + " the machine it runs on", error: "\(program) was not asked")
    }

    /// A helper that gives no answer: newer clients stop, older ones use the file's entry.
    private func failed(
        _ program: String, _ place: String, _ fromFile: CredentialDecision, reason: String,
        because: String, error: String
    ) -> CredentialDecision {
        var decision = fromFile
        if behavior.failsWithHelper {
            decision = CredentialDecision(kind: .error, reason: reason)
            decision.error = error
        } else {
            decision.reason = fromFile.kind == .anonymous ? reason : reason + "+file-entry-used"
        }
        decision.helper = program
        let words =
            behavior.failsWithHelper
            ? "; Docker \(behavior.version) stops there" : "; this Docker says nothing of it"
        let step = Step(
            step: "credential-helper", place: place,
            outcome: behavior.failsWithHelper
                ? .stopped : .passedOver, because: because + words)
        decision.trace = [step] + (behavior.failsWithHelper ? [] : fromFile.trace)
        return decision
    }
}
