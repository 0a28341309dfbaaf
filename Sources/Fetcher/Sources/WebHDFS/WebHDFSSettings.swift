/// Where the namenodes of HDFS answer over HTTP.
public struct WebHDFSSettings: Sendable, Hashable {
    /// The addresses of a namenode and its standbys by its name in URIs: `nn1`, `nn1:8020`, the
    /// name of a nameservice, or nothing for `hdfs:///PATH`.
    ///
    /// An address is `http://HOST:9870` or a gateway's `https://HOST/gateway/default`; its user
    /// info is a login where it has a password, and the user that HDFS is told of where it has
    /// none.
    public var addresses: [String: [String]]
    /// The user that HDFS is told of, `nil` for its own default (`HADOOP_USER_NAME`).
    public var user: String?

    /// Settings; by default no namenode is known.
    public init(addresses: [String: [String]] = [:], user: String? = nil) {
        self.addresses = addresses
        self.user = user
    }

    /// The addresses for an authority of a URI, the exact name before the host alone.
    func addresses(of authority: Substring) -> [String]? {
        if let found = addresses[String(authority)] { return found }
        guard let colon = authority.lastIndex(of: ":") else { return nil }
        return addresses[String(authority[..<colon])]
    }
}
