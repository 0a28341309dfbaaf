import LocatedJSON
import Vocabulary

/// oras and other programs on oras-go v2 and v3.
///
/// Mirrors `registry/remote/credentials` (`store.go`, `internal/config/config.go`): one file, a
/// helper or the file, errors are errors, and only the entry that is taken is decoded.
public struct OrasPull: CredentialClient {
    /// What the client finds around it.
    public let environment: ClientEnvironment

    /// A client in an environment.
    public init(environment: ClientEnvironment) {
        self.environment = environment
    }

    /// Decides for an image.
    public func decide(reference: String) -> CredentialDecision {
        do throws(ImageReferenceError) {
            return decide(host: try ImageReference(parsing: reference).host)
        } catch {
            return .badReference(reference, error.description)
        }
    }

    /// Decides for a registry.
    public func decide(host: String) -> CredentialDecision {
        let isHub = host == "docker.io" || host == "registry-1.docker.io"
        let key = isHub ? ImageReference.hubKey : host
        let folder = environment.variable("DOCKER_CONFIG") ?? (environment.home ?? "") + "/.docker"
        let path = goPath(folder + "/config.json")
        do throws(GoJSON.Fault) {
            guard let root = try read(path) else {
                var decision = CredentialDecision(kind: .anonymous, reason: "file-missing")
                decision.trace = [
                    Step(
                        step: "config-file", place: path, outcome: .passedOver,
                        because: "there is no such file")
                ]
                return decision
            }
            let helpers = try Self.field(root, "credHelpers", "cred helpers", .object)
            let store = try Self.field(root, "credsStore", "creds store", .string)
            let auths = try Self.field(root, "auths", "auths", .object)
            var decision: CredentialDecision
            let helper = try Self.helper(of: key, helpers)
            if let suffix = helper ?? store?.stringValue, !suffix.isEmpty {
                let place = helper == nil ? "credsStore" : "credHelpers/\(key)"
                decision = ask(suffix, key, place: "\(path): \(place)")
            } else {
                decision = try lookup(key, auths, path)
            }
            decision.file = path
            return decision
        } catch {
            var decision = CredentialDecision.stopped(
                "file-unusable", error.text, step: "config-file", place: path)
            decision.file = path
            return decision
        }
    }

    private func read(_ path: String) throws(GoJSON.Fault) -> JSONValue? {
        func fault(_ text: String) -> GoJSON.Fault { GoJSON.Fault(text: text, location: nil) }
        let wrapper = "failed to decode config file \(path): invalid config format"
        switch environment.read(path) {
        case .missing: return nil
        case .unreadable("Is a directory"):
            throw fault("\(wrapper): read \(path): is a directory")
        case .unreadable(let reason):
            throw fault(
                "failed to open config file at \(path): open \(path): \(reason.lowercased())")
        case .bytes(let text):
            if text.allSatisfy({ [0x20, 0x09, 0x0a, 0x0d].contains($0) }) {
                return try GoJSON.parse(Array("{}".utf8), as: .stream)
            }
            let root: JSONValue
            do throws(GoJSON.Fault) {
                root = try GoJSON.parse(text, as: .stream)
            } catch {
                throw fault("\(wrapper): \(error.text)")
            }
            guard root.kind == .object || root.kind == .null else {
                throw fault(
                    "\(wrapper): json: cannot unmarshal \(GoJSON.name(root.kind)) into Go value of"
                        + " type map[string]json.RawMessage")
            }
            return root
        }
    }

    /// A field of the top level: its name in exactly this case, of duplicates the last.
    private static func field(
        _ root: JSONValue, _ name: String, _ words: String, _ kind: JSONValue.Kind
    ) throws(GoJSON.Fault) -> JSONValue? {
        guard let value = root[name], value.kind != .null else { return nil }
        guard value.kind == kind else {
            let types = [
                "credsStore": "string", "credHelpers": "map[string]string",
                "auths": "map[string]json.RawMessage",
            ]
            throw GoJSON.Fault(
                text: "failed to unmarshal \(words) field: invalid config format: json: cannot"
                    + " unmarshal \(GoJSON.name(value.kind)) into Go value of type"
                    + " \(types[name] ?? "string")",
                location: value.location)
        }
        return value
    }

    private static func helper(
        of key: String, _ helpers: JSONValue?
    ) throws(GoJSON.Fault) -> String? {
        guard let helpers else { return nil }
        for member in helpers.members where member.value.kind != .null {
            guard member.value.kind == .string else {
                throw GoJSON.Fault(
                    text: "failed to unmarshal cred helpers field: invalid config format: json:"
                        + " cannot unmarshal \(GoJSON.name(member.value.kind)) into Go value of"
                        + " type string",
                    location: member.value.location)
            }
        }
        return helpers[key]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    }

