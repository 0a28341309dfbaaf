public import Vocabulary

/// How far one artifact has come.
public struct FetchProgress: Sendable, Hashable {
    /// The request's place among those of its task, from 0.
    public let index: Int
    /// The URI, without its secrets.
    public let uri: String
    /// The bytes that are there.
    public let bytes: UInt64
    /// All bytes as the source claims them; `nil` where it says nothing.
    public let total: UInt64?
    /// Whether nothing more of this artifact comes.
    public let isDone: Bool
}

/// What came of a task's requests.
public struct FetchOutcome: Sendable {
    /// What is in the sandbox, in the order of the requests; the last may have failed to unpack.
    public internal(set) var artifacts: [FetchedArtifact] = []
    /// Why it ended early; ``FetchError/Code/notExtracted`` where the last artifact came but was
    /// not unpacked.
    public internal(set) var failure: FetchError?
    /// What the chosen Mesos would have done otherwise.
    public internal(set) var findings: [Finding] = []

    /// Nothing yet.
    init() {}
}
