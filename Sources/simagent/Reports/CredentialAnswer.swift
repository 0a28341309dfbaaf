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
            answer.host = MesosPull.registry(of: target.image ?? (target.registry ?? "") + "/image")
            answer.configKey = answer.host
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
    private func docker(
        _ name: CredentialClientName
    ) -> (
        reading: DockerPull.Reading,
        decide: (String, DockerPull.Reading) -> CredentialDecision
    )? {
        switch name {
        case .docker, .dockerRun:
            let docker = DockerPull(
                behavior: behavior, environment: environment,
                command: name == .dockerRun ? .run : .pull)
            return (docker.read(), docker.decide(key:from:))
        case .dockerBuild:
            let docker = DockerPull(behavior: behavior, environment: environment)
            let build = DockerBuild(behavior: behavior, environment: environment)
            return (docker.read(), build.decide(key:from:))
        case .mesosDocker:
            let (docker, reading) = MesosDockerPull(
                behavior: behavior, environment: environment, agentConfig: agentConfig
            ).read()
            return (reading, docker.decide(key:from:))
        case .mesos, .containersImage, .oras, .ggcr, .kubelet: return nil
        }
    }

    private func answer(
        _ name: CredentialClientName,
        _ docker: (
            reading: DockerPull.Reading,
            decide: (String, DockerPull.Reading) -> CredentialDecision
        ), _ key: String
    ) -> CredentialAnswer {
        var answer = CredentialAnswer(
            client: name, target: target, version: version(name),
            decision: docker.decide(key, docker.reading))
        answer.host = host
        answer.configKey = key
        if asksContainerdStore, let host {
            answer.containerdStoreUsesIt = answer.decision.isUsedByContainerdStore(for: host)
        }
        answer.findings = docker.reading.findings(
            image: target.image, key: key, behavior: behavior,
            hasProgram: { [environment] in environment.program($0) != nil }, now: Int64(time(nil)))
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
