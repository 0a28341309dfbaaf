import ConfinedFiles
import DockerCredentials
import Fetcher
import Glibc
import Marathon
import Vocabulary

/// One task on its way through the phases of its plan.
struct TaskRun: Sendable {
    private let agent: SimulatedAgent
    private let task: TaskDefinition
    private let hasPorts: Bool
    /// How many of its artifacts are fetched at once; tasks that run together share the number.
    var artifactsAtOnce = 1
    private var report: TaskReport
    private var sandbox: Sandbox?
    private var extractionFailure: FetchError?
    private var skipped: Set<Phase.Name> = []

    init(
        of task: TaskDefinition, on agent: SimulatedAgent, ids: (task: String, executor: String),
        ports: LaunchPorts?, layout: SandboxLayout
    ) {
        self.agent = agent
        self.task = task
        report = TaskReport(
            definition: task, id: ids.task, layout: layout, workDirectory: agent.workDirectory,
            mode: agent.configuration.mesos.sandboxMode)
        let launch = LaunchContext(
            taskID: ids.task, executorID: ids.executor,
            host: agent.configuration.hostName, version: agent.version,
            hostPorts: ports?.host ?? [], randomPorts: ports?.random ?? [])
        hasPorts = ports != nil
        report.container = task.containerInfo(for: launch)
        report.environmentLayers = AgentEnvironment(
            configuration: agent.configuration, layout: layout, sandbox: report.sandbox
        ).layers(of: task, marathon: task.environmentLayers(for: launch))
        if task.containerizer == .docker, task.image != nil { report.home = report.sandbox }
    }

    /// Takes all phases, up to the first that fails.
    mutating func run() -> TaskReport {
        guard hasPorts else { return unlaunched() }
        report.phases.append(Phase(name: .definition, outcome: .passed, seconds: 0))
        for name in TaskPlan(for: task).phases {
            let start = Self.now()
            do throws(PhaseFailure) {
                try take(name)
                report.phases.append(
                    Phase(
                        name: name, outcome: skipped.contains(name) ? .skipped : .passed,
                        seconds: Self.now() - start))
            } catch {
                report.phases.append(
                    Phase(
                        name: name, outcome: .failed, seconds: Self.now() - start, failure: error))
                report.outcome = .failed(
                    reason: TaskOutcome.launchFailed, message: error.mesosMessage)
                break
            }
        }
        if let sandbox { report.tree = (try? sandbox.tree()) ?? [] }
        report.noteUnreadLogin()
        let order: [Severity] = [.error, .warning, .info]
        report.findings = order.flatMap { severity in
            report.findings.filter { $0.severity == severity }
        }
        return report
    }

    /// A task for which no offer has enough ports: Marathon waits for ever.
    private mutating func unlaunched() -> TaskReport {
        let offered = PortAllocator.offered
        let failure = PhaseFailure(
            message: "it needs more ports than an agent offers"
                + " (\(offered.lowerBound) to \(offered.upperBound))",
            advice: "ask for fewer ports, or run fewer of its apps on one agent",
            mesosMessage: "no offer has enough ports")
        report.phases.append(
            Phase(name: .definition, outcome: .failed, seconds: 0, failure: failure))
        report.outcome = .failed(
            reason: TaskOutcome.launchFailed, message: failure.mesosMessage)
        return report
    }

    private mutating func take(_ name: Phase.Name) throws(PhaseFailure) {
        if agent.cancellation.isCancelled { throw .interrupted }
        switch name {
        case .sandbox: try makeSandbox()
        case .fetch: try fetch()
        case .extract: try reportExtraction()
        case .credential:
            let phase = CredentialPhase(
                task: task, agent: agent.configuration, sandbox: report.sandbox,
                files: try sandboxFiles(), cancellation: agent.cancellation)
            let result = phase.run()
            report.findings += result.findings
            report.credential = result.decision
            report.pulledImage = result.pulledImage
            report.registry = result.registry
            report.clientVersion =
                task.containerizer == .docker
                ? agent.configuration.docker.version.description
                : agent.configuration.mesos.version.description
            if let failure = result.failure { throw failure }
        case .definition, .environment, .pull: break
        }
    }

