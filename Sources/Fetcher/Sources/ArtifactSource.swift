/// Where Mesos takes a URI's bytes from.
///
/// Mirrors `download` of `src/launcher/fetcher.cpp`, `Fetcher::uriToLocalPath` and
/// `Fetcher::isNetUri`: schemes are compared with their case, and whatever is neither local nor
/// one of four schemes goes to the Hadoop client.
public enum ArtifactSource: Sendable, Hashable {
    /// An absolute path on the agent; nothing in it is decoded.
    case local(path: String)
    /// `http`, `https`, `ftp` or `ftps`: libcurl.
    case net(url: String)
    /// Any other scheme: the Hadoop client.
    case hadoop(uri: String)

    /// Finds the source of a URI.
    ///
    /// - Parameters:
    ///   - uri: The URI as it was written.
    ///   - frameworksHome: `--frameworks_home`, the base of relative paths; absolute.
    ///   - behavior: The Mesos that fetches.
    /// - Throws: ``FetchError`` with Mesos' own words for a relative path without a base.
    public init(
        of uri: String, frameworksHome: String?, behavior: MesosBehavior
    ) throws(FetchError) {
        var text = uri[...]
        if behavior.trimsLeadingBlanks {
            while let first = text.unicodeScalars.first, " \t\n\r".unicodeScalars.contains(first) {
                text.unicodeScalars.removeFirst()
            }
        }
        if text.hasPrefix("file://") || text.firstRange(of: "://") == nil {
            self = .local(
                path: try Self.localPath(
                    text, uri: uri, frameworksHome: frameworksHome, behavior: behavior))
        } else if ["http://", "https://", "ftp://", "ftps://"].contains(where: text.hasPrefix) {
            self = .net(url: String(text))
        } else {
            self = .hadoop(uri: String(text))
        }
    }

    private static func localPath(
        _ text: Substring, uri: String, frameworksHome: String?, behavior: MesosBehavior
    ) throws(FetchError) -> String {
        let hasScheme = text.hasPrefix("file://")
        var path = hasScheme ? text.dropFirst(7) : text
        if hasScheme || behavior.stripsLocalhostWithoutScheme, path.hasPrefix("localhost") {
            path = path.dropFirst("localhost".count)
        }
        if path.hasPrefix("/") { return String(path) }
        if hasScheme {
            throw FetchError(
                .invalidURI, uri: uri, "File URI only supports absolute paths",
                advice: "write file:///PATH with three slashes")
        }
        guard let frameworksHome, !frameworksHome.isEmpty else {
            throw FetchError(
                .relativePath, uri: uri,
                "A relative path was passed for the resource but the Mesos framework home was not"
                    + " specified. Please either provide this config option or avoid using a"
                    + " relative path",
                advice: "write an absolute path, or give --frameworks-home")
        }
        return frameworksHome + "/" + path
    }
}
