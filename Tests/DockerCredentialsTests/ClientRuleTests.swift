import DockerCredentials
import Foundation
import Testing
import Vocabulary

/// One row of `client-rules.json`: a sandbox, a client, and what it does by the rule that the row is
/// named after: for clients that nobody could measure, and where the measured cases leave a gap.
struct ClientRule: Decodable, Sendable, CustomTestStringConvertible {
    /// What comes out; a field that is not there is not compared.
    struct Expected: Decodable, Sendable {
        let kind: String
        let username: String?
        let key: String?
        let reason: String?
        /// The users of all outcomes, for chance.
        let anyOf: [String]?
        /// How many outcomes there are, none of them chance again.
        let outcomes: Int?
        let secret: String?
        let undecodedAuth: String?
        let error: String?
        /// What is printed; empty where nothing is.
        let stderr: String?
        let file: String?
        /// Whether an engine with the containerd image store uses what is sent.
        let containerdStore: Bool?
    }

    /// A program: its text, or one user for every key, or the users of the keys that it lists;
    /// `null` fails.
    enum Helper: Decodable, Sendable {
        case text(String)
        case user(String)
        case users([String: String?])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let user = try? container.decode(String.self) {
                self = user.hasPrefix("#!") ? .text(user) : .user(user)
            } else {
                self = .users(try container.decode([String: String?].self))
            }
        }

        var script: String {
            func answer(_ user: String) -> String {
                #"echo '{"Username": "\#(user)", "Secret": "s"}'"#
            }
            switch self {
            case .text(let text): return text
            case .user(let user): return "#!/bin/sh\n\(answer(user))\n"
            case .users(let users):
                let list = users.map { "\"\($0.key)\": \"x\"" }.joined(separator: ", ")
                let cases = users.map { key, user in
                    "'\(key)') \(user.map(answer) ?? "echo broken; exit 1");;\n"
                }
                return """
                    #!/bin/sh
                    [ "$1" = list ] && { echo '{\(list)}'; exit 0; }
                    read -r KEY
                    case "$KEY" in
                    \(cases.joined())*) echo 'credentials not found in native keychain'; exit 1;;
                    esac

                    """
            }
        }
    }

    let client: String
    let rule: String
    let files: [String: String]
    let extra: [String: String]?
    let links: [String: String]?
    let env: [String: String]?
    let helpers: [String: Helper]?
    /// Folders that have the names of programs.
    let programFolders: [String]?
    let docker: String?
    let agentConfig: String?
    let use: String?
    let image: String
    let expect: Expected

    var testDescription: String { "\(client): \(rule)" }

    func decide(in sandbox: SandboxFixture) throws -> CredentialDecision {
        let variables = (env ?? [:]).mapValues {
            $0.replacingOccurrences(of: "HOME", with: sandbox.url.path)
        }
        let environment = sandbox.environment(variables)
        let behavior = DockerBehavior(try #require(DockerVersion(docker ?? "29.8")))
        switch client {
        case "docker", "docker-run":
            return DockerPull(
                behavior: behavior, environment: environment,
                command: client == "docker" ? .pull : .run
            ).decide(reference: image)
        case "containers-image":
            return ContainersImage(environment: environment).decide(reference: image)
        case "ggcr": return GoContainerRegistry(environment: environment).decide(reference: image)
        case "oras": return OrasPull(environment: environment).decide(reference: image)
        case "kubelet": return KubeletPull(environment: environment).decide(reference: image)
        case "docker-build":
            return DockerBuild(behavior: behavior, environment: environment)
                .decide(reference: image)
        case "mesos-docker":
            let uses: [String: AgentConfigUse] = ["always": .always, "never": .never]
            return MesosDockerPull(
                behavior: behavior, environment: environment,
                agentConfig: agentConfig.map { Array($0.utf8) },
                agentConfigUse: use.flatMap { uses[$0] } ?? .withoutSandboxFile
            ).decide(reference: image)
        default: throw CocoaError(.coderInvalidValue)
        }
    }
}

@Suite struct `A client` {
    static let cases: [ClientRule] = {
        struct Table: Decodable { let cases: [ClientRule] }
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Data/client-rules.json")
        return (try? JSONDecoder().decode(Table.self, from: Data(contentsOf: file)).cases) ?? []
    }()

    @Test func `has a table of rules`() {
        let counts = Dictionary(grouping: Self.cases, by: \.client).mapValues(\.count)
        for unmeasured in ["kubelet", "docker-build", "mesos-docker"] {
            #expect((counts[unmeasured] ?? 0) >= 19)
        }
    }

    @Test(arguments: cases) func `follows its rule`(_ example: ClientRule) throws {
        var files: [String: Vector.Content] = [:]
        for (name, text) in example.files.merging(example.extra ?? [:], uniquingKeysWith: { $1 }) {
            files[name] = .bytes(Data(text.utf8), mode: nil)
        }
        for (name, target) in example.links ?? [:] { files[name] = .symlink(target) }
        let sandbox = try SandboxFixture(files)
        for (suffix, helper) in example.helpers ?? [:] {
            try sandbox.write(program: "docker-credential-\(suffix)", helper.script)
        }
        for name in example.programFolders ?? [] {
            try FileManager.default.createDirectory(
                at: sandbox.programs.appendingPathComponent(name),
                withIntermediateDirectories: true)
        }
        let decision = try example.decide(in: sandbox)
        let steps = decision.trace.map { "\($0.place): \($0.because)" }
        let place: Comment = "\(example.testDescription): \(steps)"
        #expect(decision.kind.rawValue == example.expect.kind, place)
        if let user = example.expect.username { #expect(decision.username == user, place) }
        if let key = example.expect.key { #expect(decision.key == key, place) }
        if let reason = example.expect.reason { #expect(decision.reason == reason, place) }
        if let users = example.expect.anyOf {
            #expect(Set(decision.anyOf.compactMap(\.username)) == Set(users), place)
        }
        try compareRest(decision, example, sandbox, place)
        #expect(!decision.trace.isEmpty, place)
        for text in steps {
            let rest = ["secretservice", "user or secret"].reduce(text) {
                $0.replacing($1, with: "")
            }
            #expect(!rest.contains("secret"), place)
        }
    }

    private func compareRest(
        _ decision: CredentialDecision, _ example: ClientRule, _ sandbox: SandboxFixture,
        _ place: Comment
    ) throws {
        func filled(_ text: String) -> String {
            text.replacingOccurrences(of: "$SANDBOX", with: sandbox.url.path)
        }
        func text(_ secret: Secret?) -> String? {
            secret.map { String(decoding: $0.reveal(), as: UTF8.self) }
        }
        let expect = example.expect
        if let outcomes = expect.outcomes {
            #expect(decision.anyOf.count == outcomes, place)
            #expect(decision.anyOf.allSatisfy { $0.anyOf.isEmpty && $0.stderr == nil }, place)
        }
        if let secret = expect.secret { #expect(text(decision.secret) == secret, place) }
        if let auth = expect.undecodedAuth { #expect(text(decision.undecodedAuth) == auth, place) }
        if let error = expect.error { #expect(decision.error == filled(error), place) }
        if let said = expect.stderr { #expect(decision.stderr ?? "" == filled(said), place) }
        if let file = expect.file { #expect(decision.file == filled(file), place) }
        if let isUsed = expect.containerdStore {
            let host = try ImageReference(parsing: example.image).host
            #expect(decision.isUsedByContainerdStore(for: host) == isUsed, place)
        }
    }
}
