import DockerCredentials
import Fetcher
import Glibc
import Marathon
import Secrets
import Vocabulary

/// Finds the login for a task's image: Docker's in the sandbox, Mesos' in a secret.
struct CredentialPhase {
    struct Result {
        var decision: CredentialDecision?
        var findings: [Finding] = []
        var pulledImage: String?
        var registry = ""
        var failure: PhaseFailure?
    }

    let task: TaskDefinition
    let agent: AgentConfiguration
    let sandbox: String
    let files: [SandboxFile]
    let cancellation: Cancellation

    private var hasCredentialsFile: Bool {
        files.contains { $0.path == ".docker/config.json" || $0.path == ".dockercfg" }
    }

    func run() -> Result {
        guard let image = task.image else { return Result() }
        return task.containerizer == .docker ? docker(image) : mesos(image)
    }

    private func docker(_ image: String) -> Result {
        var result = Result()
        let reference: ImageReference
        do throws(ImageReferenceError) {
            reference = try ImageReference(parsing: image, behavior: agent.docker)
        } catch {
            result.findings = findings(aboutImage: image, behavior: agent.docker).map(atImage)
            result.failure = PhaseFailure(
                message: "\(image.terminalSafe): \(error.description)",
                advice: "correct the image's name",
                mesosMessage: "Failed to launch container: Failed to run 'docker pull"
                    + " \(image.terminalSafe)': exited with status 1; stderr='\(error.description)'"
            )
            return result
        }
        result.pulledImage = reference.pulled
        result.registry = reference.host
        let (docker, reading) = pull.read()
        let decision = docker.decide(key: reference.configKey, from: reading)
        result.decision = decision
        let places = findings(aboutPlaceIn: files, behavior: agent.docker, content: content)
        let circumstances = AgentCircumstances(
            environment: agent.environment,
            hasDockerConfig: agent.dockerConfig != nil && agent.mesos.hasAgentDockerConfig,
            sandboxHasFile: hasCredentialsFile,
            mayFindImage: hasCredentialsFile && !task.forcesPull)
        result.findings += agent.versionFindings + circumstances.findings(agent.docker)
        let found = reading.findings(
            image: image, key: reference.configKey, behavior: agent.docker,
            hasProgram: { docker.environment.program($0) != nil }, now: Int64(time(nil)))
        // What has no place in a file is about the name, which stands in the definition.
        let named = found.map { $0.place == nil ? atImage($0) : $0 }
        result.findings = (result.findings + named.besides(places)).byWeight
        let bringsLogin =
            hasCredentialsFile
            || places.contains { $0.severity == .error } || agent.dockerConfig != nil
        result.failure = failure(
            decision, image: reference.pulled, key: reference.configKey,
            bringsLogin: bringsLogin, result.findings)
        return result
    }

    /// What an ordinary file of the sandbox holds; no link is followed out of it.
    private func content(_ path: String) -> [UInt8]? {
        guard files.contains(where: { $0.path == path && $0.kind == .regular }),
            case .bytes(let text) = readFile("\(sandbox)/\(path)")
        else { return nil }
        return text
    }

    private func atImage(_ finding: Finding) -> Finding {
        var finding = finding
        finding.path = task.imagePath
        return finding
    }

    private var pull: MesosDockerPull {
        var environment = ClientEnvironment(home: sandbox, variables: agent.environment)
        environment.helperLimits.isCancelled = { [cancellation] in cancellation.isCancelled }
        return MesosDockerPull(
            behavior: agent.docker, environment: environment, agentConfig: agent.dockerConfig,
            agentConfigUse: AgentConfigUse(agent.mesos))
    }

