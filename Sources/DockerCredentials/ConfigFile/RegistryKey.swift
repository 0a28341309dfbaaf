/// The host that a key of a credentials file stands for.
public enum RegistryKey {
    /// The host as docker/cli makes it (`ConvertToHostname`, `credentials/file_store.go`).
    ///
    /// - Parameters:
    ///   - key: A key: a host, a URL, a host with a path.
    ///   - behavior: The client; since 27.0 a URL parser does it.
    /// - Returns: `host` or `host:port`.
    public static func host(of key: String, behavior: DockerBehavior) -> String {
        if behavior.parsesKeysAsURLs, let host = urlHost(key) { return host }
        if behavior.parsesKeysAsURLs { return String(key.prefix { $0 != "/" }) }
        return plainHost(of: key)
    }

    /// The host as older clients, the engine and Mesos make it: a lower-case `http://` or
    /// `https://` and everything from the first slash on are cut.
    public static func plainHost(of key: String) -> String {
        var rest = key[...]
        for scheme in ["http://", "https://"] where rest.hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
            break
        }
        return String(rest.prefix { $0 != "/" })
    }

    /// The host of a URL as Go's `net/url` reads it, `nil` where that refuses it or finds none.
    private static func urlHost(_ key: String) -> String? {
        guard let separator = key.firstRange(of: "://") else { return nil }
        let scheme = key[..<separator.lowerBound].utf8
        guard let first = scheme.first, (first | 0x20) &- 0x61 < 26,
            scheme.allSatisfy({
                ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2b || $0 == 0x2d
                    || $0 == 0x2e
            })
        else { return nil }
        var authority = key[separator.upperBound...].prefix {
            $0 != "/" && $0 != "?" && $0 != "#"
        }
        if let at = authority.lastIndex(of: "@") {
            authority = authority[authority.index(after: at)...]
        }
        guard !authority.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7f || $0 == 0x25 }) else {
            return nil
        }
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            let host = authority[authority.index(after: authority.startIndex)..<end]
            let port = authority[authority.index(after: end)...]
            if port.isEmpty || port == ":" { return String(host) }
            return port.hasPrefix(":") ? "[\(host)]\(port)" : nil
        }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let host = parts.first, !host.isEmpty else { return nil }
        guard parts.count == 2, !parts[1].isEmpty else { return String(host) }
        guard parts[1].utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        return String(authority)
    }
}