    private mutating func makeSandbox() throws(PhaseFailure) {
        do throws(ConfinedFilesError) {
            let work = try ConfinedDirectory(opening: agent.workDirectory)
            sandbox = try Sandbox(
                report.layout, mode: report.sandboxMode, in: work, path: agent.workDirectory)
        } catch {
            throw PhaseFailure(
                message: error.description, advice: error.advice,
                mesosMessage: "Failed to create executor directory: \(error.reason)")
        }
    }

    /// Fetches and unpacks one artifact after the other, as the fetcher does; what fails in
    /// unpacking is kept for the phase of that name.
    private mutating func fetch() throws(PhaseFailure) {
        guard let sandbox else { return }
        guard !task.artifacts.isEmpty else {
            skipped.formUnion([.fetch, .extract])
            return
        }
        var options = agent.configuration.fetch
        options.behavior = agent.configuration.mesos
        options.cancellation = agent.cancellation
        options.parallel = artifactsAtOnce
        let outcome = ArtifactFetcher(into: sandbox.directory, options: options)
            .fetchAll(task.artifacts.map(ArtifactRequest.init))
        report.fetched = outcome.artifacts
        // What the definition itself shows, its own findings have said already.
        report.findings += outcome.findings.filter { !$0.id.hasPrefix("L-") }
        if let error = outcome.failure {
            guard error.code == .notExtracted else { throw failure(error) }
            extractionFailure = error
        }
        if !report.fetched.contains(where: \.isExtracted) { skipped.insert(.extract) }
    }

    private func reportExtraction() throws(PhaseFailure) {
        if let extractionFailure { throw failure(extractionFailure) }
    }

    private func failure(_ error: FetchError) -> PhaseFailure {
        if error.code == .cancelled { return .interrupted }
        let container = report.layout.containerID
        return PhaseFailure(
            message: error.message, advice: error.advice,
            mesosMessage: error.isFoundBeforeFetching
                ? "Failed to launch container: Could not fetch: \(error.message)"
                : "Failed to launch container: Failed to fetch all URIs for container"
                    + " '\(container)': exited with status 1")
    }

    private func sandboxFiles() throws(PhaseFailure) -> [SandboxFile] {
        guard task.containerizer == .docker, let sandbox else { return [] }
        // A pipe of an archive is not made; that it has the name of Docker's file tells why there is
        // none.
        let pipes = report.fetched.flatMap(\.skipped).map {
            SandboxFile(path: $0, kind: .other, mode: 0o600)
        }
        do throws(ConfinedFilesError) {
            return try pipes
                + sandbox.tree().filter { $0.type != "directory" || $0.isCredentialsName }
                .map { entry in
                    guard entry.type == "symlink" else {
                        return SandboxFile(
                            path: entry.path, isRegular: entry.type == "file", mode: entry.mode)
                    }
                    // A link's own mode says nothing about what it leads to.
                    let target =
                        (try? sandbox.directory.linkTarget(at: Array(entry.path.utf8)[...]))
                    return SandboxFile(
                        path: entry.path,
                        kind: .symbolicLink(
                            target: String(decoding: target ?? [], as: UTF8.self),
                            leadsToFile: leadsToFile(entry.path)), mode: 0o600)
                }
        } catch {
            throw PhaseFailure(
                message: error.description, advice: error.advice,
                mesosMessage: "Failed to launch container: \(error.reason)")
        }
    }

    /// Whether Docker, which follows links, finds a file there.
    private func leadsToFile(_ path: String) -> Bool {
        if case .missing = readFile("\(report.sandbox)/\(path)") { return false }
        return true
    }

    private static func now() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

extension ArtifactRequest {
    init(_ artifact: Artifact) {
        self.init(
            uri: artifact.uri, extract: artifact.extract, executable: artifact.executable,
            cache: artifact.cache, outputFile: artifact.outputFile)
    }
}

extension PhaseFailure {
    /// Ctrl-C.
    static var interrupted: PhaseFailure {
        PhaseFailure(
            message: "interrupted", advice: "run it again",
            mesosMessage: "Container destroyed while fetching")
    }
}
