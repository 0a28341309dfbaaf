import Glibc
import Transfer
import Vocabulary

/// A download over HTTP or FTP into a sink; one that was cut is continued where that is safe.
struct ContinuedDownload {
    let client: TransferClient
    /// The URI as it was written, for errors.
    let uri: String
    /// The status that means that the content follows.
    var success = 200
    /// What asks for the rest behind so many bytes of that content, and the status that it has;
    /// `nil` where nothing promises that it belongs to the same content.
    var rest: (UInt64, ContentHead) throws(FetchError) -> (request: TransferRequest, status: Int)?
    /// The error of any other status, by the answer and the beginning of its page.
    let refusal: (TransferResponse, [UInt8]) -> FetchError

    /// How often a download that was cut is continued, and after which pause: a server that is
    /// restarted gets the time for it.
    private static let pauses: [Duration] = [.milliseconds(100), .milliseconds(500), .seconds(2)]
    private static let maxPageBytes = 16 << 10

    /// What has come so far.
    private struct State {
        var head: ContentHead?
        var total: UInt64 = 0
        var page: [UInt8] = []
    }

    /// Sends the whole content to the sink.
    ///
    /// - Parameters:
    ///   - first: What asks for the content from its first byte on.
    ///   - sink: Told of the head once.
    ///   - isConditional: Whether the request is a conditional one, and 304 an answer to it.
    ///   - cancellation: Polled at least once a second.
    /// - Returns: What came.
    /// - Throws: ``FetchError``; what the sink throws passes through as it is.
    func send(
        _ first: TransferRequest, to sink: any ContentSink, isConditional: Bool = false,
        cancellation: Cancellation?
    ) throws(FetchError) -> ContentReceipt {
        var state = State()
        var receipt = ContentReceipt()
        var (request, wanted) = (first, success)
        while true {
            let response: TransferResponse
            do throws(TransferError) {
                response = try take(request, wanted, &state, sink, cancellation)
            } catch {
                guard let next = try continuation(after: error, state, receipt.continuations)
                else { throw failed(error, state) }
                try wait(Self.pauses[receipt.continuations], cancellation)
                receipt.continuations += 1
                (request, wanted) = next
                continue
            }
            if isConditional, response.status == 304 {
                receipt.isUnchanged = true
                return receipt
            }
            guard response.status == wanted else { throw refusal(response, state.page) }
            if let length = state.head?.length, length != state.total {
                throw transferFailed(
                    "\(state.total) bytes came where the server had said \(length)",
                    advice: "try again")
            }
            if response.redirects > 0 { receipt.redirectedTo = redacted(response.url) }
            return receipt
        }
    }

    /// One transfer of the content or its rest.
    private func take(
        _ request: TransferRequest, _ wanted: Int, _ state: inout State, _ sink: any ContentSink,
        _ cancellation: Cancellation?
    ) throws(TransferError) -> TransferResponse {
        var isContent = false
        return try client.perform(
            request, cancellation: cancellation,
            onHead: { head in
                // FTP's status comes behind the content.
                isContent = head.status == wanted || head.status == 0
                guard isContent, state.head == nil else { return }
                let known = ContentHead(head)
                state.head = known
                try sink.begin(known)
            }
        ) { piece in
            guard isContent else {
                // An error's page is no content of the artifact.
                for index in piece.indices where state.page.count < Self.maxPageBytes {
                    state.page.append(piece[index])
                }
                return
            }
            try sink.receive(piece)
            state.total += UInt64(piece.count)
        }
    }

    private func continuation(
        after error: TransferError, _ state: State, _ count: Int
    ) throws(FetchError) -> (TransferRequest, Int)? {
        let isPassing = error.code == .cut || count > 0 && error.code == .unreachable
        guard isPassing, count < Self.pauses.count, state.total > 0, let head = state.head
        else { return nil }
        return try rest(state.total, head)
    }

    private func wait(_ pause: Duration, _ cancellation: Cancellation?) throws(FetchError) {
        let end = ContinuousClock.now + pause
        while ContinuousClock.now < end {
            if cancellation?.isCancelled == true { throw .interrupted(uri) }
            usleep(20_000)
        }
    }

    private func failed(_ error: TransferError, _ state: State) -> FetchError {
        guard error.code == .rangeRefused else { return .transfer(error, uri) }
        return transferFailed(
            "the connection ended after \(state.total) bytes, and the server cannot continue: it"
                + " knows no ranges, or the file has changed", advice: "try again")
    }

    private func transferFailed(_ reason: String, advice: String) -> FetchError {
        FetchError(
            .transferFailed, uri: uri, "Error downloading resource: \(reason)", advice: advice)
    }
}

extension FetchError {
    /// A transfer that failed, in the words of Mesos.
    static func transfer(_ error: TransferError, _ uri: String) -> FetchError {
        if error.code == .cancelled { return .interrupted(uri) }
        if let thrown = error.underlying as? FetchError { return thrown }
        return FetchError(
            .transferFailed, uri: uri, "Error downloading resource: \(error.reason)",
            advice: error.advice)
    }
}
