public import Transfer

/// What the sources of artifacts need to know of the agent: where paths begin, how servers are
/// asked, and who else can be.
public struct SourceSettings: Sendable {
    /// `--frameworks_home`: the base of relative paths, absolute.
    public var frameworksHome: String?
    /// Proxies, trusted certificates and patience.
    public var transfers: TransferSettings
    /// How Hadoop's client is found, `nil` to do without it.
    public var hadoop: HadoopSettings?
    /// The namenodes that are asked without it.
    public var webHDFS = WebHDFSSettings()
    /// How S3 is asked.
    public var s3 = S3Settings()
    /// How Google Cloud Storage is asked.
    public var googleStorage = GoogleStorageSettings()

    /// An agent's settings.
    public init(
        frameworksHome: String? = nil, transfers: TransferSettings = TransferSettings()
    ) {
        self.frameworksHome = frameworksHome
        self.transfers = transfers
    }
}
