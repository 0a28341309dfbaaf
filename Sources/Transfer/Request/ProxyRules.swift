/// Which proxy is asked for which scheme.
///
/// The values are those of curl's environment variables, handed over by the program: the library
/// itself looks at no environment.
public struct ProxyRules: Sendable, Hashable {
    /// The proxy by scheme, `http` → `http://proxy:3128`; may hold user info.
    public var byScheme: [String: String]
    /// The proxy for any other scheme.
    public var other: String?
    /// Hosts that are asked directly, comma-separated as in `no_proxy`; `*` for all.
    public var exceptions: String

    /// Rules of one's own; by default there is no proxy.
    public init(byScheme: [String: String] = [:], other: String? = nil, exceptions: String = "") {
        self.byScheme = byScheme
        self.other = other
        self.exceptions = exceptions
    }

    /// The rules of an environment, as curl reads it.
    ///
    /// `http_proxy` is taken in lower case only (a CGI program's `HTTP_PROXY` is a header of its
    /// caller), the others in both, the lower case first.
    ///
    /// - Parameter environment: Names to values.
    public init(environment: [String: String]) {
        func value(_ name: String) -> String? {
            let found = environment[name] ?? environment[name.uppercased()]
            return found?.isEmpty == false ? found : nil
        }
        self.init(other: value("all_proxy"), exceptions: value("no_proxy") ?? "")
        if let proxy = environment["http_proxy"], !proxy.isEmpty { byScheme["http"] = proxy }
        for scheme in ["https", "ftp", "ftps"] {
            if let proxy = value(scheme + "_proxy") { byScheme[scheme] = proxy }
        }
    }

    /// One proxy for everything, as `--proxy` wants it.
    ///
    /// - Parameter proxy: Its address.
    public init(everywhere proxy: String) {
        self.init(other: proxy)
    }

    /// The proxy for an address, `nil` for none; ``exceptions`` are not looked at.
    func proxy(for url: String) -> String? {
        let scheme = url.firstRange(of: "://").map { url[..<$0.lowerBound].lowercased() } ?? ""
        return byScheme[scheme] ?? other
    }
}
