extension CredentialDecision {
    /// Whether an engine with the containerd image store uses what the client sends it.
    ///
    /// Mirrors the host check of moby's `daemon/containerd/resolver.go`: the key of the login must
    /// be the registry's host by the old conversion; else the engine pulls anonymously.
    ///
    /// - Parameter host: The image's registry, ``ImageReference/host``.
    /// - Returns: `nil` where no login is sent, or where chance decides.
    public func isUsedByContainerdStore(for host: String) -> Bool? {
        switch kind {
        case .anonymous, .error: return nil
        case .nondeterministic:
            let answers = Set(anyOf.compactMap { $0.isUsedByContainerdStore(for: host) })
            return answers.count == 1 ? answers.first : nil
        case .basic, .identityToken, .registryToken:
            func canonical(_ name: String) -> String {
                RegistryKey.isHub(name) ? "registry-1.docker.io" : name
            }
            guard let key, !key.isEmpty else { return true }
            return canonical(RegistryKey.plainHost(of: key)) == canonical(host)
        }
    }
}
