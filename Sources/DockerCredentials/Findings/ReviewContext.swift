/// What the rules about a credentials file have to know beside the file.
public struct ReviewContext: Sendable {
    /// The keys that the images need: ``ImageReference/configKey``; none means all entries.
    public var wanted: [String]
    /// The Docker that pulls.
    public var behavior: DockerBehavior
    /// Whether a program of that name is on the PATH of the client.
    public var hasProgram: @Sendable (String) -> Bool
    /// Seconds since 1970.
    public var now: Int64
    /// Whether the Mesos containerizer reads the file rather than Docker.
    public var isForMesosContainerizer: Bool
    /// Keys that a finding about the image's name takes for the ones that were meant.
    var accusedKeys: Set<String> = []

    /// A context; whatever is not said is the usual.
    public init(
        wanted: [String] = [], behavior: DockerBehavior = .newest,
        hasProgram: @escaping @Sendable (String) -> Bool = { _ in false }, now: Int64,
        isForMesosContainerizer: Bool = false
    ) {
        self.wanted = wanted
        self.behavior = behavior
        self.hasProgram = hasProgram
        self.now = now
        self.isForMesosContainerizer = isForMesosContainerizer
    }
}
