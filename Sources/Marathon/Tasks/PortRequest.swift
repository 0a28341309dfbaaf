/// A port that a task asks for.
public struct PortRequest: Sendable, Hashable {
    /// Its name, where it has one.
    public let name: String?
    /// The port that its author wrote: the container's where the task has a network of its own,
    /// else the agent's; 0 where any will do.
    public let declared: Int
    /// The agent's port that is asked for, 0 for any, `nil` where the agent allocates none.
    public let hostPort: Int?
    /// `tcp`, `udp`, or both.
    public let protocols: [String]

    init(name: String?, declared: Int, hostPort: Int?, protocols: [String] = ["tcp"]) {
        self.name = name
        self.declared = declared
        self.hostPort = hostPort
        self.protocols = protocols
    }
}
