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

extension ShapeReader {
    mutating func artifacts(
        _ name: String, of object: JSONValue, _ path: String
    ) -> [Artifact] {
        elements(name, of: object, path).compactMap { value, path in
            guard check(value, is: .object, path) else { return nil }
            let uri = string("uri", of: value, path, min: 1, max: 1_024, isRequired: true)
            let outputFile = string("destPath", of: value, path, min: 1, max: 1_024)
            let flags = ["extract", "executable", "cache"].map {
                bool($0, of: value, path, default: $0 == "extract")
            }
            guard let uri else { return nil }
            return Artifact(
                uri: uri, extract: flags[0], executable: flags[1], cache: flags[2],
                outputFile: outputFile, path: path + "/uri",
                location: member("uri", of: value)?.location)
        }
    }
}
