/// One artifact to fetch: Mesos' `CommandInfo.URI`.
///
/// Two requests that differ in `cache` alone are one to Mesos (`operator==` for
/// `CommandInfo::URI`, `type_utils.cpp`); ``isSame(as:)`` says so.
public struct ArtifactRequest: Sendable, Hashable {
    /// Where it comes from, as it was written.
    public var uri: String
    /// Whether it is unpacked when its name is an archive's.
    public var extract: Bool
    /// Whether it is made executable, and then never unpacked.
    public var executable: Bool
    /// Whether it goes through the agent's cache.
    public var cache: Bool
    /// The file's path in the sandbox, in place of the URI's last part.
    public var outputFile: String?

    /// A request; what is not given is as in Mesos' own message.
    public init(
        uri: String, extract: Bool = true, executable: Bool = false, cache: Bool = false,
        outputFile: String? = nil
    ) {
        self.uri = uri
        self.extract = extract
        self.executable = executable
        self.cache = cache
        self.outputFile = outputFile
    }

    /// Whether Mesos takes both for one artifact and fetches it once.
    ///
    /// - Parameter other: Another request of the same task.
    /// - Returns: `true` where all but `cache` is equal; an empty `output_file` equals none.
    public func isSame(as other: ArtifactRequest) -> Bool {
        uri == other.uri && extract == other.extract && executable == other.executable
            && (outputFile ?? "") == (other.outputFile ?? "")
    }
}
