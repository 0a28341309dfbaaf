import LocatedJSON
import Vocabulary

/// The Mesos containerizer's image fetcher: the image's secret and the agent's config, merged.
///
/// Mirrors `docker/spec.cpp` (`parseAuthConfig`, `parseAuthUrl`) and `uri/fetchers/docker.cpp`
/// (`getAuthHeaderBasic`) of Mesos 1.11. It looks into no home and no sandbox.
public struct MesosPull: CredentialClient {
    /// The text of the image's config secret, `nil` where the image names none.
    public let secret: [UInt8]?
    /// The text of the agent's `--docker_config`, `nil` where it has none.
    public let agentConfig: [UInt8]?

    /// A pull with what the agent was given.
    public init(secret: [UInt8]?, agentConfig: [UInt8]? = nil) {
        self.secret = secret
        self.agentConfig = agentConfig
    }

    /// The registry that the containerizer asks for an image: `host` or `host:port`.
    public static func registry(of image: String) -> String { MesosImageHost(of: image).text }

    /// The name under which the agent writes a config for docker: by its layout, told by `auths`.
    static func fileName(of config: [UInt8]) -> String {
        let isConfig = (try? JSONDocument(parsing: config))?.root["auths"]?.kind == .object
        return isConfig ? ".docker/config.json" : ".dockercfg"
    }

    struct Entry {
        let key: String
        let auth: Secret?
        let source: String
    }

    /// The configs and their names for a person; the first wins where both have a key.
    var configs: [(text: [UInt8]?, source: String)] {
        [(secret, "pull secret"), (agentConfig, "agent's docker_config")]
    }

    /// Decides for an image.
    ///
    /// - Parameter image: The image as it was written.
    /// - Returns: The `Authorization` header that is sent with the first request, or nothing.
    public func decide(reference image: String) -> CredentialDecision {
        decide(image: image, host: MesosImageHost(of: image))
    }

    /// Decides for a registry: an image of it.
    public func decide(host: String) -> CredentialDecision {
        let isHub = host == "docker.io"
        return decide(image: host, host: MesosImageHost(of: isHub ? "image" : host + "/image"))
    }

    private func decide(image: String, host: MesosImageHost) -> CredentialDecision {
        var trace: [Step] = []
        if let error = host.error {
            var decision = CredentialDecision(kind: .error, reason: "bad-reference")
            decision.error = error
            decision.trace = [
                Step(step: "image", place: image, outcome: .stopped, because: error)
            ]
            return decision
        }
        var entries: [Entry] = []
        var known: Set<String> = []
        for (text, source) in configs {
            guard let text else {
                trace.append(
                    Step(
                        step: "config", place: source, outcome: .passedOver,
                        because: "there is none"))
                continue
            }
            do throws(Fault) {
                let read = try Self.parse(text, source)
                entries += read.filter { !known.contains($0.key) }
                known.formUnion(read.lazy.map(\.key))
            } catch {
                var decision = CredentialDecision(kind: .error, reason: "config-unusable")
                decision.error = error.text
                decision.file = source
                decision.trace = [
                    Step(
                        step: "config", place: source, outcome: .stopped, because: error.text)
                ]
                return decision
            }
        }
        var matches: [Entry] = []
        for entry in entries {
            let outcome = match(entry, host)
            let isUsable = outcome != nil && entry.auth != nil
            // Of a file with very many entries, those that do not match are no news.
            if outcome == nil, trace.count >= 100 { continue }
            trace.append(
                Step(
                    step: "key", place: "\(entry.source): \(entry.key)",
                    outcome: isUsable ? .chosen : .passedOver,
                    because: outcome.map { isUsable ? $0 : $0 + ", but it has no auth" }
                        ?? "its host is \(RegistryKey.plainHost(of: entry.key)), not \(host.text)"))
            if isUsable { matches.append(entry) }
        }
        var decision: CredentialDecision
        switch matches.count {
        case 0:
            decision = CredentialDecision(kind: .anonymous, reason: "no-entry")
        case 1:
            decision = basic(matches[0])
        default:
            decision = CredentialDecision(
                kind: .nondeterministic, reason: "several-keys-same-hostname")
            decision.anyOf = matches.map(basic)
        }
        decision.trace = trace
        return decision
    }

