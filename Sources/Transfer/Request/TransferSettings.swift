/// How patiently and how trustingly servers are asked.
public struct TransferSettings: Sendable, Hashable {
    /// How long a connection may take to stand, TLS included; rounded up to milliseconds.
    public var connectTimeout: Duration = .seconds(30)
    /// How long no byte may come; rounded up to seconds, `nil` waits for ever.
    ///
    /// Mesos' flag `--fetcher_stall_timeout` has the same default.
    public var stallTimeout: Duration? = .seconds(60)
    /// How long the whole may take, `nil` for as long as bytes come.
    public var totalTimeout: Duration?
    /// How many redirects are followed; 0 gives the redirect itself as the response.
    ///
    /// They lead to HTTP and HTTPS only. Custom headers other than `Authorization` and `Cookie` go
    /// along to other hosts: a request with a token in one wants 0.
    public var maxRedirects = 50
    /// Whether a redirect may lead from HTTPS back to HTTP, as libcurl by itself allows it.
    public var followsToPlainHTTP = false
    /// A file of certificates in PEM that are trusted, `nil` for those of the system.
    public var certificateFile: String?
    /// A directory of certificates in OpenSSL's layout, `nil` for that of the system.
    public var certificateDirectory: String?
    /// Whether the server's certificate and name are checked.
    public var verifiesServer = true
    /// Which proxies are used.
    public var proxies = ProxyRules()
    /// What the client calls itself.
    public var userAgent = "simagent"

    /// The usual settings: patient, and no proxy.
    public init() {}
}
