public import Transfer

/// What the sources of artifacts need to know of the agent: where paths begin, how servers are
/// asked.
public struct SourceSettings: Sendable {
    /// `--frameworks_home`: the base of relative paths, absolute.
    public var frameworksHome: String?
    /// Proxies, trusted certificates and patience.
    public var transfers: TransferSettings

    /// An agent's settings.
    public init(
        frameworksHome: String? = nil, transfers: TransferSettings = TransferSettings()
    ) {
        self.frameworksHome = frameworksHome
        self.transfers = transfers
    }
}

extension ArtifactSource {
    /// The source that streams a request's bytes.
    ///
    /// - Parameters:
    ///   - uri: The URI as it was written, for errors.
    ///   - settings: The agent's.
    ///   - behavior: The Mesos that is simulated.
    /// - Returns: The source; nothing was opened or asked yet.
    /// - Throws: ``FetchError`` with code ``FetchError/Code/unsupportedScheme`` where nothing here
    ///   can fetch it.
    func content(
        of uri: String, settings: SourceSettings, behavior: MesosBehavior
    ) throws(FetchError) -> any ContentSource {
        switch self {
        case .local(let path):
            return LocalSource(path: path, uri: uri)
        case .net(let url):
            return NetSource(url: url, uri: uri, settings: settings.transfers, behavior: behavior)
        case .hadoop:
            throw FetchError(
                .unsupportedScheme, uri: uri,
                "Failed to create HDFS client: Hadoop client is not available",
                advice: "install Hadoop's client on every agent, or use another scheme")
        }
    }
}
