import Vocabulary

/// What the chosen Mesos would have made of what came.
struct OutcomeFindings {
    let behavior: MesosBehavior
    private(set) var findings: [Finding] = []

    init(of outcome: FetchOutcome, behavior: MesosBehavior) {
        self.behavior = behavior
        if let failure = outcome.failure, failure.code != .cancelled { add(failure, outcome) }
        lookForClashes(outcome.artifacts)
        for artifact in outcome.artifacts where artifact.isExtracted {
            lookAtMembers(of: artifact)
        }
    }

    private mutating func add(
        _ id: String, _ uri: String, _ message: String, _ advice: String,
        _ severity: Severity? = nil
    ) {
        findings.append(
            Finding(
                id: id, severity: severity ?? FetchRules.severity(of: id),
                place: Place(file: uri), message: message, advice: advice))
    }

    private mutating func add(_ failure: FetchError, _ outcome: FetchOutcome) {
        let id = failure.code == .notExtracted ? "F02" : "F01"
        add(id, failure.uri, failure.message, failure.advice)
        if failure.message.contains("return code") {
            add(
                "F21", failure.uri, "Mesos leaves the server's answer under the artifact's name",
                "do not take it for the artifact")
        }
        guard failure.code == .notExtracted else { return }
        if outcome.artifacts.last?.bytes == 0, behavior.unpacksWithLibarchive {
            add(
                "F32", failure.uri, "Mesos takes the empty file for an archive without members",
                "see why it is empty")
        }
        guard failure.isRefusedMember else { return }
        let isDotDot = failure.message.contains("'..'")
        if isDotDot && behavior.letsMembersEscape {
            add(
                "F28", failure.uri,
                "Mesos \(behavior.version) writes this member outside of the sandbox",
                "take it out",
                .error)
        } else if !isDotDot && behavior.unpacksWithLibarchive {
            add(
                "F28", failure.uri,
                "Mesos \(behavior.version) unpacks this member, and writes through links that lead"
                    + " out", "take it out")
        }
    }

    /// Files with one name from two artifacts: Mesos keeps whichever its hash puts last.
    private mutating func lookForClashes(_ artifacts: [FetchedArtifact]) {
        guard !behavior.keepsRequestOrder, artifacts.count > 1 else { return }
        var owners: [Substring: Int] = [:]
        for (index, artifact) in artifacts.enumerated() {
            var clash: Substring?
            let files = artifact.members.filter { !$0.path.hasSuffix("/") }
            // Two artifacts with one target are told of before anything is fetched.
            let names = files.map { plain($0.path) }
            for name in names + [artifact.path[...]] {
                if let owner = owners[name], owner != index {
                    let isTarget =
                        name == artifact.path && artifacts[owner].path == artifact.path
                    if !isTarget { clash = clash ?? name }
                }
                owners[name] = index
            }
            if let clash {
                add(
                    "F10", artifact.uri,
                    "\(redacted(String(clash))) comes from two artifacts: which of them stays is"
                        + " not specified", "give one of them another name")
            }
        }
    }

    private mutating func lookAtMembers(of artifact: FetchedArtifact) {
        if behavior.unpacksWithLibarchive,
            let member = artifact.members.first(where: { !$0.path.utf8.allSatisfy { $0 < 0x80 } })
        {
            add(
                "F27", artifact.uri,
                "Mesos \(behavior.version) cannot write \(member.path.terminalSafe): its name is"
                    + " not ASCII", "give it a name of ASCII letters")
        }
        if let log = artifact.members.map({ plain($0.path) }).first(where: {
            $0 == "stdout" || $0 == "stderr"
        }) {
            add(
                "F16", artifact.uri, "the archive replaces \(log), which is the task's log",
                "give the member another name")
        }
    }

    private func plain(_ path: String) -> Substring {
        var rest = path[...]
        while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
        while rest.hasPrefix("/") { rest = rest.dropFirst() }
        return rest
    }
}
