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
        guard var handle = EasyHandle() else {
            throw TransferError(
                .unavailable, request: shown,
                reason: "libcurl cannot be used: \(EasyHandle.loadingError)",
                advice: "install libcurl 4 (Debian: libcurl4)")
        }
        let start = ContinuousClock.now
        settings.apply(to: &handle)
        request.apply(to: &handle, settings: settings)
        let code = handle.perform(into: sink)
        if code == CURLE_OK {
            do {
                try sink.tellHead()
            } catch {
                throw .receiver(error, request: shown)
            }
        } else {
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
            throw sink.isCancelled ? context.cancelled : context.error(of: code)
        }
        return TransferResponse(
            status: handle.number(CURLINFO_RESPONSE_CODE), headers: sink.headers,
            url: handle.text(CURLINFO_EFFECTIVE_URL),
            redirects: handle.number(CURLINFO_REDIRECT_COUNT), bytes: sink.bytes)
    }
}

extension TransferError {
    static func receiver(_ error: any Error, request: String) -> TransferError {
        TransferError(
            .refusedByReceiver, request: request, reason: "the content was not taken",
            advice: "see the reason", underlying: error)
    }
}
