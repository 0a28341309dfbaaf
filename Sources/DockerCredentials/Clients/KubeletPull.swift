import LocatedJSON
import Vocabulary

/// The kubelet, with the node's own credentials file.
///
/// Mirrors `pkg/credentialprovider` of Kubernetes (`config.go`, `keyring.go`): keys may hold globs
/// and paths; every key that matches is tried, in reverse order of the alphabet, until one works.
public struct KubeletPull: CredentialClient {
    /// What the client finds around it.
    public let environment: ClientEnvironment

    /// A client in an environment.
    public init(environment: ClientEnvironment) {
        self.environment = environment
    }

    /// Decides for an image.
    public func decide(reference: String) -> CredentialDecision {
        do throws(ImageReferenceError) {
            let image = try ImageReference(parsing: reference)
            return decide(image: image.repository, isHub: image.host == "docker.io")
        } catch {
            return .badReference(reference, error.description)
        }
    }

    /// Decides for a registry.
    public func decide(host: String) -> CredentialDecision {
        decide(image: host, isHub: RegistryKey.isHub(host))
    }

    private struct Entry {
        let name: String
        let key: String
        let credential: StoredCredential
    }

    private func decide(image: String, isHub: Bool) -> CredentialDecision {
        var trace: [Step] = []
        let home = environment.home ?? ""
        for (path, isLegacy) in [
            (home + "/.docker/config.json", false), (home + "/.dockercfg", true),
        ] {
            let entries: [Entry]
            do throws(GoJSON.Fault) {
                guard let read = try read(path, isLegacy) else {
                    trace.append(
                        Step(
                            step: "config-file", place: path, outcome: .passedOver,
                            because: "there is no such file"))
                    continue
                }
                entries = read
            } catch {
                trace.append(
                    Step(
                        step: "config-file", place: path, outcome: .passedOver,
                        because: "\(error.text); the next file is read"))
                continue
            }
            var decision = choose(image: image, isHub: isHub, entries, path, &trace)
            decision.file = path
            decision.trace = trace
            return decision
        }
        var nothing = CredentialDecision(kind: .anonymous, reason: "file-missing")
        nothing.trace = trace
        return nothing
    }

    private func choose(
        image: String, isHub: Bool, _ entries: [Entry], _ path: String, _ trace: inout [Step]
    ) -> CredentialDecision {
        var matches = entries.filter { Self.matches($0.key, image) }
        matches.sort { $1.key.utf8.lexicographicallyPrecedes($0.key.utf8) }
        var reason = "hostname-of-key"
        if matches.isEmpty, isHub {
            matches = entries.filter { $0.key == "index.docker.io" }
            reason = "hub-key"
        }
        // Entries of one key are in the order of a Go map: each of them may be the first.
        let equal = matches.prefix { $0.key == matches.first?.key }
        guard
            let decision = CredentialDecision.oneOf(
                equal.map { $0.credential.decision(key: $0.name, reason: reason) },
                reason: "several-keys-same-hostname")
        else {
            let keys = entries.lazy.map(\.name).inShort
            trace.append(
                Step(
                    step: "entry", place: "\(path): auths", outcome: .passedOver,
                    because: keys.isEmpty
                        ? "there is no entry" : "no key matches \(image); there is \(keys)"))
            return CredentialDecision(kind: .anonymous, reason: "no-entry")
        }
        for (index, entry) in matches.enumerated() {
            let because =
                index >= equal.count
                ? "it matches too: tried if those before it fail"
                : equal.count == 1
                    ? "it matches \(image)"
                    : "one of \(equal.count) of that key: which one is tried first is chance"
            trace.append(
                Step(
                    step: "entry", place: "\(path): auths/\(entry.name)",
                    outcome: index < equal.count ? decision.stepOutcome : .passedOver,
                    because: because))
        }
        return decision
    }

    private func read(_ path: String, _ isLegacy: Bool) throws(GoJSON.Fault) -> [Entry]? {
        func fault(_ text: String) -> GoJSON.Fault { GoJSON.Fault(text: text, location: nil) }
        let text: [UInt8]
        switch environment.read(path) {
        case .missing: return nil
        case .unreadable(let reason): throw fault(reason.lowercased())
        case .bytes(let bytes): text = bytes
        }
        let root = try GoJSON.parse(text, as: .whole)
        guard root.kind == .object else { throw fault("it must be an object") }
        let maps = isLegacy ? [root] : root.goFields("auths")
        var entries: [Entry] = []
        for map in maps {
            guard map.kind == .object else { throw fault("auths must be an object") }
            for member in map.goMap {
                guard member.value.kind == .object || member.value.kind == .null else {
                    throw fault("auths/\(member.name) must be an object")
                }
                guard let key = Self.key(of: member.name) else { continue }
                entries.append(
                    Entry(name: member.name, key: key, credential: try Self.credential(member)))
            }
        }
        return entries
    }

    private static func credential(_ member: JSONMember) throws(GoJSON.Fault) -> StoredCredential {
        var texts: [String: [UInt8]] = [:]
        for name in ["username", "password", "email", "auth"] {
            for value in member.value.goFields(name) {
                guard let text = value.stringValue else {
                    throw GoJSON.Fault(
                        text: "auths/\(member.name)/\(name) must be a string",
                        location: value.location)
                }
                texts[name] = Array(text.utf8)
            }
        }
        var credential = StoredCredential(
            username: texts["username"] ?? [], password: texts["password"] ?? [])
        guard let auth = texts["auth"], !auth.isEmpty else { return credential }
        let parts: (username: [UInt8], password: [UInt8])?
        do throws(GoBase64.Fault) {
            parts = try StoredCredential.split(auth, trimsNUL: false)
        } catch {
            throw GoJSON.Fault(text: error.description, location: member.value.location)
        }
        guard let parts else {
            throw GoJSON.Fault(
                text: "unable to parse auth field, must be formatted as base64(user:password)",
                location: member.value.location)
        }
        (credential.username, credential.password) = parts
        return credential
    }

    /// Host and path of a key, without a leading `/v1/` or `/v2/`; `nil` where it is no URL.
    private static func key(of name: String) -> String? {
        let hasScheme = name.withoutWebScheme.startIndex != name.startIndex
        guard let url = GoURL(hasScheme ? name : "https://" + name), !url.host.isEmpty else {
            return nil
        }
        var path = url.path[...]
        if path.hasPrefix("/v1/") || path.hasPrefix("/v2/") { path = path.dropFirst(3) }
        return path.isEmpty || path == "/" ? url.host : url.host + path
    }

    /// Whether each part of the host matches, the port is equal and the path begins alike.
    private static func matches(_ key: String, _ image: String) -> Bool {
        let (glob, globPort, globPath) = parts(key)
        let (host, port, path) = parts(image)
        guard glob.count == host.count, globPort == port,
            path.utf8.starts(with: globPath.utf8)
        else { return false }
        return zip(glob, host).allSatisfy { Glob($0)?.matches($1) == true }
    }

    private static func parts(_ text: String) -> ([Substring], Substring, Substring) {
        let authority = text.before("/")
        let path = text[authority.endIndex...]
        let host = authority.before(":")
        return (
            host.split(separator: ".", omittingEmptySubsequences: false),
            authority[host.endIndex...].dropFirst(), path
        )
    }
}
