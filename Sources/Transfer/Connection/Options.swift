import CCurl
import Vocabulary

extension TransferSettings {
    /// Everything that does not depend on the request.
    func apply(to handle: inout EasyHandle, redirectsLeft: Int, elapsed: Duration) {
        // libcurl's own timeouts use SIGALRM otherwise, which belongs to the program.
        handle.set(CURLOPT_NOSIGNAL, 1)
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(connectTimeout))
        if let stallTimeout {
            handle.set(CURLOPT_LOW_SPEED_LIMIT, 1)
            handle.set(CURLOPT_LOW_SPEED_TIME, max(1, (milliseconds(stallTimeout) + 999) / 1000))
        }
        if let totalTimeout {
            handle.set(CURLOPT_TIMEOUT_MS, milliseconds(totalTimeout - elapsed))
        }
        handle.set(CURLOPT_FOLLOWLOCATION, maxRedirects > 0 ? 1 : 0)
        handle.set(CURLOPT_MAXREDIRS, max(0, redirectsLeft))
        if let certificateFile { handle.set(CURLOPT_CAINFO, certificateFile) }
        if let certificateDirectory { handle.set(CURLOPT_CAPATH, certificateDirectory) }
        handle.set(CURLOPT_SSL_VERIFYPEER, verifiesServer ? 1 : 0)
        handle.set(CURLOPT_SSL_VERIFYHOST, verifiesServer ? 2 : 0)
        handle.set(CURLOPT_USERAGENT, userAgent)
        // A login for the host must come from the request, never from a file of the user's.
        handle.set(CURLOPT_NETRC, 0)
    }

    /// At least 1: to libcurl 0 means "for ever".
    private func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        let whole = seconds.multipliedReportingOverflow(by: 1000)
        guard !whole.overflow, whole.partialValue < Int64(Int32.max) else { return Int(Int32.max) }
        return max(
            1,
            Int(whole.partialValue)
                + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
}

extension TransferRequest {
    /// What libcurl would misread or send as something else, `nil` for nothing.
    var fault: String? {
        guard let scheme = url.firstRange(of: "://").map({ url[..<$0.lowerBound].lowercased() }),
            ["http", "https", "ftp", "ftps"].contains(scheme)
        else { return "the address has none of the schemes http, https, ftp, ftps" }
        let bytes = url.utf8
        guard !bytes.contains(where: { $0 <= 0x20 || $0 == 0x7f }) else {
            return "the address holds a blank or control character"
        }
        let tokens = [method] + headers.map(\.name)
        guard tokens.allSatisfy(\.isToken) else { return "a method or header name is malformed" }
        let isClean = headers.allSatisfy { header in
            header.value.reveal().allSatisfy { $0 != 0 && $0 != 0x0a && $0 != 0x0d }
        }
        guard isClean else { return "a header's value holds a line end" }
        if signature != nil, body != nil { return "a request with a body cannot be signed" }
        return signature?.fault
    }

    /// Everything that belongs to this request.
    func apply(to handle: inout EasyHandle, settings: TransferSettings) {
        handle.set(CURLOPT_URL, url)
        handle.allowSchemes(isSecure: url.lowercased().hasPrefix("https:"))
        // Set in any case, since libcurl looks into the environment otherwise.
        handle.set(CURLOPT_PROXY, settings.proxies.proxy(for: url) ?? "")
        handle.set(CURLOPT_NOPROXY, settings.proxies.exceptions)
        if let login {
            handle.set(CURLOPT_USERNAME, login.user)
            handle.set(CURLOPT_PASSWORD, String(decoding: login.password.reveal(), as: UTF8.self))
        }
        if let signature { apply(signature, to: &handle) }
        if let body { handle.setBody(body.reveal()) }
        switch method {
        case "GET" where body == nil: break
        case "HEAD": handle.set(CURLOPT_NOBODY, 1)
        case "POST" where body != nil: break
        default: if !isFTP { handle.set(CURLOPT_CUSTOMREQUEST, method) }
        }
        for header in headers {
            let value = String(decoding: header.value.reveal(), as: UTF8.self)
            handle.addHeader(value.isEmpty ? header.name + ":" : header.name + ": " + value)
        }
        // A server that does not know "Expect: 100-continue" would cost a second.
        if body != nil { handle.addHeader("Expect:") }
        if resumeOffset > 0 {
            handle.set(CURLOPT_RESUME_FROM_LARGE, offset: Int64(clamping: resumeOffset))
        }
    }

    private func apply(_ signature: RequestSignature, to handle: inout EasyHandle) {
        handle.set(CURLOPT_AWS_SIGV4, "aws:amz:\(signature.region):\(signature.service)")
        handle.set(CURLOPT_USERNAME, signature.accessKey)
        handle.set(
            CURLOPT_PASSWORD, String(decoding: signature.secretKey.reveal(), as: UTF8.self))
        // S3 insists on it, and not every libcurl that signs adds it.
        handle.addHeader("x-amz-content-sha256: \(RequestSignature.hashOfNothing)")
        guard let token = signature.sessionToken else { return }
        handle.addHeader("x-amz-security-token: " + String(decoding: token.reveal(), as: UTF8.self))
    }

    private var isFTP: Bool { url.lowercased().hasPrefix("ftp") }
}

extension String {
    /// A token of RFC 9110, section 5.6.2.
    fileprivate var isToken: Bool {
        !isEmpty && utf8.allSatisfy { $0.isLetterOrDigit || "!#$%&'*+-.^_`|~".utf8.contains($0) }
    }
}

extension UInt8 {
    /// A letter or digit of ASCII.
    var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
