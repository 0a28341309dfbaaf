import Agent
import DockerCredentials
import Fetcher
import Marathon
import Vocabulary

/// A run for a person: one block a task, one line a phase, the verdict last.
struct RunText {
    let palette: Palette
    let isVerbose: Bool

    func render(_ report: RunReport) -> String {
        guard report.definition.isValid else {
            return ViolationText(palette: palette).render(report)
        }
        var text = report.tasks.map(block).joined(separator: "\n")
        if report.tasks.isEmpty {
            text =
                palette.strong("nothing to run") + ": the definition has no app and no container\n"
        }
        let notes = shown(report.definition.findings)
        if !notes.isEmpty {
            text = notes.map(line).joined() + "\n" + text
        }
        return text
    }

    private func block(_ task: TaskReport) -> String {
        var lines = [title(task), ""]
        for phase in task.phases { lines += PhaseText(task: task, palette: palette).lines(phase) }
        var text = lines.joined(separator: "\n") + "\n"
        // What ended a phase stands in the phase's own line already.
        let said = task.phases.compactMap(\.failure?.message)
        text += shown(task.findings).filter { !said.contains($0.message) }.map(line).joined()
        if isVerbose { text += trace(of: task) + LaunchText(task: task, palette: palette).text }
        return text + "\n" + verdict(task)
    }

    private func title(_ task: TaskReport) -> String {
        let definition = task.definition
        let name = definition.id + (definition.container.map { " \($0)" } ?? "")
        let containerizer =
            switch definition.containerizer {
            case .docker: "Docker containerizer"
            case .mesos: "Mesos containerizer"
            case nil: "Mesos containerizer, no container"
            }
        let image = task.pulledImage ?? definition.image ?? "no image"
        return palette.strong("\(name) · \(containerizer) · \(image.terminalSafe)")
    }

    private func shown(_ findings: [Finding]) -> [Finding] {
        findings.filter { isVerbose || $0.severity > .info }
    }

    private func line(_ finding: Finding) -> String {
        let mark = palette.severity(finding.severity, "!")
        return " \(mark) finding       \(finding.id) \(finding.message.terminalSafe)\n"
            + PhaseText.indent + palette.faint("= " + finding.advice.terminalSafe) + "\n"
    }

    private func trace(of task: TaskReport) -> String {
        guard let decision = task.credential else { return "" }
        return "   steps\n" + CredentialText(palette: palette).trace(decision.trace)
    }

    private func verdict(_ task: TaskReport) -> String {
        switch task.outcome {
        case .running:
            let image = task.pulledImage.map {
                "would pull \($0.terminalSafe) as \(pullUser(task))"
            }
            return palette.good("TASK_RUNNING") + "  \(image ?? "nothing to pull")\n"
        case .failed(let reason, let message):
            let advice = task.advice.map { "what to change: \($0.terminalSafe)\n" } ?? ""
            return advice + palette.bad("TASK_FAILED") + "  \(reason): \(message.terminalSafe)\n"
        }
    }

    private func pullUser(_ task: TaskReport) -> String {
        guard let decision = task.credential, decision.kind != .anonymous else {
            return "nobody (anonymous)"
        }
        if decision.kind == .nondeterministic {
            let users = decision.anyOf.map { $0.username?.terminalSafe ?? "nobody" }
            return "one of \(users.joined(separator: ", ")), by chance"
        }
        return decision.username?.terminalSafe ?? "the holder of a token"
    }
}
