/// What differs between versions of Mesos, as one value chosen once.
///
/// The table is that of the release tags of Apache Mesos from 0.19 to 1.11; between two releases
/// that differ, the older behaviour holds. Code asks for a property, never for the version.
public struct MesosBehavior: Sendable {
    /// The version that was asked for.
    public let version: MesosVersion

    // What a request may say.

    /// `extract` is looked at (0.19.0); before, every archive was unpacked.
    public let knowsExtract: Bool
    /// `file://` is understood (0.20.0).
    public let knowsFileScheme: Bool
    /// `cache` is looked at (0.23.0).
    public let hasCache: Bool
    /// `output_file` is known, with sub-directories (1.0.0); before, Mesos ignored it.
    public let knowsOutputFile: Bool

    // How the request becomes a download.

    /// What is to be fetched comes as JSON in one variable (0.22.0).
    public let takesRequestAsJSON: Bool
    /// Any scheme that is not known otherwise goes to the Hadoop client (0.22.0); before, `hdfs`,
    /// `hftp`, `s3` and `s3n` alone.
    public let sendsUnknownSchemesToHadoop: Bool
    /// Artifacts are fetched in the order of the request (before 0.23.0); later a hash decides.
    public let keepsRequestOrder: Bool
    /// Leading blanks of a URI are cut off before it is fetched (0.24.0).
    public let trimsLeadingBlanks: Bool
    /// `localhost` is cut off a path without a scheme too (1.5.0).
    public let stripsLocalhostWithoutScheme: Bool
    /// The reply with which a download by FTP counts as done: 226 (0.24.0), before 200, which no
    /// server gives.
    public let ftpSuccessCode: Int
    /// A download that stalls is given up (1.4.3, 1.5.2, 1.6.0); before, it hung for ever.
    public let hasStallTimeout: Bool
    /// Artifacts are fetched with the rights of the task's user (1.0.0); before, with the agent's.
    public let fetchesAsTaskUser: Bool
    /// The agent's own variables are kept from the fetcher (1.1.1).
    public let filtersAgentEnvironment: Bool
    /// The whole sandbox is given to the task's user after fetching (0.23.0 to 1.1).
    public let ownsSandboxRecursively: Bool
    /// `cp`, `tar` and `unzip` are run by a shell (before 1.2.0).
    public let runsToolsByShell: Bool

    // How archives are unpacked.

    /// Bare `.gz` files are unpacked (0.26.0).
    public let unpacksBareGzip: Bool
    /// Plain `.tar` files are unpacked (0.27.0).
    public let unpacksPlainTar: Bool
    /// `unzip` overwrites without asking (1.0.0, `-o`); before, a name that existed hung or failed.
    public let overwritesFromZip: Bool
    /// Archives are unpacked by libarchive (1.7.0); before, by `tar` and `unzip`.
    public let unpacksWithLibarchive: Bool
    /// A member with `..` is written outside of the sandbox (1.7.0 to 1.7.2, MESOS-9610).
    public let letsMembersEscape: Bool

    // The cache.

    /// The cache gives up what was used least recently (0.24.0); before, what came first.
    public let evictsLeastRecentlyUsed: Bool
    /// Cached files lie directly in the cache's directory (1.4.0); before, below the agent's id.
    public let keepsCacheOfAllAgentsTogether: Bool
    /// A cached file that is gone is fetched again (1.5.2, 1.6.2, 1.7.1, 1.8.0).
    public let checksCachedFile: Bool
    /// One URI twice in a request with `cache` waits for itself for ever (before 1.8.0,
    /// MESOS-9172).
    public let deadlocksOnSharedURI: Bool
    /// Space is given back when a file turns out smaller than its server claimed (after 1.11.0).
    public let returnsUnusedCacheSpace: Bool

    // What the agent says.

    /// The agent counts fetches and the cache's bytes (1.4.0).
    public let hasFetcherMetrics: Bool
    /// The fetcher's last words are a log line, `EXIT with status 1: …` (1.4.0).
    public let logsExit: Bool
    /// The agent says `exited with status 1` (1.5.0); before, `exit status: 256`.
    public let namesExitStatus: Bool

    // The sandbox and the image's login.

    /// Sandboxes have mode 0750 (1.6.0, MESOS-8332); before, 0755.
    public let sandboxMode: UInt32
    /// The agent has `--docker_config` (1.0.0).
    public let hasAgentDockerConfig: Bool
    /// A credentials file in the sandbox beats `--docker_config` (1.1.0).
    public let sandboxBeatsAgentDockerConfig: Bool
    /// `docker run` too has the sandbox as its HOME (before 1.3.0).
    public let setsHomeOfDockerRun: Bool
    /// An image may name a secret with its credential (1.4.0).
    public let knowsImagePullSecret: Bool
    /// Manifests of schema 2 are understood (1.7.3, 1.8.0).
    public let knowsManifestSchema2: Bool
    /// A registry's challenge without service or scope is answered (1.7.3, 1.10.0).
    public let makesUpTokenScope: Bool
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
        /// Since a release, and in later patches of older ones.
        func since(_ major: Int, _ minor: Int, patched: [(Int, Int, Int)]) -> Bool {
            since(major, minor)
                || patched.contains {
                    version >= MesosVersion($0.0, $0.1, $0.2)
                        && version < MesosVersion($0.0, $0.1 + 1)
                }
        }
        knowsExtract = since(0, 19)
        knowsFileScheme = since(0, 20)
        hasCache = since(0, 23)
        knowsOutputFile = since(1, 0)
        takesRequestAsJSON = since(0, 22)
        sendsUnknownSchemesToHadoop = since(0, 22)
        keepsRequestOrder = !since(0, 23)
        trimsLeadingBlanks = since(0, 24)
        stripsLocalhostWithoutScheme = since(1, 5)
        ftpSuccessCode = since(0, 24) ? 226 : 200
        hasStallTimeout = since(1, 6, patched: [(1, 4, 3), (1, 5, 2)])
        fetchesAsTaskUser = since(1, 0)
        filtersAgentEnvironment = since(1, 1, 1)
        ownsSandboxRecursively = since(0, 23) && !since(1, 2)
        runsToolsByShell = !since(1, 2)
        unpacksBareGzip = since(0, 26)
        unpacksPlainTar = since(0, 27)
        overwritesFromZip = since(1, 0)
        unpacksWithLibarchive = since(1, 7)
        letsMembersEscape = since(1, 7) && !since(1, 7, 3)
        evictsLeastRecentlyUsed = since(0, 24)
        keepsCacheOfAllAgentsTogether = since(1, 4)
        checksCachedFile = since(1, 8, patched: [(1, 5, 2), (1, 6, 2), (1, 7, 1)])
        deadlocksOnSharedURI = hasCache && !since(1, 8)
        returnsUnusedCacheSpace = since(1, 11, 1)
        hasFetcherMetrics = since(1, 4)
        logsExit = since(1, 4)
        namesExitStatus = since(1, 5)
        sandboxMode = since(1, 6) ? 0o750 : 0o755
        hasAgentDockerConfig = since(1, 0)
        sandboxBeatsAgentDockerConfig = since(1, 1)
        setsHomeOfDockerRun = !since(1, 3)
        knowsImagePullSecret = since(1, 4)
        knowsManifestSchema2 = since(1, 8, patched: [(1, 7, 3)])
        makesUpTokenScope = since(1, 10, patched: [(1, 7, 3)])
        minimumDockerVersion = since(1, 8) ? "1.8.0" : "1.0.0"
        tellsAllocationRole = since(1, 9)
    }
}
