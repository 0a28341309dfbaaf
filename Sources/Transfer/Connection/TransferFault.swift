import CCurl
import Vocabulary

/// What is known of a transfer that failed, and the error that it makes.
///
/// The words are ours: libcurl's own may hold parts of the address.
struct TransferFault {
    let request: String
    let settings: TransferSettings
    let bytes: UInt64
    let elapsed: Duration
    let isConnected: Bool
    let verification: Int
    let host: String
    /// The host and port of the proxy for this address, which its exceptions may still rule out.
    let proxy: String?
    /// What the proxy answered to `CONNECT`, 0 where it was not asked.
    let tunnelStatus: Int

    var cancelled: TransferError {
        TransferError(
            .cancelled, request: request, reason: "interrupted after \(bytes) bytes",
            advice: "start it again", cause: CURLE_ABORTED_BY_CALLBACK.rawValue)
    }

    func error(of code: CURLcode) -> TransferError {
        let (kind, reason, advice) = explanation(of: code)
        return TransferError(
            kind, request: request, reason: reason, advice: advice, cause: code.rawValue)
    }

    private func explanation(of code: CURLcode) -> (TransferError.Code, String, String) {
        if tunnelStatus >= 400 { return refusedTunnel }
        return switch code {
        case CURLE_COULDNT_RESOLVE_HOST:
            (.unknownHost, "the name \(host) is not known", "check the spelling and the DNS")
        case CURLE_COULDNT_RESOLVE_PROXY:
            (
                .unknownHost, "the name of the proxy \(proxy ?? "") is not known",
                "check the proxy's address"
            )
        case CURLE_COULDNT_CONNECT:
            (
                .unreachable,
                "no server answers at \(host)"
                    + (proxy.map { ", or its proxy \($0) does not" } ?? ""),
                "check the address, port and firewall"
            )
        case CURLE_OPERATION_TIMEDOUT: timeout
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR,
            CURLE_HTTP2_STREAM:
            (.cut, "the connection ended after \(bytes) bytes, before the content did", "try again")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR:
            (
                .untrusted, "the certificate of \(host) is not trusted\(verificationReason)",
                "name the file of its authority (--ca), or correct the host"
            )
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_USE_SSL_FAILED:
            (.untrusted, "\(host) does not speak TLS as expected", "check the scheme and the port")
        case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM:
            (
                .badCertificateFile, "the file of trusted certificates cannot be read",
                "name a file of certificates in PEM"
            )
        case CURLE_TOO_MANY_REDIRECTS:
            (
                .badRedirect, "more than \(settings.maxRedirects) redirects",
                "ask for the address at their end"
            )
        case CURLE_UNSUPPORTED_PROTOCOL:
            (.badRedirect, "a redirect leads to a scheme that is not allowed", "check the server")
        case CURLE_LOGIN_DENIED, CURLE_REMOTE_ACCESS_DENIED:
            (.loginRefused, "the server refuses the login", "check user and password")
        case CURLE_REMOTE_FILE_NOT_FOUND, CURLE_FTP_COULDNT_RETR_FILE:
            (.notFound, "the server has no such file, or keeps it back", "check the path")
        case CURLE_RANGE_ERROR, CURLE_BAD_DOWNLOAD_RESUME, CURLE_FTP_COULDNT_USE_REST:
            (.rangeRefused, "the server cannot continue a download", "start it from the beginning")
        case CURLE_UNKNOWN_OPTION, CURLE_NOT_BUILT_IN:
            (
                .unavailable, "this machine's libcurl is too old for the request",
                "install libcurl 7.88 or newer"
            )
        case CURLE_URL_MALFORMAT:
            (.badRequest, "the address is malformed", "correct it")
        default:
            (
                .protocolFault, "the server broke the protocol (libcurl's code \(code.rawValue))",
                "check the server and what stands before it"
            )
        }
    }

    private var refusedTunnel: (TransferError.Code, String, String) {
        let name = proxy ?? "in between"
        return tunnelStatus == 407
            ? (
                .proxyRefused, "the proxy \(name) wants a login (HTTP 407)",
                "write it into the proxy's address: http://USER:PASSWORD@HOST:PORT"
            )
            : (
                .proxyRefused,
                "the proxy \(name) does not connect to \(host) (HTTP \(tunnelStatus))",
                "see the proxy's rules, or except the host from it (no_proxy)"
            )
    }

    private var timeout: (TransferError.Code, String, String) {
        // libcurl counts whole milliseconds and may be one early.
        if let total = settings.totalTimeout, elapsed + .milliseconds(5) >= total {
            return (.timedOut, "not done within \(total)", "try again, or allow more time")
        }
        guard isConnected else {
            return (
                .unreachable, "\(host) did not answer within \(settings.connectTimeout)",
                "check the address, port and firewall"
            )
        }
        let patience = settings.stallTimeout.map { "for \($0)" } ?? "in time"
        return (.stalled, "no byte came \(patience), after \(bytes) bytes", "try again")
    }

    /// OpenSSL's reasons that people meet (`X509_V_ERR_…`, x509_vfy.h).
    private var verificationReason: String {
        switch verification {
        case 10: ": it has expired"
        case 18, 19: ": it is signed by itself"
        case 2, 20, 21: ": its authority is not known here"
        default: ""
        }
    }
}

/// The host and port of an address, without user info; for messages.
func hostOfURL(_ url: String) -> String {
    let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
    let authority = url[start...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] }
    return String(host ?? authority).terminalSafe
}
