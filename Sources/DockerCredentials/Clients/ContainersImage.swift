import Glibc
import LocatedJSON
import Vocabulary

/// skopeo, podman and buildah: containers/image.
///
/// Mirrors `pkg/docker/config/config.go` of 5.22 (`getAuthFilePaths`, `findCredentialsInFile`,
/// `authKeyLookupOrder`, `normalizeAuthFileKey`). It knows no `credsStore`, reads several files one
/// after another, and takes the longest key that names the image's repository.
public struct ContainersImage: CredentialClient {
    private struct Candidate {
        let path: String
        let isLegacy: Bool
    }

    /// What the client finds around it.
    public let environment: ClientEnvironment

    /// A client in an environment.
    public init(environment: ClientEnvironment) {
        self.environment = environment
    }

    /// Decides for an image; skopeo refuses some that Docker takes.
    public func decide(reference: String) -> CredentialDecision {
        do throws(ImageReferenceError) {
            // Its reference library is that of Docker before 25: no IPv6, no upper-case host.
            let image = try ImageReference(
                parsing: reference, behavior: DockerBehavior(DockerVersion(24, 0, 9)))
            if image.tag != nil, image.digest != nil {
                return .badReference(
                    reference,
                    "Docker references with both a tag and digest are currently not supported")
            }
            return decide(host: image.host, repository: image.repository)
        } catch {
            return .badReference(reference, error.description)
        }
    }

    /// Decides for a registry.
    public func decide(host: String) -> CredentialDecision {
        decide(host: host, repository: host)
    }

    private func decide(host: String, repository: String) -> CredentialDecision {
        var trace: [Step] = []
        var empty: CredentialDecision?
        // Where chance takes an empty entry of a file, the files behind it are read.
        var byChance: [CredentialDecision] = []
        for candidate in candidates {
            var file = File(
                path: candidate.path, isLegacy: candidate.isLegacy, environment: environment)
            var outcomes: [CredentialDecision]
            do throws(GoJSON.Fault) {
                outcomes = try file.find(host: host, repository: repository)
                trace += file.trace
            } catch {
                // It stops at the first file that it cannot use: none behind it is read.
                let stopped = CredentialDecision.stopped(
                    "file-unusable",
                    "getting username and password: 1 error occurred:\n\t* \(error.text)",
                    step: "config-file", place: candidate.path)
                trace += file.trace + stopped.trace
                outcomes = [stopped]
            }
            for index in outcomes.indices { outcomes[index].file = candidate.path }
            let filled = outcomes.filter { !$0.isEmpty }
            byChance += filled
            if filled.count == outcomes.count, !filled.isEmpty {
                return decision(of: byChance, trace)
            }
            empty = empty ?? outcomes.first { $0.isEmpty }
        }
        var nothing = empty ?? CredentialDecision(kind: .anonymous, reason: "no-entry")
        nothing.key = nil
        nothing.file = nil
        return decision(of: byChance + [nothing], trace)
    }

    private func decision(
        of outcomes: [CredentialDecision], _ trace: [Step]
    ) -> CredentialDecision {
        var decision =
            .oneOf(outcomes, reason: "several-keys-same-hostname")
            ?? CredentialDecision(kind: .anonymous, reason: "no-entry")
        decision.file = outcomes.first?.file
        decision.trace = trace
        return decision
    }

    /// The files in the order in which they are read.
    ///
    /// A named file is the first of them; since 5.23 it would be the only one.
    private var candidates: [Candidate] {
        let home = environment.home ?? ""
        let runtime =
            environment.variable("XDG_RUNTIME_DIR").map { $0 + "/containers" }
            ?? "/run/containers/\(getuid())"
        let first = environment.variable("REGISTRY_AUTH_FILE") ?? runtime + "/auth.json"
        let config = environment.variable("XDG_CONFIG_HOME") ?? home + "/.config"
        let docker = environment.variable("DOCKER_CONFIG") ?? home + "/.docker"
        return [
            Candidate(path: first, isLegacy: false),
            Candidate(path: config + "/containers/auth.json", isLegacy: false),
            Candidate(path: docker + "/config.json", isLegacy: false),
            Candidate(path: home + "/.dockercfg", isLegacy: true),
        ]
    }

