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
        let client = client(name)
        let decision: CredentialDecision
        if let registry = target.registry {
            decision = client.decide(host: registry)
        } else {
            decision = client.decide(reference: target.image ?? "")
        }
        var answer = CredentialAnswer(
            client: name, target: target, version: version(name), decision: decision)
        let reference = target.image.flatMap {
            try? ImageReference(parsing: $0, behavior: behavior)
        }
        answer.host = target.registry ?? reference?.host
        answer.configKey = answer.host.map { $0 == "docker.io" ? ImageReference.hubKey : $0 }
        if name == .mesos {
            answer.host = MesosPull.registry(of: target.image ?? (target.registry ?? "") + "/image")
            answer.configKey = answer.host
        }
        if name.isDocker, let host = answer.host, let key = answer.configKey {
            if asksContainerdStore {
                answer.containerdStoreUsesIt = decision.isUsedByContainerdStore(for: host)
            }
            answer.findings = fileFindings(key)
        }
        return answer
    }

    private func fileFindings(_ key: String) -> [Finding] {
        var trace: [Step] = []
        let source = DockerPull(behavior: behavior, environment: environment).source(trace: &trace)
        guard let source else { return [] }
        let environment = environment
        return findings(
            about: source, wanted: key, behavior: behavior,
            hasProgram: { environment.program($0) != nil }, now: Int64(time(nil)))
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
