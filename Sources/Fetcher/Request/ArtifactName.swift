/// The name that Mesos gives a fetched file.
///
/// Mirrors `Fetcher::basename` and `Fetcher::validateOutputFile` of Mesos 1.11
/// (`src/slave/containerizer/fetcher.cpp`): query and fragment stay, nothing is decoded.
public enum ArtifactName {
    /// The file's name for a URI, possibly empty.
    ///
    /// - Parameter uri: The URI as it was written, blanks included.
    /// - Returns: The text after the last slash; `.` for an empty path, `/` for slashes alone.
    /// - Throws: ``FetchError`` with code ``FetchError/Code/invalidURI`` and Mesos' own words.
    public static func basename(of uri: String) throws(FetchError) -> String {
        if uri.utf8.contains(where: { $0 == 0x5c || $0 == 0x27 || $0 == 0 }) {
            throw FetchError(
                .invalidURI, uri: uri, "Illegal characters in URI",
                advice: "use no backslash, single quote or NUL")
        }
        guard let separator = uri.firstRange(of: "://"),
            uri.utf8.distance(from: uri.startIndex, to: separator.lowerBound) >= 2
        else { return pathBasename(uri) }
        let rest = uri[separator.upperBound...]
        guard let slash = rest.firstIndex(of: "/"), rest.index(after: slash) < rest.endIndex,
            let last = rest.lastIndex(of: "/")
        else {
            throw FetchError(
                .invalidURI, uri: uri, "Malformed URI (missing path): \(redacted(uri))",
                advice: "name a file behind the host")
        }
        return String(rest[rest.index(after: last)...])
    }

    /// Checks `output_file` as Mesos does.
    ///
    /// - Parameters:
    ///   - outputFile: A path meant to be relative to the sandbox.
    ///   - uri: The URI that it belongs to, for the error.
    /// - Throws: ``FetchError`` where Mesos refuses, and where `..` would leave the sandbox, which
    ///   Mesos accepts.
    public static func validate(outputFile: String, of uri: String) throws(FetchError) {
        if outputFile.isEmpty {
            throw FetchError(
                .invalidOutputFile, uri: uri, "URI output file path is empty",
                advice: "name a file, or leave destPath out")
        }
        if outputFile.hasPrefix("/") {
            throw FetchError(
                .invalidOutputFile, uri: uri,
                "URI output file must be within the sandbox directory",
                advice: "make destPath relative")
        }
        if outputFile.split(separator: "/").contains("..") {
            throw FetchError(
                .invalidOutputFile, uri: uri,
                "output file '\(outputFile)' has a '..', which Mesos would follow out of the"
                    + " sandbox", advice: "take '..' out of destPath")
        }
    }

    /// Mirrors `Path::basename` of stout.
    private static func pathBasename(_ path: String) -> String {
        var rest = path.hasPrefix("file://") ? path.dropFirst(7) : path[...]
        if rest.isEmpty { return "." }
        while rest.hasSuffix("/") { rest.removeLast() }
        if rest.isEmpty { return "/" }
        guard let slash = rest.lastIndex(of: "/") else { return String(rest) }
        return String(rest[rest.index(after: slash)...])
    }
}
