import DockerCredentials
import Foundation
import LoopbackServers
import Testing
import Vocabulary

/// The installed skopeo and ``ContainersImage`` over random files, from a fixed seed, before a real
/// registry that lets one user in.
@Suite struct `The installed skopeo` {
    /// What a registry sees of one request for an image.
    enum Sight: Hashable, CustomStringConvertible {
        /// Nobody asks: the client has stopped before.
        case nobody
        /// A login that is refused, or none: then the user is empty.
        case refused(user: String)
        /// The one login that is good.
        case admitted

        var description: String {
            switch self {
            case .nobody: "nobody asks"
            case .refused(let user): "'\(user)' is refused"
            case .admitted: "the guest is admitted"
            }
        }
    }

    // A line that does not end is none to the shell that reads it.
    static let helpers: [String: [String: Vector.HelperPart]] = [
        "guest": ["stdout": .text(#"{"Username": "guest", "Secret": "let:me in"}"# + "\n")],
        "other": [
            "stdout": .text(#"{"ServerURL": "x", "Username": "other", "Secret": "s"}"# + "\n")
        ],
        "token": ["stdout": .text(#"{"Username": "<token>", "Secret": "t"}"# + "\n")],
        "unknown": [
            "stdout": .text("credentials not found in native keychain\n"), "exit": .number(1),
        ],
        "broken": ["stdout": .text("no keychain here\n"), "exit": .number(1)],
        "words": ["stdout": .text("this is no JSON\n")],
        "empty": ["stdout": .text("{}\n")],
    ]

    /// An image without a layer, as `skopeo copy dir:` reads it, and its manifest's `sha256sum`.
    static let layout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Data/image").path
    static let digest = "sha256:61a2218bea0d89b289dca7de051f3d753c3e35e92aa7b53c91078ab562f7ec19"

    @Test(.timeLimit(.minutes(10)))
    func `agrees with us on who asks the registry, five hundred times and more`() throws {
        let hosts = CredentialCase.hosts.map { String($0.prefix { $0 != ":" }) }
        let server = try RegistryServer(
            user: CredentialCase.guest.user, password: CredentialCase.guest.password,
            names: hosts + ["registry-1.docker.io", "index.docker.io"])
        let loopback = "127.0.0.1:\(server.port)"
        for path in CredentialCase.paths + ["library/app"] {
            for tag in ["latest", "1"] {
                let pushed = try Skopeo.run(
                    [
                        "copy", "--dest-creds", "guest:let:me in", "dir:\(Self.layout)",
                        "docker://\(loopback)/\(path):\(tag)",
                    ], server.clientVariables)
                try #require(pushed.status == 0, "\(pushed.errors)")
            }
        }
        var random = SeededRandom(state: 0x51_6d_61_67)
        var offset = 0
        var seen: [Sight: Int] = [:]
        var helped = 0
        for number in 0..<520 {
            let example = CredentialCase(&random, loopback: loopback, digest: Self.digest)
            let sandbox = try SandboxFixture(
                example.files.mapValues { .bytes(Data($0.utf8), mode: nil) })
            try sandbox.install(Self.helpers)
            var environment = sandbox.environment([:])
            environment.variables["PATH"] = "\(sandbox.programs.path):/usr/bin:/bin"
            let client = ContainersImage(environment: environment)
            let variables = environment.variables.merging(["HOME": sandbox.url.path]) { $1 }
            let place: Comment = "\(number): \(example.image) in \(example.files)"

            // skopeo login reads no image: it takes HOST/PATH as it is written.
            if let image = try? ImageReference(parsing: example.image), image.host.contains(".") {
                let repository = "\(image.host)/\(image.path)"
                let login = try Skopeo.run(["login", "--get-login", repository], variables)
                let printed =
                    login.status == 0 ? login.output.trimmingCharacters(in: .newlines) : ""
                let users = Self.outcomes(client.decide(reference: repository))
                    .map(Self.printedUser)
                #expect(users.contains(printed), place)
            }

            let decision = client.decide(reference: example.image)
            if decision.helper != nil { helped += 1 }
            _ = try server.log(from: &offset)
            let inspected = try Skopeo.run(
                ["inspect", "--raw", "docker://\(example.image)"],
                variables.merging(server.clientVariables) { $1 })
            let sight = Self.sight(try server.log(from: &offset))
            #expect(Self.outcomes(decision).map(Self.sight).contains(sight), place)
            #expect((inspected.status == 0) == (sight == .admitted), place)
            seen[sight, default: 0] += 1
        }
        // The cases are worth something only if all of it comes up often.
        #expect((seen[.admitted] ?? 0) > 60 && (seen[.nobody] ?? 0) > 60, "\(seen)")
        #expect((seen[.refused(user: "")] ?? 0) > 60 && seen.count > 6, "\(seen)")
        #expect(helped > 20, "\(helped)")
    }

    private static func outcomes(_ decision: CredentialDecision) -> [CredentialDecision] {
        decision.anyOf.isEmpty ? [decision] : decision.anyOf
    }

    /// What `skopeo login --get-login` prints for a decision; nothing where it fails.
    private static func printedUser(_ decision: CredentialDecision) -> String {
        decision.kind == .error ? "" : decision.username ?? ""
    }

    /// Who asks, by a decision.
    ///
    /// On a challenge for Basic, skopeo sends the header whatever it has, a user without password
    /// and nothing at all included.
    private static func sight(_ decision: CredentialDecision) -> Sight {
        if decision.kind == .error { return .nobody }
        let guest = CredentialCase.guest
        let isGuest =
            decision.username == guest.user
            && decision.secret?.reveal() == Array(guest.password.utf8)
        return isGuest && decision.kind == .basic
            ? .admitted : .refused(user: decision.username ?? "")
    }

    /// Who has asked for a manifest, by the registry's log.
    private static func sight(_ log: [Substring]) -> Sight {
        let asked = log.filter { $0.contains("/manifests/") }
        if asked.contains(where: { $0.contains("msg=\"authorized request\"") }) { return .admitted }
        let refusal = "error authenticating user \\\""
        for line in asked {
            guard let start = line.range(of: refusal)?.upperBound,
                let end = line[start...].range(of: "\\\"")?.lowerBound
            else { continue }
            return .refused(user: String(line[start..<end]))
        }
        return .nobody
    }
}

/// The installed skopeo, with the variables it is given and no others.
enum Skopeo {
    static func run(
        _ arguments: [String], _ variables: [String: String]
    ) throws -> (status: Int32, output: String, errors: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["/usr/bin/skopeo"] + arguments
        process.environment = variables
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // Less than a pipe's buffer comes on the second one.
        let data = output.fileHandleForReading.readDataToEndOfFile()
        let words = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (
            process.terminationStatus, String(decoding: data, as: UTF8.self),
            String(decoding: words, as: UTF8.self)
        )
    }
}
