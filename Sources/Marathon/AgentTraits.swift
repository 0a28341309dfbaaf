/// What of the agents' versions a definition alone can meet.
///
/// The defaults are those of the newest Mesos and Docker. Each trait is one difference between
/// release tags; whoever knows versions sets them.
public struct AgentTraits: Sendable, Hashable {
    /// Mesos' version, as sentences name it.
    public var mesos = "1.11.0"
    /// Docker's version, as sentences name it.
    public var docker = "29"
    /// A bare `.gz` is unpacked (Mesos 0.26.0).
    public var unpacksBareGzip = true
    /// A plain `.tar` is unpacked (Mesos 0.27.0).
    public var unpacksPlainTar = true
    /// `destPath` has an effect (Mesos 1.0.0).
    public var knowsOutputFile = true
    /// An image may have a `pullConfig` (Mesos 1.4.0).
    public var knowsImagePullSecret = true
    /// `.dockercfg` is read where there is no config.json (Docker before 23.0).
    public var readsDockercfg = false
    /// `.docker/config.json` is read (Docker 1.7.0).
    public var readsConfigFile = true

    /// The newest Mesos and Docker.
    public init() {}
}