    private func mesos(_ image: String) -> Result {
        var result = Result()
        result.pulledImage = image
        result.registry = MesosPull.registry(of: image)
        var secret: [UInt8]?
        if let pull = task.pullSecret {
            do throws(PhaseFailure) {
                secret = try value(of: pull, &result.findings)
            } catch {
                result.failure = error
                return result
            }
        }
        let client = MesosPull(secret: secret, agentConfig: agent.dockerConfig)
        let decision = client.decide(reference: image)
        result.decision = decision
        result.findings += client.findings(aboutImage: image, now: Int64(time(nil)))
        if let pull = task.pullSecret,
            let fault = secret.flatMap({ PullConfigValue(Secret($0)).fault })
        {
            result.findings.append(
                Finding(
                    id: "S02", severity: .error, path: pull.path,
                    message: "the value of the secret \(pull.source.terminalSafe) \(fault)",
                    advice:
                        "store the text of a config.json with {\"auths\": {HOST: {\"auth\": …}}}"))
        } else if decision.kind == .error {
            result.findings.append(
                Finding(
                    id: "S02", severity: .error, path: task.pullSecret?.path,
                    message: "the \(decision.file ?? "config") cannot be used:"
                        + " \(decision.error ?? "")",
                    advice:
                        "store the text of a config.json with {\"auths\": {HOST: {\"auth\": …}}}"))
        }
        if decision.kind == .anonymous, task.pullSecret != nil,
            !result.findings.contains(where: { $0.id == "S02" })
        {
            result.findings.append(
                Finding(
                    id: "K01", severity: .error, path: task.pullSecret?.path,
                    message: "no entry of the secret stands for the registry of \(image)",
                    advice: "store a login under the image's HOST[:PORT]"))
        }
        result.failure = failure(
            decision, image: image, key: MesosPull.registry(of: image),
            bringsLogin: task.pullSecret != nil || agent.dockerConfig != nil, result.findings)
        return result
    }

    private func value(
        of pull: TaskDefinition.PullSecret, _ findings: inout [Finding]
    ) throws(PhaseFailure) -> [UInt8] {
        func failed(_ message: String, _ advice: String) -> PhaseFailure {
            findings.append(
                Finding(
                    id: "S01", severity: .error, path: pull.path, message: message,
                    advice: advice))
            return PhaseFailure(
                message: message, advice: advice,
                mesosMessage: "Failed to launch container: Failed to resolve the secret"
                    + " '\(pull.reference.terminalSafe)'")
        }
        guard let store = agent.secrets else {
            throw failed(
                "the secret \(pull.source.terminalSafe) is wanted, and no store was given",
                "give --secrets DIR with a file \(pull.source.terminalSafe), or a DC/OS or Vault store"
            )
        }
        do throws(SecretStoreError) {
            let found = try store.resolve(pull.source, for: task.id)
            findings += found.findings
            return found.value.reveal()
        } catch {
            throw failed("secret \(error.source.terminalSafe): \(error.reason)", error.advice)
        }
    }

    /// A task that brings a login and would not use it has failed: the cluster would say no more
    /// than that the image was not found.
    private func failure(
        _ decision: CredentialDecision, image: String, key: String, bringsLogin: Bool,
        _ findings: [Finding]
    ) -> PhaseFailure? {
        let kinds =
            decision.kind == .nondeterministic ? decision.anyOf.map(\.kind) : [decision.kind]
        let advice =
            findings.first { $0.severity == .error }?.advice ?? "see the steps above"
        if kinds.contains(.error) {
            let words = decision.error ?? "the client stops"
            return PhaseFailure(
                message: words, advice: advice,
                mesosMessage: "Failed to launch container: \(words)")
        }
        if let expired = findings.first(where: { $0.id == "P01" && $0.severity == .error }) {
            return PhaseFailure(
                message: expired.message, advice: advice,
                mesosMessage: "Failed to launch container: \(expired.message)")
        }
        guard kinds.contains(.anonymous), bringsLogin else { return nil }
        let often = kinds.count > 1 ? "in some runs " : ""
        let words =
            "the pull of \(image.terminalSafe) would \(often)be anonymous though the task brings a"
            + " login; whether \(key) lets anyone in is not known"
        return PhaseFailure(
            message: words, advice: advice, mesosMessage: "Failed to launch container: \(words)")
    }
}

extension AgentConfigUse {
    /// When an agent's `--docker_config` counts, by the table of its version.
    init(_ mesos: MesosBehavior) {
        self =
            !mesos.hasAgentDockerConfig
            ? .never : mesos.sandboxBeatsAgentDockerConfig ? .withoutSandboxFile : .always
    }
}
