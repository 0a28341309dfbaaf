import CCurl
public import Vocabulary

/// A streaming client for HTTP(S) and FTP(S).
///
/// A transfer blocks the calling thread and belongs on one of its own. It holds no more than one
/// buffer of content (16 KiB), and a cancellation ends it within a second. A status such as 404 is
/// a response, not an error: the caller knows what it means.
public struct TransferClient: Sendable {
    /// How servers are asked.
    public let settings: TransferSettings

    /// A client with settings.
    public init(settings: TransferSettings = TransferSettings()) {
        self.settings = settings
    }

    /// Asks, and hands on the content as it comes.
    ///
    /// - Parameters:
    ///   - request: What is asked.
    ///   - cancellation: Polled at least once a second.
    ///   - onHead: Called once with status and headers, before the first byte of content.
    ///   - onProgress: Called when the number of bytes has changed, and not more than once for
    ///     every buffer.
    ///   - receive: Takes the content piece by piece; what it throws ends the transfer.
    /// - Returns: The last response, after redirects.
    /// - Throws: ``TransferError``, in one line without any secret.
    public func perform(
        _ request: TransferRequest,
        cancellation: Cancellation? = nil,
        onHead: (TransferHead) throws -> Void = { _ in },
        onProgress: (TransferProgress) -> Void = { _ in },
        receive: (borrowing Span<UInt8>) throws -> Void
    ) throws(TransferError) -> TransferResponse {
        // libcurl holds the closures for the length of this call only.
        let result = withoutActuallyEscaping(receive) { receive in
            withoutActuallyEscaping(onHead) { onHead in
                withoutActuallyEscaping(onProgress) { onProgress in
                    let sink = TransferSink(
                        receive: receive, onHead: onHead, onProgress: onProgress,
                        cancellation: cancellation, resumeOffset: request.resumeOffset)
                    return Result { () throws(TransferError) in try run(request, into: sink) }
                }
            }
        }
        return try result.get()
    }

    /// Asks, and gives the whole content.
    ///
    /// - Parameters:
    ///   - request: What is asked.
    ///   - maxBytes: How long the content may be; one byte more is an error.
    ///   - cancellation: Polled at least once a second.
    /// - Returns: The response and its content.
    /// - Throws: ``TransferError``.
    public func content(
        of request: TransferRequest, maxBytes: Int, cancellation: Cancellation? = nil
    ) throws(TransferError) -> (response: TransferResponse, content: [UInt8]) {
        var content: [UInt8] = []
        var isTooLarge = false
        do {
            let response = try perform(request, cancellation: cancellation) { piece in
                guard piece.count <= maxBytes - content.count else {
                    isTooLarge = true
                    throw ContentLimit()
                }
                content.reserveCapacity(content.count + piece.count)
                for index in piece.indices { content.append(piece[index]) }
            }
            return (response, content)
        } catch {
            guard isTooLarge else { throw error }
            throw TransferError(
                .tooLarge, request: error.request, reason: "more than \(maxBytes) bytes came",
                advice: "check that the address is the right one")
        }
    }

    private struct ContentLimit: Error {}

    private func run(
        _ request: TransferRequest, into sink: TransferSink
    ) throws(TransferError) -> TransferResponse {
        let shown = "\(request.method) \(redactedURI(request.url))".terminalSafe
        if let fault = request.fault {
            throw TransferError(
                .badRequest, request: shown, reason: fault, advice: "correct the address")
        }
        let start = ContinuousClock.now
        var (hop, redirects) = (request, 0)
        while true {
            let end = try take(hop, into: sink, shown, redirects, since: start)
            switch end {
            case .response(let response): return response
            case .otherScheme(let url, let count):
                redirects = count
                hop = try redirected(hop, to: url, shown)
            }
        }
    }

    /// How a transfer ends that libcurl lets follow redirects of one scheme.
    private enum End {
        case response(TransferResponse)
        /// A redirect leads to another scheme, after so many.
        case otherScheme(url: String, redirects: Int)
    }

