import DockerCredentials
import Glibc
import Vocabulary

/// An image or registry, and everything that a client finds around it.
struct CredentialQuestion {
    let target: CredentialTarget
    let behavior: DockerBehavior
    let environment: ClientEnvironment
    let agentConfig: [UInt8]?
    let secret: [UInt8]?
    let asksContainerdStore: Bool

    /// What a client would use.
    func answer(_ name: CredentialClientName) -> CredentialAnswer {
        if let key = dockerKey, let docker = docker(name) { return answer(name, docker, key) }
        let client = client(name)
        let decision =
            target.registry.map { client.decide(host: $0) }
            ?? client.decide(reference: target.image ?? "")
        var answer = CredentialAnswer(
            client: name, target: target, version: version(name), decision: decision)
        answer.host = host
        answer.configKey = dockerKey
        if host == nil, name != .mesos { answer.findings = nameFindings([]) }
        if name == .mesos {
            let image = target.image ?? (target.registry ?? "") + "/image"
            answer.host = MesosPull.registry(of: image)
            answer.configKey = answer.host
            answer.findings = MesosPull(secret: secret, agentConfig: agentConfig)
                .findings(aboutImage: image, now: Int64(time(nil)))
        }
        return answer
    }

    /// The registry as Docker reads it; `nil` where it refuses the image's name.
    private var host: String? {
        target.registry
            ?? target.image.flatMap {
                try? ImageReference(parsing: $0, behavior: behavior)
            }?.host
    }

    private var dockerKey: String? { host.map(ImageReference.configKey(ofHost:)) }

    /// The clients that read a file as docker does: the file is read once, for the decision and for
    /// what is odd about it.
    private func docker(_ name: CredentialClientName) -> DockerAnswer? {
        switch name {
        case .docker, .dockerRun:
            let docker = DockerPull(
                behavior: behavior, environment: environment,
                command: name == .dockerRun ? .run : .pull)
            return DockerAnswer(docker, docker.decide(key:from:))
        case .dockerBuild:
            let docker = DockerPull(behavior: behavior, environment: environment)
            let build = DockerBuild(behavior: behavior, environment: environment)
            return DockerAnswer(docker, build.decide(key:from:))
        case .mesosDocker:
            let agent = MesosDockerPull(
                behavior: behavior, environment: environment, agentConfig: agentConfig)
            let (docker, reading) = agent.read()
            return DockerAnswer(
                reading: reading, decide: docker.decide(key:from:),
                places: docker.findingsAboutHome(reading)
                    + agent.circumstances.findings(behavior))
        case .mesos, .containersImage, .oras, .ggcr, .kubelet: return nil
        }
    }

    private func answer(
        _ name: CredentialClientName, _ docker: DockerAnswer, _ key: String
    ) -> CredentialAnswer {
        var answer = CredentialAnswer(
            client: name, target: target, version: version(name),
            decision: docker.decide(key, docker.reading))
        answer.host = host
        answer.configKey = key
        if asksContainerdStore, let host {
            answer.containerdStoreUsesIt = answer.decision.isUsedByContainerdStore(for: host)
        }
        let found = docker.reading.findings(
            image: target.image, key: key, behavior: behavior,
            hasProgram: { [environment] in environment.program($0) != nil }, now: Int64(time(nil)))
        answer.findings = (docker.places + found).byWeight
        return answer
    }

    /// K10 and K11.
    private func nameFindings(_ keys: [String]) -> [Finding] {
        guard let image = target.image else { return [] }
        return findings(aboutImage: image, keys: keys, behavior: behavior)
    }

    private func client(_ name: CredentialClientName) -> any CredentialClient {
        switch name {
        case .docker: DockerPull(behavior: behavior, environment: environment)
        case .dockerRun: DockerPull(behavior: behavior, environment: environment, command: .run)
        case .dockerBuild: DockerBuild(behavior: behavior, environment: environment)
        case .mesos: MesosPull(secret: secret, agentConfig: agentConfig)
        case .mesosDocker:
            MesosDockerPull(
                behavior: behavior, environment: environment, agentConfig: agentConfig)
        case .containersImage: ContainersImage(environment: environment)
        case .oras: OrasPull(environment: environment)
        case .ggcr: GoContainerRegistry(environment: environment)
        case .kubelet: KubeletPull(environment: environment)
        }
    }

    /// The version that the rules are those of.
    private func version(_ name: CredentialClientName) -> String {
        switch name {
        case .docker, .dockerRun, .dockerBuild, .mesosDocker: behavior.version.description
        case .mesos: "1.11"
        case .containersImage: "5.22"
        case .oras: "v3"
        case .ggcr: "docker/cli \(DockerVersion.newest)"
        case .kubelet: "1.10"
        }
    }
}

/// A client that reads a file as docker does, what it read, and what it passed over.
private struct DockerAnswer {
    let reading: DockerPull.Reading
    let decide: (String, DockerPull.Reading) -> CredentialDecision
    let places: [Finding]
}

extension DockerAnswer {
    init(
        _ docker: DockerPull,
        _ decide: @escaping (String, DockerPull.Reading) -> CredentialDecision
    ) {
        let reading = docker.read()
        self.init(reading: reading, decide: decide, places: docker.findingsAboutHome(reading))
    }
}

/// What one client would use: text and JSON are made of it.
struct CredentialAnswer {
    let client: CredentialClientName
    let target: CredentialTarget
    let version: String
    let decision: CredentialDecision
    var host: String?
    var configKey: String?
    var containerdStoreUsesIt: Bool?
    var findings: [Finding] = []
}
