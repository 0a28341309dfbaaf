import Agent
import DockerCredentials
import Marathon
import Vocabulary

/// The schema `simagent.credentials/1`: a decision and how it came about; secrets are `***`.
struct CredentialJSON: Encodable {
    let schema = "simagent.credentials/1"
    let image: String?
    let host: String?
    let configKey: String?
    let client: String
    let version: String
    let decision: DecisionJSON
    let containerdStoreUsesIt: Bool?
    let trace: [StepJSON]
    let findings: [FindingJSON]

    init(_ decision: CredentialDecision, task: TaskReport) {
        let isDocker = task.definition.containerizer == .docker
        image = task.definition.image
        let reference = task.definition.image.flatMap { try? ImageReference(parsing: $0) }
        host = isDocker ? reference?.host : image.map(MesosPull.registry)
        configKey = isDocker ? reference?.configKey : image.map(MesosPull.registry)
        client = isDocker ? "docker" : "mesos"
        version = task.clientVersion
        self.decision = DecisionJSON(decision)
        containerdStoreUsesIt = nil
        trace = decision.trace.map(StepJSON.init)
        findings = task.findings.filter { $0.id.count == 3 }.map(FindingJSON.init)
    }

    /// An answer of `simagent credentials`.
    init(_ answer: CredentialAnswer, reveals: Bool) {
        image = answer.target.image
        host = answer.host
        configKey = answer.configKey.map(redactingUserInfo)
        client = answer.client.rawValue
        version = answer.version
        decision = DecisionJSON(answer.decision, reveals: reveals)
        containerdStoreUsesIt = answer.containerdStoreUsesIt
        trace = answer.decision.trace.map(StepJSON.init)
        findings = answer.findings.map(FindingJSON.init)
    }
}

/// A decision in the vocabulary of the measured cases.
struct DecisionJSON: Encodable {
    let kind: String
    let key: String?
    let username: String?
    let secret: String?
    let identitytoken: String?
    let registrytoken: String?
    let header: String?
    let undecodedAuth: String?
    let reason: String
    let helper: String?
    let error: String?
    let stderr: String?
    let anyOf: [DecisionJSON]?

    init(_ decision: CredentialDecision, reveals: Bool = false) {
        func text(_ secret: Secret?) -> String? {
            secret.map { reveals ? $0.reveal().credentialText : $0.description }
        }
        kind = decision.kind.rawValue
        key = decision.key.map(redactingUserInfo)
        username = decision.username
        let shown = text(decision.secret)
        secret = decision.kind == .basic ? shown : nil
        identitytoken = decision.kind == .identityToken ? shown : nil
        registrytoken = decision.kind == .registryToken ? shown : nil
        header = text(decision.header)
        undecodedAuth = text(decision.undecodedAuth)
        reason = decision.reason
        helper = decision.helper
        error = decision.error
        stderr = decision.stderr
        anyOf =
            decision.anyOf.isEmpty
            ? nil : decision.anyOf.map { DecisionJSON($0, reveals: reveals) }
    }
}
