/// Why a transfer ended: a code to switch on, one line for a person, libcurl's own code.
public struct TransferError: Error, Sendable {
    /// The stable code.
    public let code: Code
    /// The request, `GET https://host/path`; user info and signatures are `***`.
    public let request: String
    /// What failed; never holds a secret.
    public let reason: String
    /// What to do.
    public let advice: String
    /// A `CURLcode`, for whoever reports a fault of ours; 0 where libcurl had no part in it.
    public let cause: UInt32
    /// What the receiver of the content threw, with ``Code-swift.struct/refusedByReceiver``.
    public let underlying: (any Error)?

    /// What a caller may act on; more may come.
    public struct Code: Hashable, Sendable {
        /// The code's name, as JSON shows it.
        public let name: String
        /// libcurl is not on this machine, or cannot start.
        public static let unavailable = Code(name: "unavailable")
        /// The address or a header is malformed, or the scheme is not one of ours.
        public static let badRequest = Code(name: "bad-request")
        /// The name of the host or proxy is not known.
        public static let unknownHost = Code(name: "unknown-host")
        /// No server answered at that address.
        public static let unreachable = Code(name: "unreachable")
        /// The proxy does not let the request through.
        public static let proxyRefused = Code(name: "proxy-refused")
        /// The server's certificate is not trusted, or TLS failed otherwise.
        public static let untrusted = Code(name: "untrusted")
        /// The file of trusted certificates cannot be read.
        public static let badCertificateFile = Code(name: "bad-certificate-file")
        /// The whole took longer than the total timeout.
        public static let timedOut = Code(name: "timed-out")
        /// No byte came for as long as the stall timeout.
        public static let stalled = Code(name: "stalled")
        /// The connection ended before the content did.
        public static let cut = Code(name: "cut")
        /// More redirects than the limit, or one that leads where none may.
        public static let badRedirect = Code(name: "bad-redirect")
        /// The server refused the login (FTP).
        public static let loginRefused = Code(name: "login-refused")
        /// There is no such file (FTP).
        public static let notFound = Code(name: "not-found")
        /// The server cannot begin behind the bytes that are there already.
        public static let rangeRefused = Code(name: "range-refused")
        /// The content is longer than the caller takes.
        public static let tooLarge = Code(name: "too-large")
        /// The receiver of the content threw.
        public static let refusedByReceiver = Code(name: "refused-by-receiver")
        /// Somebody asked the transfer to stop.
        public static let cancelled = Code(name: "cancelled")
        /// The server broke the protocol.
        public static let protocolFault = Code(name: "protocol-fault")
    }

    init(
        _ code: Code, request: String, reason: String, advice: String, cause: UInt32 = 0,
        underlying: (any Error)? = nil
    ) {
        self.code = code
        self.request = request
        self.reason = reason
        self.advice = advice
        self.cause = cause
        self.underlying = underlying
    }

    /// Whether the same request may succeed a moment later.
    public var mayPass: Bool {
        [.unreachable, .timedOut, .stalled, .cut, .protocolFault].contains(code)
    }
}

extension TransferError: CustomStringConvertible {
    /// One line: `GET https://host/path: what failed; what to do`.
    public var description: String { "\(request): \(reason); \(advice)" }
}