    private func take(
        _ request: TransferRequest, into sink: TransferSink, _ shown: String, _ redirects: Int,
        since start: ContinuousClock.Instant
    ) throws(TransferError) -> End {
        guard var handle = EasyHandle() else {
            throw TransferError(
                .unavailable, request: shown,
                reason: "libcurl cannot be used: \(EasyHandle.loadingError)",
                advice: "install libcurl 4 (Debian: libcurl4)")
        }
        settings.apply(
            to: &handle, redirectsLeft: settings.maxRedirects - redirects,
            elapsed: ContinuousClock.now - start)
        request.apply(to: &handle, settings: settings)
        let code = handle.perform(into: sink)
        let count = redirects + handle.number(CURLINFO_REDIRECT_COUNT)
        // An error has no range either, and libcurl complains of that before anything else.
        if code == CURLE_OK || code == CURLE_RANGE_ERROR && sink.status >= 400 {
            do {
                try sink.tellHead()
            } catch {
                throw .receiver(error, request: shown)
            }
            return .response(
                TransferResponse(
                    status: handle.number(CURLINFO_RESPONSE_CODE), headers: sink.headers,
                    url: handle.text(CURLINFO_EFFECTIVE_URL), redirects: count, bytes: sink.bytes))
        }
        let context = TransferFault(
            request: shown, settings: settings, bytes: sink.bytes,
            elapsed: ContinuousClock.now - start,
            isConnected: handle.offset(CURLINFO_CONNECT_TIME_T) > 0,
            verification: handle.number(CURLINFO_SSL_VERIFYRESULT),
            // It may be the end of a redirect that is not known, or does not answer.
            host: hostOfURL(handle.text(CURLINFO_EFFECTIVE_URL)),
            proxy: settings.proxies.proxy(for: request.url).map(hostOfURL),
            tunnelStatus: handle.number(CURLINFO_HTTP_CONNECTCODE))
        if let thrown = sink.thrown { throw .receiver(thrown, request: shown) }
        if sink.isCancelled { throw context.cancelled }
        if code == CURLE_UNSUPPORTED_PROTOCOL, 300..<400 ~= sink.status,
            let url = sink.headers.last(where: { $0.name == "location" })?.value
        {
            // libcurl has counted the one that it did not follow.
            guard count <= settings.maxRedirects else {
                throw context.error(of: CURLE_TOO_MANY_REDIRECTS)
            }
            return .otherScheme(url: url, redirects: max(count, redirects + 1))
        }
        throw context.error(of: code)
    }

    /// The request behind a redirect to another scheme: without any login, and by the proxy of
    /// that scheme.
    private func redirected(
        _ request: TransferRequest, to url: String, _ shown: String
    ) throws(TransferError) -> TransferRequest {
        func refused(_ reason: String) -> TransferError {
            TransferError(
                .badRedirect, request: shown, reason: "a redirect leads \(reason)",
                advice: "check the server, or ask for the address at its end")
        }
        let scheme = url.firstRange(of: "://").map { url[..<$0.lowerBound].lowercased() } ?? ""
        let isWeb = scheme == "http" || scheme == "https"
        guard isWeb else { throw refused("to a scheme that is not allowed") }
        guard scheme == "https" || settings.followsToPlainHTTP else {
            throw refused("from HTTPS to plain HTTP, where anybody can read along")
        }
        var next = request
        next.url = url
        next.login = nil
        next.signature = nil
        next.headers.removeAll { ["authorization", "cookie"].contains($0.name.lowercased()) }
        guard next.fault == nil else { throw refused("to a malformed address") }
        return next
    }
}

extension TransferError {
    static func receiver(_ error: any Error, request: String) -> TransferError {
        TransferError(
            .refusedByReceiver, request: request, reason: "the content was not taken",
            advice: "see the reason", underlying: error)
    }
}
