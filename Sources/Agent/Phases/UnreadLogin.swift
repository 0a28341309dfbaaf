import DockerCredentials
import Marathon
import Vocabulary

extension TaskReport {
    /// Notes a login that was fetched into the sandbox of a Mesos containerizer, which pulls before
    /// it fetches and reads no sandbox: the task that brings it does not use it.
    ///
    /// Only the end of the run can tell, when everything is unpacked. The phase that failed is the
    /// credential's all the same.
    mutating func noteUnreadLogin() {
        guard definition.containerizer == .mesos, definition.image != nil,
            tree.contains(where: \.isCredentialsName)
        else { return }
        let found = AgentCircumstances(sandboxHasFile: true, isMesosContainerizer: true)
            .findings(.newest)
        findings += found
        guard outcome == .running, credential?.kind == .anonymous,
            let index = phases.firstIndex(where: { $0.name == .credential })
        else { return }
        let words =
            "the pull of \((definition.image ?? "").terminalSafe) would be anonymous though the"
            + " task brings a login; whether \(registry.terminalSafe) lets anyone in is not known"
        let failure = PhaseFailure(
            message: words, advice: found.first?.advice ?? "",
            mesosMessage: "Failed to launch container: \(words)")
        phases[index] = Phase(
            name: .credential, outcome: .failed, seconds: phases[index].seconds, failure: failure)
        outcome = .failed(reason: TaskOutcome.launchFailed, message: failure.mesosMessage)
    }
}
