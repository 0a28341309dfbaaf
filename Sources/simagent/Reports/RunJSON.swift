import Agent
import DockerCredentials
import Fetcher
import LocatedJSON
import Marathon
import Vocabulary

/// The schema `simagent.run/1`.
struct RunJSON: Encodable {
    let schema = "simagent.run/1"
    let outcome: String
    let reason: String?
    let message: String?
    /// Why the definition could not even be read.
    let error: String?
    let violations: [ViolationJSON]
    let findings: [FindingJSON]
    let tasks: [TaskJSON]

    init(error: String) {
        outcome = "INVALID"
        reason = nil
        message = nil
        self.error = error
        violations = []
        findings = []
        tasks = []
    }

    init(_ report: RunReport) {
        error = nil
        outcome = report.outcome
        reason = report.firstFailure?.reason
        message = report.firstFailure?.message
        violations = report.definition.violations.map(ViolationJSON.init)
        findings = report.definition.findings.map(FindingJSON.init)
        tasks = report.tasks.map(TaskJSON.init)
    }
}

/// A violation as `check` and `run` have it.
struct ViolationJSON: Encodable {
    let id: String
    let path: String
    let message: String
    let advice: String
    let line: Int?
    let column: Int?

    init(_ violation: Violation) {
        id = violation.id
        path = violation.path
        message = violation.message
        advice = violation.advice
        line = violation.location?.line
        column = violation.location?.column
    }
}

/// One task of `simagent.run/1`.
struct TaskJSON: Encodable {
    let id: String
    let containerizer: String?
    let image: String?
    let sandbox: String
    let phases: [PhaseJSON]
    let taskInfo: TaskInfoJSON
    let environment: [String: String]
    let environmentOrigins: [String: String]
    let home: String?
    let fetched: [FetchedJSON]
    let tree: [TreeJSON]
    let credential: CredentialJSON?
    let findings: [FindingJSON]

    private enum CodingKeys: String, CodingKey {
        case id, containerizer, image, sandbox, phases, taskInfo, environment
        case environmentOrigins, home, fetched, tree, credential, verification, findings
    }

    init(_ task: TaskReport) {
        id = task.id
        containerizer = task.definition.containerizer?.rawValue
        image = task.definition.image
        sandbox = task.sandbox
        phases = task.phases.map(PhaseJSON.init)
        taskInfo = TaskInfoJSON(task)
        environment = task.environment
        environmentOrigins = task.environmentOrigins.compactMapValues(\.last?.rawValue)
        home = task.home
        fetched = task.fetched.map(FetchedJSON.init)
        tree = task.tree.map(TreeJSON.init)
        credential = task.credential.map { CredentialJSON($0, task: task) }
        findings = task.findings.map(FindingJSON.init)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(containerizer, forKey: .containerizer)
        try container.encode(image, forKey: .image)
        try container.encode(sandbox, forKey: .sandbox)
        try container.encode(phases, forKey: .phases)
        try container.encode(taskInfo, forKey: .taskInfo)
        try container.encode(environment, forKey: .environment)
        try container.encode(environmentOrigins, forKey: .environmentOrigins)
        try container.encode(home, forKey: .home)
        try container.encode(fetched, forKey: .fetched)
        try container.encode(tree, forKey: .tree)
        try container.encode(credential, forKey: .credential)
        try container.encodeNil(forKey: .verification)
        try container.encode(findings, forKey: .findings)
    }
}

/// A phase of a task.
struct PhaseJSON: Encodable {
    let name: String
    let outcome: String
    let seconds: Double
    let error: String?
    let advice: String?

    init(_ phase: Phase) {
        name = phase.name.rawValue
        outcome = phase.outcome.rawValue
        seconds = phase.seconds
        error = phase.failure?.message
        advice = phase.failure?.advice
    }
}

/// A fetched artifact.
struct FetchedJSON: Encodable {
    let uri: String
    let path: String
    let bytes: UInt64
    let sha256: String
    let extracted: Bool
    let cached: Bool

    init(_ artifact: FetchedArtifact) {
        uri = artifact.uri
        path = redactedURI(artifact.path)
        bytes = artifact.bytes
        sha256 = artifact.sha256
        extracted = artifact.isExtracted
        cached = artifact.isCached
    }
}

/// Something in a sandbox.
struct TreeJSON: Encodable {
    let path: String
    let type: String
    let mode: String
    let bytes: UInt64

    init(_ entry: TreeEntry) {
        path = redactedURI(entry.path)
        type = entry.type
        let digits = String(entry.mode, radix: 8)
        mode = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        bytes = entry.bytes
    }
}
