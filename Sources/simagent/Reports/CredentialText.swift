import DockerCredentials
import Vocabulary

/// A decision and its trace for people.
struct CredentialText {
    let palette: Palette

    /// One client's answer: what is used, what was looked at, what is odd about the file.
    func text(_ answer: CredentialAnswer, reveals: Bool) -> String {
        let key = redactingUserInfo(in: answer.configKey ?? answer.target.image ?? "")
        let name = key.isEmpty ? "\"\"" : key.terminalSafe
        var text = "\(palette.strong(name)) → \(line(answer.decision))\n"
        if reveals { text += secrets(of: answer.decision, indent: "  ") }
        let outcomes = answer.decision.anyOf
        for outcome in outcomes.prefix(8) {
            text += "  one outcome: \(line(outcome))\n"
            if reveals { text += secrets(of: outcome, indent: "    ") }
        }
        if outcomes.count > 8 { text += "  and \(outcomes.count - 8) other outcomes\n" }
        text += trace(answer.decision.trace)
        if let stderr = answer.decision.stderr {
            text += palette.faint("  the client prints: \(stderr.terminalSafe)") + "\n"
        }
        if let isUsed = answer.containerdStoreUsesIt {
            text +=
                isUsed
                ? "  an engine with the containerd image store uses it\n"
                : palette.bad("  an engine with the containerd image store drops it") + "\n"
        }
        for finding in answer.findings {
            let place = finding.place.map { "\($0): ".terminalSafe } ?? ""
            let severity = palette.severity(
                finding.severity, "\(finding.severity.rawValue) \(finding.id)")
            text += "\(place)\(severity): \(finding.message.terminalSafe)\n"
            text += "  = help: \(finding.advice.terminalSafe)\n"
        }
        return text
    }

    private func secrets(of decision: CredentialDecision, indent: String) -> String {
        var text = ""
        if let secret = decision.header ?? decision.secret {
            text += "\(indent)secret: \(secret.reveal().credentialText.terminalSafe)\n"
        }
        if let auth = decision.undecodedAuth {
            text += "\(indent)auth as it stands: \(auth.reveal().credentialText.terminalSafe)\n"
        }
        return text
    }

    /// One line for a decision.
    func line(_ decision: CredentialDecision) -> String {
        let user = decision.username.map { "user \($0.terminalSafe)" } ?? "no user"
        let key =
            decision.key.map { ", key \"\(redactingUserInfo(in: $0).terminalSafe)\"" } ?? ""
        let file = decision.file.map { ", from \($0.terminalSafe)" } ?? ""
        let helper = decision.helper.map { ", \($0.terminalSafe)" } ?? ""
        let rest = "\(key)\(file)\(helper) (\(decision.reason))"
        switch decision.kind {
        case .basic: return palette.good("\(user) and a password") + rest
        case .identityToken: return palette.good("an identity token") + rest
        case .registryToken: return palette.good("a registry token") + rest
        case .anonymous: return palette.caution("anonymous") + rest
        case .nondeterministic:
            return palette.bad("one of \(decision.anyOf.count), by chance") + rest
        case .error:
            return palette.bad("the client stops: \((decision.error ?? "").terminalSafe)") + rest
        }
    }

    /// The steps in the client's order: `+` chose, `-` passed over, `!` stopped.
    func trace(_ steps: [Step]) -> String {
        steps.map { step in
            let mark =
                switch step.outcome {
                case .chosen: palette.good("+")
                case .passedOver: palette.faint("-")
                case .stopped: palette.bad("!")
                }
            return "  \(mark) \(step.place.terminalSafe): \(step.because.terminalSafe)\n"
        }.joined()
    }

    /// A line for each client.
    func table(_ answers: [CredentialAnswer]) -> String {
        let width = answers.map(\.client.rawValue.count).max() ?? 0
        return answers.map { answer in
            let name = answer.client.rawValue
            let space = String(repeating: " ", count: width - name.count + 2)
            return "\(palette.strong(name))\(space)\(line(answer.decision))\n"
        }.joined()
    }
}