    private func basic(_ entry: Entry) -> CredentialDecision {
        var decision = CredentialDecision(kind: .basic, key: entry.key, reason: "hostname-of-key")
        decision.file = entry.source
        let auth = entry.auth?.reveal() ?? []
        decision.header = Secret(Array("Basic ".utf8) + auth)
        if let decoded = try? GoBase64.decode(auth),
            let colon = decoded.firstIndex(of: UInt8(ascii: ":"))
        {
            decision.username = String(decoding: decoded[..<colon], as: UTF8.self)
            decision.secret = Secret(Array(decoded[(colon + 1)...]))
        }
        return decision
    }

    func match(_ entry: Entry, _ host: MesosImageHost) -> String? {
        if RegistryKey.plainHost(of: entry.key) == host.text { return "its host is the registry's" }
        if host.text.contains("docker.io"), entry.key.contains("docker.io") {
            return "both it and the registry contain docker.io, which is enough for Mesos"
        }
        return nil
    }

    struct Fault: Error {
        let text: String
    }

    static func parse(_ text: [UInt8], _ source: String) throws(Fault) -> [Entry] {
        let document: JSONDocument
        do throws(JSONSyntaxError) {
            document = try JSONDocument(parsing: text, limits: JSONLimits(maxDepth: 200))
        } catch {
            throw Fault(text: "it is not JSON: \(error.description)")
        }
        guard document.trailingOffset == nil, !document.hasByteOrderMark else {
            throw Fault(text: "it is not JSON: there is text around the value")
        }
        let root = document.root
        guard root.kind == .object else {
            throw Fault(text: "it must be a JSON object, not \(root.kind.phrase)")
        }
        var map = root
        if let auths = root["auths"], auths.kind != .null {
            guard auths.kind == .object else {
                throw Fault(
                    text: "Failed to find 'auths' in docker config file: Found JSON value of wrong"
                        + " type")
            }
            map = auths
        }
        var entries: [Entry] = []
        var places: [String: Int] = [:]
        for member in map.members {
            guard member.value.kind == .object else {
                throw Fault(
                    text: "Invalid JSON object: the value of '\(member.name)' is"
                        + " \(member.value.kind.phrase)")
            }
            for name in ["auth", "email"] {
                if let value = member.value[name], value.kind != .string, value.kind != .null {
                    throw Fault(
                        text: "Protobuf parse failed: '\(name)' of '\(member.name)' is"
                            + " \(value.kind.phrase)")
                }
            }
            let auth = member.value["auth"]?.stringBytes
            let entry = Entry(key: member.name, auth: auth.map { Secret($0) }, source: source)
            if let place = places[member.name] {
                entries[place] = entry
            } else {
                places[member.name] = entries.count
                entries.append(entry)
            }
        }
        return entries
    }
}

/// The registry of an image as the Mesos containerizer asks it.
struct MesosImageHost {
    /// `host` or `host:port`; the default registry where the name has none.
    let text: String
    /// Why the agent cannot read its port, in the words of Mesos.
    let error: String?

    init(of image: String) {
        guard let registry = MesosImageReference(image).registry else {
            text = "registry-1.docker.io:443"
            error = nil
            return
        }
        text = registry
        guard let colon = registry.firstIndex(of: ":") else {
            error = nil
            return
        }
        let port = registry[registry.index(after: colon)...]
        let isNumber = !port.isEmpty && port.utf8.allSatisfy { $0 &- 0x30 < 10 }
        error = isNumber ? nil : "Failed to get registry port: Failed to numify '\(port)'"
    }
}
