import Transfer
import Vocabulary

/// A file of a web or FTP server.
///
/// Mirrors `downloadWithNet` of `src/launcher/fetcher.cpp` in what counts as success: exactly 200,
/// or 226 for FTP, judged by the scheme of the original URI. A download that was cut is continued
/// where the server can.
struct NetSource: ContentSource {
    let url: String
    let uri: String
    let settings: TransferSettings
    let behavior: MesosBehavior

    /// How often a download that was cut is continued.
    private static let maxContinuations = 3

    private var isFTP: Bool { url.hasPrefix("ftp") }

    func look(cancellation: Cancellation?) throws(FetchError) -> ContentHead {
        var head = ContentHead()
        do throws(TransferError) {
            _ = try TransferClient(settings: settings).perform(
                TransferRequest(url: url, method: "HEAD"), cancellation: cancellation,
                onHead: { head = ContentHead($0) }
            ) { _ in }
        } catch {
            throw failed(error)
        }
        return head
    }

    func send(
        to sink: any ContentSink, unlessStill known: ContentHead?, cancellation: Cancellation?
    ) throws(FetchError) -> ContentReceipt {
        let client = TransferClient(settings: settings)
        var transfer = TransferRequest(url: url)
        if let known, !isFTP { transfer.headers = Self.conditions(on: known) }
        var receipt = ContentReceipt()
        var total: UInt64 = 0
        var tag: String?
        var hasBegun = false
        while true {
            let wanted = isFTP ? behavior.ftpSuccessCode : receipt.continuations == 0 ? 200 : 206
            let response: TransferResponse
            do throws(TransferError) {
                response = try client.perform(
                    transfer, cancellation: cancellation,
                    onHead: { head in
                        guard !hasBegun, isFTP || head.status == wanted else { return }
                        tag = head[header: "etag"]
                        hasBegun = true
                        try sink.begin(ContentHead(head))
                    }
                ) { piece in
                    // An error's page is no content of the artifact.
                    guard hasBegun else { return }
                    try sink.receive(piece)
                    total += UInt64(piece.count)
                }
            } catch {
                // Only a strong tag promises that the rest belongs to the same bytes.
                guard error.code == .cut, receipt.continuations < Self.maxContinuations, total > 0,
                    let tag, !tag.hasPrefix("W/"), !isFTP
                else { throw failed(error) }
                receipt.continuations += 1
                transfer.resumeOffset = total
                transfer.headers = [.init("If-Range", tag)]
                continue
            }
            if response.status == 304, known != nil {
                receipt.isUnchanged = true
                return receipt
            }
            guard response.status == wanted else { throw refused(response.status) }
            if response.redirects > 0 { receipt.redirectedTo = redacted(response.url) }
            return receipt
        }
    }

    private static func conditions(on known: ContentHead) -> [TransferRequest.Header] {
        if let tag = known.entityTag { return [.init("If-None-Match", tag)] }
        if let time = known.lastModified { return [.init("If-Modified-Since", time)] }
        return []
    }

    private func refused(_ status: Int) -> FetchError {
        let advice =
            switch status {
            case 401, 403: "give the server's login, or let every agent read it"
            case 404, 410: "correct the URI"
            default: "see what the server really answers to this URI"
            }
        return FetchError(
            .transferFailed, uri: uri,
            "Error downloading resource, received \(isFTP ? "FTP" : "HTTP") return code \(status)",
            advice: advice)
    }

    private func failed(_ error: TransferError) -> FetchError {
        if error.code == .cancelled { return .interrupted(uri) }
        if let thrown = error.underlying as? FetchError { return thrown }
        return FetchError(
            .transferFailed, uri: uri, "Error downloading resource: \(error.reason)",
            advice: error.advice)
    }
}

extension ContentHead {
    /// What a server's headers say.
    init(_ head: TransferHead) {
        self.init()
        status = head.status
        // A list of lengths, or one with a sign, is no length.
        length = head[header: "content-length"].flatMap { text in
            text.utf8.allSatisfy { $0 &- 0x30 < 10 } ? UInt64(text) : nil
        }
        entityTag = head[header: "etag"]
        lastModified = head[header: "last-modified"]
    }
}
