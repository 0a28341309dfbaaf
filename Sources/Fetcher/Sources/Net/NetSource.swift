import Transfer
import Vocabulary

/// A file of a web or FTP server.
///
/// Mirrors `downloadWithNet` of `src/launcher/fetcher.cpp` in what counts as success: exactly 200,
/// or 226 for FTP, judged by the scheme of the original URI.
struct NetSource: ContentSource {
    let url: String
    let uri: String
    private let settings: TransferSettings
    private let behavior: MesosBehavior

    init(url: String, uri: String, settings: TransferSettings, behavior: MesosBehavior) {
        self.url = url
        self.uri = uri
        self.behavior = behavior
        var settings = settings
        // Mesos' libcurl does: the fetch would succeed there.
        settings.followsToPlainHTTP = true
        self.settings = settings
    }

    private var isFTP: Bool { url.hasPrefix("ftp") }

    func look(cancellation: Cancellation?) throws(FetchError) -> ContentHead {
        var head = ContentHead()
        do throws(TransferError) {
            _ = try TransferClient(settings: settings).perform(
                TransferRequest(url: url, method: "HEAD"), cancellation: cancellation,
                onHead: { head = ContentHead($0) }
            ) { _ in }
        } catch {
            throw .transfer(error, uri)
        }
        return head
    }

    func send(
        to sink: any ContentSink, unlessStill known: ContentHead?, cancellation: Cancellation?
    ) throws(FetchError) -> ContentReceipt {
        let download = ContinuedDownload(
            client: TransferClient(settings: settings), uri: uri,
            success: isFTP ? behavior.ftpSuccessCode : 200,
            rest: { (offset, head) in
                guard !isFTP, let condition = head.rangeCondition else { return nil }
                return (
                    TransferRequest(url: url, headers: [condition], resumeOffset: offset), 206
                )
            },
            refusal: { (response, _) in refused(response.status) })
        var request = TransferRequest(url: url)
        if let known, !isFTP { request.headers = known.conditions }
        return try download.send(
            request, to: sink, isConditional: !request.headers.isEmpty, cancellation: cancellation
        )
    }

    private func refused(_ status: Int) -> FetchError {
        let advice =
            switch status {
            case 401, 403: "give the server's login, or let every agent read it"
            case 404, 410: "correct the URI"
            case 407: "write the proxy's login into its address: http://USER:PASSWORD@HOST:PORT"
            case 500...: "see the server's own log, or try again later"
            default: "see what the server really answers to this URI"
            }
        return FetchError(
            .transferFailed, uri: uri,
            "Error downloading resource, received \(isFTP ? "FTP" : "HTTP") return code \(status)",
            advice: advice)
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

    /// What lets a server answer 304 where its content is still this one.
    var conditions: [TransferRequest.Header] {
        if let entityTag { return [.init("If-None-Match", entityTag)] }
        if let lastModified { return [.init("If-Modified-Since", lastModified)] }
        return []
    }

    /// What promises that a range belongs to the same bytes: a strong tag alone (RFC 9110, 13.1.5).
    var rangeCondition: TransferRequest.Header? {
        guard let entityTag, !entityTag.hasPrefix("W/") else { return nil }
        return .init("If-Range", entityTag)
    }
}
