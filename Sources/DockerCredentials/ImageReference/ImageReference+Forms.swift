/// The spellings of one reference that Docker, its engine and Mesos use.
extension ImageReference {
    /// Host and path with what was given of tag and digest.
    public var canonical: String { suffixed(name) }

    /// ``familiarName`` with what was given of tag and digest.
    public var familiarText: String { suffixed(familiarName) }

    /// ``canonical``, with `latest` where neither tag nor digest is given.
    public var withDefaultTag: String {
        tag == nil && digest == nil ? name + ":latest" : canonical
    }

    /// What the engine pulls: of tag and digest it takes the digest.
    public var engineReference: String {
        digest.map { name + "@" + $0 } ?? withDefaultTag
    }

    /// The query of `POST /images/create` that the client sends.
    public var pullQuery: String { "fromImage=\(name)&tag=\(digest ?? tag ?? "latest")" }

    /// The host that is contacted: for the Hub its registry's own name.
    public var registryHost: String { host == "docker.io" ? "registry-1.docker.io" : host }

    private var name: String { host.isEmpty ? path : host + "/" + path }

    private func suffixed(_ name: String) -> String {
        name + (tag.map { ":" + $0 } ?? "") + (digest.map { "@" + $0 } ?? "")
    }
}

/// An image's name as the Mesos containerizer takes it apart: no rule is checked, nothing put in.
///
/// Mirrors `parseImageReference` of Mesos (`src/docker/spec.cpp`): the digest behind the first
/// `@`, a first part with `.`, `:` or equal to `localhost` is the registry, the tag stands behind
/// the last colon of the rest.
public struct MesosImageReference: Sendable, Hashable {
    /// The registry, where one is named.
    public let registry: String?
    /// The rest without tag and digest.
    public let repository: String
    /// The tag, which may be empty.
    public let tag: String?
    /// The digest.
    public let digest: String?

    /// Takes a name apart.
    public init(_ text: String) {
        var rest = text[...]
        if let at = rest.utf8.firstIndex(of: UInt8(ascii: "@")) {
            digest = String(rest[rest.utf8.index(after: at)...])
            rest = rest[..<at]
        } else {
            digest = nil
        }
        var host: String?
        if let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) {
            let first = rest[..<slash]
            if first == "localhost" || first.utf8.contains(where: { $0 == 0x2e || $0 == 0x3a }) {
                host = String(first)
                rest = rest[rest.utf8.index(after: slash)...]
            }
        }
        registry = host
        if let colon = rest.utf8.lastIndex(of: UInt8(ascii: ":")) {
            tag = String(rest[rest.utf8.index(after: colon)...])
            rest = rest[..<colon]
        } else {
            tag = nil
        }
        repository = String(rest)
    }
}
