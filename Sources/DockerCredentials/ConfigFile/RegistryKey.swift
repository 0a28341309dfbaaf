/// The host that a key of a credentials file stands for.
public enum RegistryKey {
    /// The host as docker/cli makes it (`ConvertToHostname`, `credentials/file_store.go`).
    ///
    /// - Parameters:
    ///   - key: A key: a host, a URL, a host with a path.
    ///   - behavior: The client; since 27.0 a URL parser does it.
    /// - Returns: `host` or `host:port`.
    public static func host(of key: String, behavior: DockerBehavior) -> String {
        guard behavior.parsesKeysAsURLs else { return plainHost(of: key) }
        guard let (name, port) = GoURL(key)?.hostAndPort, !name.isEmpty else {
            return String(key.before("/"))
        }
        if port.isEmpty { return name }
        return name.utf8.contains(UInt8(ascii: ":")) ? "[\(name)]:\(port)" : "\(name):\(port)"
    }

    /// Whether a host is one of Docker Hub's names; Docker keeps its login under another key,
    /// ``ImageReference/hubKey``.
    public static func isHub(_ host: String) -> Bool {
        host == "docker.io" || host == "index.docker.io"
    }

    /// The host as older clients, the engine and Mesos make it: a lower-case `http://` or
    /// `https://` and everything from the first slash on are cut.
    public static func plainHost(of key: String) -> String {
        String(key.withoutWebScheme.before("/"))
    }
}

// Go takes texts apart by bytes. Swift's characters would hide a slash that a combining mark
// follows, and make one of two spellings of an accent.
extension StringProtocol {
    /// What stands in front of the first of these ASCII characters.
    func before(_ stops: String) -> SubSequence {
        self[..<(utf8.firstIndex { stops.utf8.contains($0) } ?? endIndex)]
    }

    /// The text behind a prefix; all of it where it does not begin so.
    func dropping(_ prefix: String) -> SubSequence {
        guard utf8.starts(with: prefix.utf8) else { return self[...] }
        return self[utf8.index(startIndex, offsetBy: prefix.utf8.count)...]
    }

    /// The text behind a lower-case `http://` or `https://`.
    var withoutWebScheme: SubSequence {
        dropping(utf8.starts(with: "https".utf8) ? "https://" : "http://")
    }
}
