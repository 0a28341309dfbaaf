public import LocatedJSON

/// A file that a task fetches: Marathon's `artifact`, Mesos' `CommandInfo.URI`.
public struct Artifact: Sendable, Hashable {
    /// Where it comes from, unchanged.
    public let uri: String
    /// Whether an archive is unpacked.
    public let extract: Bool
    /// Whether it is made executable.
    public let executable: Bool
    /// Whether it goes through the agent's cache.
    public let cache: Bool
    /// Its path in the sandbox, where one is given.
    public let outputFile: String?
    /// The JSON path and place of its URI.
    public let path: String
    /// Where the URI stands.
    public let location: JSONLocation?
}

extension Artifact {
    /// An element of `fetch` or `artifacts`.
    init(_ object: ObjectView) {
        uri = object.string("uri") ?? ""
        extract = object.bool("extract") ?? true
        executable = object.bool("executable") ?? false
        cache = object.bool("cache") ?? false
        outputFile = object.string("destPath")
        path = object.path + "/uri"
        location = object["uri"]?.location
    }

    /// An element of `uris`, as Marathon moves it to `fetch`
    /// (`AppNormalization.Artifacts.normalizeFetch`).
    init(migrating value: JSONValue, path: String) {
        let uri = value.stringValue ?? ""
        self.uri = uri
        extract = isGuessedArchive(uri)
        executable = false
        cache = false
        outputFile = nil
        self.path = path
        location = value.location
    }
}
