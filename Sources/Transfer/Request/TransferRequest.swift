public import Vocabulary

/// What is asked of a server.
public struct TransferRequest: Sendable {
    /// A header line; the value is kept out of every output, since it may be a login.
    public struct Header: Sendable, Hashable {
        /// The name, `Accept`.
        public let name: String
        /// The value; an empty one takes a header away that would be sent by itself.
        public let value: Secret

        /// The header `name: value`.
        public init(_ name: String, _ value: Secret) {
            self.name = name
            self.value = value
        }

        /// The header `name: value`.
        public init(_ name: String, _ value: String) {
            self.init(name, Secret(value))
        }
    }

    /// A login for HTTP basic authentication or FTP.
    public struct Login: Sendable, Hashable {
        /// The user.
        public let user: String
        /// The password.
        public let password: Secret

        /// A user with a password.
        public init(user: String, password: Secret) {
            self.user = user
            self.password = password
        }
    }

    /// The address: `http`, `https`, `ftp` or `ftps`; may hold user info.
    public var url: String
    /// The method, `GET` or whatever the server understands; has no meaning for FTP.
    public var method: String
    /// The headers, in order.
    public var headers: [Header]
    /// What is sent, `nil` for nothing.
    public var body: Secret?
    /// The login, sent to the host of ``url`` alone.
    public var login: Login?
    /// How many bytes of the content are there already: the transfer begins behind them.
    public var resumeOffset: UInt64
    /// Signs the request, in place of ``login``; sent to the host of ``url`` alone.
    public var signature: RequestSignature?

    /// A request; everything but the address has the usual value.
    public init(
        url: String, method: String = "GET", headers: [Header] = [], body: Secret? = nil,
        login: Login? = nil, resumeOffset: UInt64 = 0, signature: RequestSignature? = nil
    ) {
        self.url = url
        self.method = method
        self.headers = headers
        self.body = body
        self.login = login
        self.resumeOffset = resumeOffset
        self.signature = signature
    }
}
