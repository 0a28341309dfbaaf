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
        parsing text: String, behavior: DockerBehavior = .newest
    ) throws(ImageReferenceError) {
        var bytes = Array(text.utf8)
        if bytes.count == 64, bytes.allSatisfy(ReferenceScanner.isLowerHex) {
            throw ImageReferenceError(
                "invalid repository name (\(text)), cannot specify 64-byte hexadecimal strings")
        }
        let rest = Self.complete(&bytes, behavior)
        let end = bytes[rest...].firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
        if bytes[rest..<end].contains(where: Self.isUpper) {
            let name = String(decoding: bytes[rest..<end], as: UTF8.self)
            throw ImageReferenceError(
                "invalid reference format: repository name (\(name)) must be lowercase")
        }
        let parts = try ReferenceScanner.parts(of: bytes, takesAddresses: behavior.takesAddressHost)
        guard (behavior.limitsPathAlone ? parts.path.utf8.count : parts.nameLength) <= 255 else {
            throw ImageReferenceError("repository name must not be more than 255 characters")
        }
        self.host = parts.host
        path = parts.path
        tag = parts.tag
        digest = parts.digest
    }

    /// Puts in Docker's defaults, so that the text is `host/rest`; gives where the rest begins.
    private static func complete(_ text: inout [UInt8], _ behavior: DockerBehavior) -> Int {
        var rest = 0
        if let slash = text.firstIndex(of: UInt8(ascii: "/")) {
            let first = text[..<slash]
            let isHost =
                first.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
                || behavior.takesUpperCaseHost && first.contains(where: isUpper)
                || first.elementsEqual("localhost".utf8)
            if isHost, !first.elementsEqual("docker.io".utf8) {
                guard first.elementsEqual("index.docker.io".utf8) else { return slash + 1 }
                rest = slash + 1
            } else if isHost {
                rest = slash + 1
            }
        }
        let isShort = !text[rest...].contains(UInt8(ascii: "/"))
        text.replaceSubrange(..<rest, with: (isShort ? "docker.io/library/" : "docker.io/").utf8)
        return "docker.io/".utf8.count
    }

    private static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

    /// The key under which Docker looks for the credential.
    public var configKey: String { Self.configKey(ofHost: host) }

    /// The key under which Docker looks for the credential of a registry.
    ///
    /// - Parameter host: ``host``; `docker.io` is the Hub.
    /// - Returns: The host, or ``hubKey``.
    public static func configKey(ofHost host: String) -> String {
        host == "docker.io" ? hubKey : host
    }

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
