/// What differs between versions of Mesos, as one value chosen once.
///
/// The table is that of the release tags of Apache Mesos from 0.20 to 1.11; between two releases
/// that differ, the older behaviour holds.
public struct MesosBehavior: Sendable {
    /// The version that was asked for.
    public let version: MesosVersion

    /// Leading blanks of a URI are cut off before it is fetched (0.24.0).
    public let trimsLeadingBlanks: Bool
    /// The reply with which a download by FTP counts as done: 226 (0.24.0), before 200, which no
    /// server gives.
    public let ftpSuccessCode: Int
    /// Bare `.gz` files are unpacked (0.26.0).
    public let unpacksBareGzip: Bool
    /// Plain `.tar` files are unpacked (0.27.0).
    public let unpacksPlainTar: Bool
    /// `output_file` is known (1.0.0); before, Mesos ignored it.
    public let knowsOutputFile: Bool
    /// `localhost` is cut off a path without a scheme too (1.5.0).
    public let stripsLocalhostWithoutScheme: Bool
    /// Artifacts are fetched in the order of the request (before 0.23.0); later a hash decides.
    public let keepsRequestOrder: Bool
    /// Sandboxes have mode 0750 (1.6.0, MESOS-8332); before, 0755.
    public let sandboxMode: UInt32
    /// Archives are unpacked by libarchive (1.7.0); before, by `tar` and `unzip`.
    public let unpacksWithLibarchive: Bool
    /// The agent has `--docker_config` (1.0.0).
    public let hasAgentDockerConfig: Bool
    /// A credentials file in the sandbox beats `--docker_config` (1.1.0).
    public let sandboxBeatsAgentDockerConfig: Bool
    /// An image may name a secret with its credential (1.4.0).
    public let knowsImagePullSecret: Bool
    /// The oldest Docker that the agent starts with.
    public let minimumDockerVersion: String
    /// A task in Docker is told its role in `MESOS_ALLOCATION_ROLE` (1.9.0).
    public let tellsAllocationRole: Bool

    /// The behaviour of a version.
    public init(_ version: MesosVersion = .newest) {
        self.version = version
        func since(_ major: Int, _ minor: Int, _ patch: Int = 0) -> Bool {
            version >= MesosVersion(major, minor, patch)
        }
        trimsLeadingBlanks = since(0, 24)
        ftpSuccessCode = since(0, 24) ? 226 : 200
        unpacksBareGzip = since(0, 26)
        unpacksPlainTar = since(0, 27)
        knowsOutputFile = since(1, 0)
        stripsLocalhostWithoutScheme = since(1, 5)
        keepsRequestOrder = !since(0, 23)
        sandboxMode = since(1, 6) ? 0o750 : 0o755
        unpacksWithLibarchive = since(1, 7)
        hasAgentDockerConfig = since(1, 0)
        sandboxBeatsAgentDockerConfig = since(1, 1)
        knowsImagePullSecret = since(1, 4)
        minimumDockerVersion = since(1, 8) ? "1.8.0" : "1.0.0"
        tellsAllocationRole = since(1, 9)
    }
}