    /// The host of a key, or of an image, as both are compared.
    static func normalized(_ key: String, isLegacy: Bool) -> String {
        var rest = key.dropping("http://").dropping("https://")
        if isLegacy || rest.startIndex != key.startIndex { rest = rest.before("/") }
        switch rest {
        case "docker.io", "registry-1.docker.io": return "index.docker.io"
        default: return String(rest)
        }
    }

    /// One file, and what was looked at in it.
    private struct File {
        let path: String
        let isLegacy: Bool
        let environment: ClientEnvironment
        var trace: [Step] = []

        /// What it gives: nothing, one outcome, or several of which chance takes one.
        mutating func find(
            host: String, repository: String
        ) throws(GoJSON.Fault) -> [CredentialDecision] {
            guard let content = try read() else { return [] }
            if let suffix = content.helpers[host] { return try ask(suffix, host) }
            let lookedUp = isLegacy ? [host] : Self.lookupKeys(repository)
            for key in lookedUp {
                guard let entry = content.entries.first(where: { $0.name == key }) else { continue }
                return [try take(entry, reason: "exact-key", "its key names the image")]
            }
            let wanted = ContainersImage.normalized(host, isLegacy: false)
            let others = content.entries.filter {
                ContainersImage.normalized($0.name, isLegacy: isLegacy) == wanted
            }
            if others.isEmpty {
                let keys = content.entries.lazy.map(\.name).inShort
                note(
                    "auths", .passedOver,
                    keys.isEmpty
                        ? "there is no entry" : "no key stands for \(host); there is \(keys)")
                return []
            }
            if others.count == 1 {
                let because = "its host is the registry's"
                return [try take(others[0], reason: "hostname-of-key", because)]
            }
            var outcomes: [CredentialDecision] = []
            for entry in others {
                do throws(GoJSON.Fault) {
                    outcomes.append(
                        try take(
                            entry, reason: "several-keys-same-hostname",
                            "one of \(others.count) for this host: which one is taken is chance"))
                } catch {
                    var failure = CredentialDecision(kind: .error, reason: "auth-undecodable")
                    failure.error = error.text
                    outcomes.append(failure)
                }
            }
            return outcomes
        }

        /// The repository, each parent of it, and the host: longest first.
        private static func lookupKeys(_ repository: String) -> [String] {
            var keys = [repository]
            var rest = repository[...]
            while let slash = rest.lastIndex(of: "/") {
                rest = rest[..<slash]
                keys.append(String(rest))
            }
            return keys
        }

        private mutating func note(_ place: String, _ outcome: Step.Outcome, _ because: String) {
            trace.append(
                Step(step: "entry", place: "\(path): \(place)", outcome: outcome, because: because))
        }

        private mutating func read() throws(GoJSON.Fault) -> (
            entries: [JSONMember], helpers: [String: String]
        )? {
            let text: [UInt8]
            switch environment.read(path) {
            case .missing:
                trace.append(
                    Step(
                        step: "config-file", place: path, outcome: .passedOver,
                        because: "there is no such file"))
                return nil
            case .unreadable(let reason):
                let call = reason == "Is a directory" ? "read" : "open"
                throw fault(
                    "reading JSON file \"\(path)\": \(call) \(path): \(reason.lowercased())")
            case .bytes(let bytes): text = bytes
            }
            do throws(GoJSON.Fault) {
                let root = try GoJSON.parse(text, as: .whole)
                return isLegacy ? (try Self.entries([root]), [:]) : try Self.content(root)
            } catch {
                throw fault(
                    "reading JSON file \"\(path)\": unmarshaling JSON at \"\(path)\": \(error.text)"
                )
            }
        }