    private func ask(_ suffix: String, _ key: String, place: String) -> CredentialDecision {
        let helper = CredentialHelper(suffix: suffix, environment: environment)
        let (answer, stderr) = helper.get(key, as: .whole)
        var decision: CredentialDecision
        switch answer {
        case .credential(let username, let secret):
            let credential = StoredCredential(username, secret)
            decision = credential.decision(key: key, reason: "helper-answered")
            decision.trace = [
                Step(
                    step: "credential-helper", place: place, outcome: decision.stepOutcome,
                    because: "\(helper.program) answers for \(key)")
            ]
        case .notFound:
            decision = CredentialDecision(kind: .anonymous, reason: "helper-not-found")
            decision.trace = [
                Step(
                    step: "credential-helper", place: place, outcome: .passedOver,
                    because: "\(helper.program) knows no login for \(key); the file is not asked")
            ]
        default:
            var reason = "helper-failed"
            if case .missing = answer { reason = "helper-binary-missing" }
            decision = .stopped(
                reason, helper.plainWords(answer) ?? "", step: "credential-helper", place: place)
        }
        decision.helper = helper.program
        decision.stderr = stderr
        return decision
    }

    private func lookup(
        _ key: String, _ auths: JSONValue?, _ path: String
    ) throws(GoJSON.Fault) -> CredentialDecision {
        let entries = auths?.goMap ?? []
        if let entry = entries.first(where: { $0.name == key }) {
            return try take(entry, "exact-key", "its key is exactly \(key)", path)
        }
        let others = entries.filter { Self.host(of: $0.name) == key }
        if others.count == 1 {
            return try take(others[0], "hostname-of-key", "its host is the registry's", path)
        }
        var outcomes: [CredentialDecision] = []
        for entry in others {
            do throws(GoJSON.Fault) {
                outcomes.append(
                    try take(entry, "several-keys-same-hostname", "one of several, by chance", path)
                )
            } catch {
                outcomes.append(
                    .stopped("auth-undecodable", error.text, step: "entry", place: path))
            }
        }
        if var chance = CredentialDecision.oneOf(outcomes, reason: "several-keys-same-hostname") {
            chance.trace = outcomes.flatMap(\.trace)
            return chance
        }
        var none = CredentialDecision(kind: .anonymous, reason: "no-entry")
        let keys = entries.lazy.map(\.name).inShort
        none.trace = [
            Step(
                step: "entry", place: "\(path): auths", outcome: .passedOver,
                because: keys.isEmpty
                    ? "there is no entry at all" : "no key stands for \(key); there is \(keys)")
        ]
        return none
    }

    /// A key without a lower-case scheme and without its path (`toHostname`).
    private static func host(of key: String) -> String {
        String(key.dropping("http://").dropping("https://").before("/"))
    }

    private func take(
        _ entry: JSONMember, _ reason: String, _ because: String, _ path: String
    ) throws(GoJSON.Fault) -> CredentialDecision {
        func fault(_ words: String, _ text: String) -> GoJSON.Fault {
            GoJSON.Fault(
                text: "failed to \(words) auth field: invalid config format: \(text)",
                location: entry.value.location)
        }
        guard entry.value.kind == .object || entry.value.kind == .null else {
            throw fault(
                "unmarshal",
                "json: cannot unmarshal \(GoJSON.name(entry.value.kind)) into Go value of type"
                    + " configuration.AuthConfig")
        }
        var texts: [String: [UInt8]] = [:]
        for name in ["auth", "username", "password", "identitytoken", "registrytoken"] {
            for value in entry.value.goFields(name) {
                guard let text = value.stringValue else {
                    throw fault(
                        "unmarshal",
                        "json: cannot unmarshal \(GoJSON.name(value.kind)) into Go struct field"
                            + " AuthConfig.\(name) of type string")
                }
                texts[name] = Array(text.utf8)
            }
        }
        var credential = StoredCredential(
            username: texts["username"] ?? [], password: texts["password"] ?? [],
            identityToken: texts["identitytoken"] ?? [],
            registryToken: texts["registrytoken"] ?? [])
        if let auth = texts["auth"], !auth.isEmpty {
            do throws(GoBase64.Fault) {
                guard let parts = try StoredCredential.split(auth, trimsNUL: false) else {
                    throw GoBase64.Fault(offset: -1)
                }
                (credential.username, credential.password) = parts
            } catch {
                // The program itself prints the decoded text here, which may be a token.
                throw fault(
                    "decode",
                    error.offset < 0
                        ? "auth '***' does not conform the base64(username:password) format"
                        : error.description)
            }
        }
        var decision = credential.decision(key: entry.name, reason: reason)
        decision.trace = [
            Step(
                step: "entry", place: "\(path): auths/\(entry.name)",
                outcome: decision.stepOutcome, because: because)
        ]
        return decision
    }
}
