import Agent
import DockerCredentials
import Fetcher
import Marathon
import Vocabulary

/// The line of one phase, made from what the task's report holds of it.
struct PhaseText {
    static let indent = String(repeating: " ", count: 17)

    let task: TaskReport
    let palette: Palette

    func lines(_ phase: Phase) -> [String] {
        let name = phase.name.rawValue
        let label = name + String(repeating: " ", count: max(1, 14 - name.count))
        if let failure = phase.failure {
            return [" \(palette.bad("✗")) \(label)\(failure.message.terminalSafe)"]
                + details(phase.name).dropFirst().map { Self.indent + $0 }
        }
        let details = phase.outcome == .skipped ? [skippedText(phase.name)] : details(phase.name)
        guard let first = details.first else { return [] }
        let mark = phase.outcome == .skipped ? palette.faint("–") : palette.good("✓")
        return [" \(mark) \(label)\(first)"] + details.dropFirst().map { Self.indent + $0 }
    }

    private func skippedText(_ name: Phase.Name) -> String {
        switch name {
        case .fetch: "nothing to fetch"
        case .extract: "nothing to unpack"
        default: "nothing to do"
        }
    }

    private func details(_ name: Phase.Name) -> [String] {
        switch name {
        case .definition:
            let count = task.definition.artifacts.count
            return ["valid · \(counted(count, "artifact"))"]
        case .sandbox:
            return ["\(task.layout.shortForm) (0\(String(task.sandboxMode, radix: 8)))"]
        case .fetch:
            return task.fetched.map(ArtifactText.fetched)
        case .extract:
            return task.fetched.filter(\.isExtracted).map(ArtifactText.members)
        case .environment:
            return [environment]
        case .credential:
            return credential
        case .pull:
            return []
        }
    }

    private var environment: String {
        let sandbox = task.environment["MESOS_SANDBOX"] ?? ""
        let isHost = sandbox == task.sandbox
        let text = "MESOS_SANDBOX=\(isHost ? "<sandbox>" : sandbox.terminalSafe)"
        return task.home == nil ? text : text + " · docker pull runs with HOME=<sandbox>"
    }

    private var credential: [String] {
        guard let decision = task.credential else { return [] }
        let host = task.registry.terminalSafe
        switch decision.kind {
        case .anonymous, .error:
            return ["\(host) → anonymous", because(decision)]
        case .nondeterministic:
            return ["\(host) → one of \(decision.anyOf.count), by chance", because(decision)]
        case .basic, .identityToken, .registryToken:
            let user = decision.username.map { "user \($0.terminalSafe)" } ?? "a token"
            let key = decision.key.map { ", key \"\($0.terminalSafe)\"" } ?? ""
            let file = decision.file?.terminalSafe ?? ""
            let why = decision.trace.last { $0.outcome == .chosen }?.because ?? decision.reason
            return ["\(host) → \(user)", "\(file)\(key) (\(why.terminalSafe))"]
        }
    }

    private func because(_ decision: CredentialDecision) -> String {
        decision.trace.last.map { "\($0.place.terminalSafe): \($0.because.terminalSafe)" }
            ?? "no login was brought"
    }
}