        private func fault(_ text: String) -> GoJSON.Fault {
            GoJSON.Fault(text: text, location: nil)
        }

        private static func content(
            _ root: JSONValue
        ) throws(GoJSON.Fault) -> (entries: [JSONMember], helpers: [String: String]) {
            if root.kind == .null { return ([], [:]) }
            try require(root, .object, "value of type config.dockerConfigFile")
            var helpers: [String: String] = [:]
            for map in root.goFields("credhelpers") {
                let place = "struct field dockerConfigFile.credHelpers of type"
                try require(map, .object, "\(place) map[string]string")
                for helper in map.goMap where helper.value.kind != .null {
                    try require(helper.value, .string, "\(place) string")
                    helpers[helper.name] = helper.value.stringValue
                }
            }
            return (try entries(root.goFields("auths")), helpers)
        }

        /// The entries of one or more maps; of equal keys the last.
        private static func entries(_ maps: [JSONValue]) throws(GoJSON.Fault) -> [JSONMember] {
            for map in maps where map.kind != .null {
                let place = "struct field dockerConfigFile.auths of type"
                try require(map, .object, "\(place) map[string]config.dockerAuthConfig")
                for member in map.members where member.value.kind != .null {
                    try require(member.value, .object, "\(place) config.dockerAuthConfig")
                    for name in ["auth", "identitytoken"] {
                        for value in member.value.goFields(name) {
                            try require(
                                value, .string,
                                "struct field dockerAuthConfig.auths.\(name) of type string")
                        }
                    }
                }
            }
            return JSONValue.goMap(of: maps)
        }

        private static func require(
            _ value: JSONValue, _ kind: JSONValue.Kind, _ goType: String
        ) throws(GoJSON.Fault) {
            guard value.kind == kind else {
                throw GoJSON.Fault(
                    text: "json: cannot unmarshal \(GoJSON.name(value.kind)) into Go \(goType)",
                    location: value.location)
            }
        }

        private mutating func take(
            _ entry: JSONMember, reason: String, _ because: String
        ) throws(GoJSON.Fault) -> CredentialDecision {
            var credential = StoredCredential()
            let auth = entry.value.goFields("auth").last?.stringValue ?? ""
            let place = "auths/\(entry.name)"
            do throws(GoBase64.Fault) {
                if let parts = try StoredCredential.split(Array(auth.utf8), trimsNUL: true) {
                    (credential.username, credential.password) = parts
                    let token = entry.value.goFields("identitytoken").last?.stringValue ?? ""
                    credential.identityToken = Array(token.utf8)
                } else if !auth.isEmpty {
                    note(place, .passedOver, "its auth has no colon, which makes it an empty entry")
                }
            } catch {
                note(place, .stopped, error.description)
                throw fault(error.description)
            }
            let decision = credential.decision(key: entry.name, reason: reason)
            note(
                place, decision.stepOutcome,
                decision.kind == .anonymous ? because + ", but it holds no credential" : because)
            return decision
        }

        private mutating func ask(
            _ suffix: String, _ host: String
        ) throws(GoJSON.Fault) -> [CredentialDecision] {
            let helper = CredentialHelper(suffix: suffix, environment: environment)
            let (answer, stderr) = helper.get(host)
            guard case .credential(let username, let secret) = answer else {
                if case .notFound = answer {
                    note("credHelpers/\(host)", .passedOver, "\(helper.program) knows no login")
                    return []
                }
                throw fault(helper.dockerWords(answer) ?? "")
            }
            let credential = StoredCredential(username, secret)
            var decision = credential.decision(key: host, reason: "helper-answered")
            decision.helper = helper.program
            decision.stderr = stderr
            note("credHelpers/\(host)", decision.stepOutcome, "\(helper.program) answers")
            return [decision]
        }
    }
}
