import Vocabulary

/// What a credential helper changes about a decision: `native_store.go` of docker/cli.
struct HelperLookup {
    let behavior: DockerBehavior
    let environment: ClientEnvironment
    /// Whether a failing helper stops the client; else it goes on with the file's entry.
    let failsWithHelper: Bool

    func decide(
        _ key: String, suffix: String, place: String, fromFile: CredentialDecision
    ) -> CredentialDecision {
        let helper = CredentialHelper(suffix: suffix, environment: environment)
        let (answer, stderr) = helper.get(key)
        var decision: CredentialDecision
        switch answer {
        case .credential(let username, let secret):
            decision = over(fromFile) { entry in
                var given = answered(username, secret, entry)
                given.key = behavior.helperAnswersCarryKey ? key : nil
                return given
            }
            let because =
                decision.kind == .anonymous
                ? "\(helper.program) answers with an empty user or secret"
                : "\(helper.program) answers for \(key)"
            decision.trace = [
                Step(
                    step: "credential-helper", place: place,
                    outcome: decision.kind == .anonymous ? .passedOver : .chosen, because: because)
            ]
        case .notFound:
            decision = over(fromFile) { entry in
                var nothing = CredentialDecision(kind: .anonymous, reason: "helper-not-found")
                if entry.kind == .registryToken {
                    nothing.kind = .registryToken
                    nothing.secret = entry.secret
                }
                return nothing
            }
            decision.trace = [
                Step(
                    step: "credential-helper", place: place, outcome: .passedOver,
                    because: "\(helper.program) knows no login for \(key), and the file's entry is"
                        + " not used beside it")
            ]
        case .missing, .failed, .notJSON:
            decision = failed(helper, answer, place, fromFile)
        }
        decision.helper = helper.program
        if let stderr { decision.stderr = stderr }
        return decision
    }

    /// Each outcome of the file's entry, with the helper's answer over it.
    private func over(
        _ fromFile: CredentialDecision, _ change: (CredentialDecision) -> CredentialDecision
    ) -> CredentialDecision {
        let outcomes = fromFile.anyOf.map(change)
        guard let first = outcomes.first else { return change(fromFile) }
        if outcomes.allSatisfy(first.isSameLogin) { return first }
        return .oneOf(outcomes, reason: fromFile.reason) ?? first
    }

    /// User and secret of the helper; a registry token of the file's entry stays, and wins.
    private func answered(
        _ username: String, _ secret: Secret, _ entry: CredentialDecision
    ) -> CredentialDecision {
        var decision = CredentialDecision(kind: .anonymous, reason: "helper-answered")
        if username == "<token>" {
            decision.kind = secret.isEmpty ? .anonymous : .identityToken
            decision.secret = secret
        } else {
            decision.kind = username.isEmpty || secret.isEmpty ? .anonymous : .basic
            decision.username = username.isEmpty ? nil : username
            decision.secret = secret
        }
        if entry.kind == .registryToken {
            decision.kind = .registryToken
            decision.secret = entry.secret
        }
        if decision.kind == .anonymous { decision.secret = nil }
        return decision
    }

    /// A helper that gives no answer: newer clients stop, older ones use the file's entry.
    private func failed(
        _ helper: CredentialHelper, _ answer: CredentialHelper.Answer, _ place: String,
        _ fromFile: CredentialDecision
    ) -> CredentialDecision {
        let words = helper.dockerWords(answer) ?? ""
        var reason = "helper-failed"
        var because = "\(helper.program) fails: \(words)"
        if case .missing = answer {
            reason = "helper-binary-missing"
            because = "\(helper.program) is not on the client's PATH"
        }
        if failsWithHelper {
            var decision = CredentialDecision(kind: .error, reason: reason)
            decision.error = words
            decision.trace = [
                Step(
                    step: "credential-helper", place: place, outcome: .stopped,
                    because: "\(because); Docker \(behavior.version) stops there")
            ]
            return decision
        }
        var decision = fromFile
        decision.reason = fromFile.kind == .anonymous ? reason : reason + "+file-entry-used"
        let step = Step(
            step: "credential-helper", place: place, outcome: .passedOver,
            because: "\(because); this Docker says nothing of it and takes the file's entry")
        decision.trace = [step] + fromFile.trace
        return decision
    }
}
