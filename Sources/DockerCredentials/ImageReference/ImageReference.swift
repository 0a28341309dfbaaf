/// A reference to an image as Docker reads it: host, path, tag, digest.
///
/// Mirrors `ParseNormalizedNamed` and `splitDockerDomain` of distribution/reference
/// (`normalize.go`) and the grammar of its `regexp.go`, scanned by hand in linear time.
public struct ImageReference: Sendable, Hashable {
    /// The key under which Docker keeps the Hub's credential.
    public static let hubKey = "https://index.docker.io/v1/"

    /// The registry's host with its port; `docker.io` for the Hub.
    public let host: String
    /// The repository's path, `library/` included.
    public let path: String
    /// The tag, if one was given.
    public let tag: String?
    /// The digest, `sha256:…`, if one was given.
    public let digest: String?

    /// Reads a reference.
    ///
    /// - Parameters:
    ///   - text: What stands in a definition or behind `docker pull`.
    ///   - behavior: The Docker that reads it.
    /// - Throws: ``ImageReferenceError`` with Docker's own words.
    public init(
        parsing text: String, behavior: DockerBehavior = DockerBehavior()
    ) throws(ImageReferenceError) {
        if text.utf8.count == 64, text.utf8.allSatisfy(ReferenceScanner.isLowerHex) {
            throw ImageReferenceError(
                "invalid repository name (\(text)), cannot specify 64-byte hexadecimal strings")
        }
        let (host, rest) = Self.split(text, behavior)
        let name = rest.utf8.prefix { $0 != UInt8(ascii: ":") }
        if name.contains(where: { $0 &- 0x41 < 26 }) {
            throw ImageReferenceError(
                "invalid reference format: repository name (\(Substring(name))) must be lowercase")
        }
        var scanner = ReferenceScanner(host + "/" + rest)
        let parts = try scanner.scan()
        guard (behavior.limitsPathAlone ? parts.path : parts.name).utf8.count <= 255 else {
            throw ImageReferenceError("repository name must not be more than 255 characters")
        }
        self.host = parts.host
        path = parts.path
        tag = parts.tag
        digest = parts.digest
    }

    /// The host and the rest, with Docker's defaults put in.
    private static func split(
        _ text: String, _ behavior: DockerBehavior
    ) -> (host: String, rest: String) {
        var host = "docker.io"
        var rest = text[...]
        if let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) {
            let first = text[..<slash]
            let isHost =
                first == "localhost" || first.utf8.contains { $0 == 0x2e || $0 == 0x3a }
                || behavior.takesUpperCaseHost
                    && first.utf8.contains { $0 &- 0x41 < 26 }
            if isHost {
                host = first == "index.docker.io" ? "docker.io" : String(first)
                rest = text[text.utf8.index(after: slash)...]
            }
        }
        if host == "docker.io", !rest.utf8.contains(UInt8(ascii: "/")) {
            return (host, "library/" + rest)
        }
        return (host, String(rest))
    }

    /// The key under which Docker looks for the credential.
    public var configKey: String { host == "docker.io" ? Self.hubKey : host }

    /// The reference as `docker pull` shows it, with `latest` where nothing else is said.
    public var pulled: String {
        var text = familiarName
        if let tag { text += ":" + tag }
        if let digest { text += "@" + digest }
        return tag == nil && digest == nil ? text + ":latest" : text
    }

    /// The name without what Docker puts in by itself.
    public var familiarName: String {
        guard host == "docker.io" else { return host.isEmpty ? path : host + "/" + path }
        let short = path.dropFirst("library/".count)
        return path.hasPrefix("library/") && !short.contains("/") ? String(short) : path
    }
}

/// Why a text is no image reference, in Docker's words.
public struct ImageReferenceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Docker's own text.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
