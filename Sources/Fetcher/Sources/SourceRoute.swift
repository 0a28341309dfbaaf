import Transfer
import Vocabulary

extension ArtifactSource {
    /// The source that streams a request's bytes.
    ///
    /// Mesos gives every scheme but those of libcurl to Hadoop's client. Here such a URI goes the
    /// way that was set up for it: a namenode that is known, keys or an endpoint for S3; else to
    /// the client, if there is one; else over the store's own interface, anonymously.
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
        case .hadoop(let location):
            return try Self.store(location, of: uri, settings: settings)
        }
    }

    private static func store(
        _ location: String, of uri: String, settings: SourceSettings
    ) throws(FetchError) -> any ContentSource {
        let parts = HadoopLocation(location)
        let client = settings.hadoop.flatMap { $0.isThere ? $0 : nil }
        switch parts.scheme {
        case "hdfs", "webhdfs", "swebhdfs":
            if let addresses = parts.namenodes(in: settings.webHDFS, hasClient: client != nil) {
                return WebHDFSSource(
                    uri: uri, path: parts.path, addresses: addresses,
                    user: parts.user ?? settings.webHDFS.user, settings: settings.transfers)
            }
        case "s3", "s3a", "s3n":
            let isSetUp =
                settings.s3.keys != nil || settings.s3.endpoint != nil || parts.hasUserInfo
            if isSetUp || client == nil {
                return try ObjectStoreSource(
                    uri, of: location, store: ObjectStore(settings.s3),
                    settings: settings.transfers)
            }
        case "gs":
            if settings.googleStorage.keys != nil || settings.googleStorage.endpoint != nil
                || client == nil
            {
                return try ObjectStoreSource(
                    uri, of: location, store: ObjectStore(settings.googleStorage),
                    settings: settings.transfers)
            }
        default: break
        }
        // Without a client too where one was named: the error says what Mesos would have said.
        let named = settings.hadoop.flatMap { $0.program == nil ? nil : $0 }
        guard let hadoop = client ?? named else { throw parts.nobody(for: uri) }
        return HadoopSource(
            location: location, uri: uri, settings: hadoop,
            stallTimeout: settings.transfers.stallTimeout)
    }
}

/// The parts of a URI that Mesos gives to Hadoop's client.
private struct HadoopLocation {
    let scheme: Substring
    let authority: Substring
    let path: String

    init(_ location: String) {
        let separator = location.firstRange(of: "://")
        scheme = separator.map { location[..<$0.lowerBound] } ?? ""
        let rest = separator.map { location[$0.upperBound...] } ?? location[...]
        authority = rest.prefix { $0 != "/" }
        path = String(rest[authority.endIndex...])
    }

    var hasUserInfo: Bool { authority.contains("@") }

    /// The user in front of a namenode, `hdfs://alice@nn/x`.
    var user: String? {
        guard let at = authority.lastIndex(of: "@") else { return nil }
        return percentDecoded(authority[..<at].prefix { $0 != ":" })
    }

    private var host: Substring {
        authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
    }

    /// The namenodes' addresses: those that are set up, else the URI's own where it is a web
    /// server's and nobody else can fetch it.
    func namenodes(in settings: WebHDFSSettings, hasClient: Bool) -> [String]? {
        if let found = settings.addresses(of: host) { return found }
        // hdfs:///PATH means the cluster's own file system: the only one that is known.
        if host.isEmpty, settings.addresses.count == 1 {
            return settings.addresses.first?.value
        }
        guard !hasClient, !host.isEmpty else { return nil }
        return switch scheme {
        case "webhdfs": ["http://\(authority)"]
        case "swebhdfs": ["https://\(authority)"]
        default: nil
        }
    }

    func nobody(for uri: String) -> FetchError {
        let client = "install Hadoop's client on every agent, or give --hadoop-home"
        let advice =
            switch scheme {
            case "hdfs", "webhdfs", "swebhdfs":
                "\(client), or --webhdfs"
                    + " \(host.isEmpty ? "NAMENODE" : String(host).terminalSafe)=URL"
            case _ where ["http", "https", "ftp", "ftps", "file"].contains(scheme.lowercased()):
                "write the scheme in lower case: Mesos gives \(scheme):// to Hadoop's client"
            default: client + ", or use another scheme"
            }
        return FetchError(
            .unsupportedScheme, uri: uri,
            "Failed to create HDFS client: Hadoop client is not available, exit status: 32512",
            advice: advice)
    }
}
