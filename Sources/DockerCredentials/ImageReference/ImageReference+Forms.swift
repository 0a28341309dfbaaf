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
