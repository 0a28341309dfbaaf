public import Archives
public import Vocabulary

/// How a task's artifacts are fetched.
public struct FetchOptions: Sendable {
    /// The Mesos that is simulated.
    public var behavior = MesosBehavior()
    /// What sources need to know of the agent.
    public var sources = SourceSettings()
    /// The task's user, by whom cached artifacts are told apart; `nil` for none.
    public var user: String?
    /// Where artifacts with `cache` are kept; `nil` fetches all of them directly.
    public var cache: FetchCache?
    /// How many artifacts are fetched at once; 1 as in Mesos.
    public var parallel = 1
    /// What members of archives may do; neither policy lets anything be made outside the sandbox.
    public var extractionPolicy = ExtractionPolicy.hardened
    /// Told of every artifact's progress, on the threads that fetch: it must be quick.
    public var progress: (@Sendable (FetchProgress) -> Void)?
    /// What is half-made, for whoever must end the program at once.
    public var leftovers = Leftovers()
    /// Polled between two pieces.
    public var cancellation: Cancellation?

    /// One artifact after the other, without a cache.
    public init() {}
}
