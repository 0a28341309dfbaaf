import Glibc
import LocatedJSON
import Transfer
import Vocabulary

/// One store's server: sends requests, waits and repeats where the store asks for that.
struct StoreConnection: Sendable {
    /// `https://HOST[:PORT]`.
    let base: String
    /// How often and how patiently is asked again.
    var retry = RetryPolicy()
    private let client: TransferClient
    private let cancellation: Cancellation?

    /// Vault takes requests of up to 32 MiB; JSON's escapes may double a value.
    private static let maxAnswerBytes = 64 << 20

    init(base: String, settings: TransferSettings, cancellation: Cancellation?) {
        self.base = base
        self.cancellation = cancellation
        var settings = settings
        // A redirect would carry the token of a header of ours to another host.
        settings.maxRedirects = 0
        client = TransferClient(settings: settings)
    }

    /// Sends a request, again after a pause while `isPassing` says so of the answer.
    ///
    /// - Parameters:
    ///   - request: Method, path, headers and body.
    ///   - source: The secret that it is about, for errors.
    ///   - isPassing: Whether the same request may succeed a moment later.
    /// - Returns: The last answer.
    /// - Throws: ``SecretStoreError`` where there is none.
    func send(
        _ request: StoreRequest, for source: String, while isPassing: (StoreAnswer) -> Bool
    ) throws(SecretStoreError) -> StoreAnswer {
        for attempt in 1... {
            var pause = retry.pause(after: attempt)
            do throws(TransferError) {
                let answer = try sendOnce(request)
                guard isPassing(answer), pause != nil else { return answer }
                if let wish = answer.retryAfter { pause = retry.pause(askedFor: wish) }
            } catch {
                // Only a question may be asked twice: a write may have been done already.
                guard error.code == .cut, request.method == "GET", pause != nil else {
                    throw failure(error, source)
                }
            }
            if let pause { try wait(pause, source) }
        }
        throw SecretStoreError(.unavailable, source, "\(base) does not answer", advice: "try again")
    }

    private func sendOnce(_ request: StoreRequest) throws(TransferError) -> StoreAnswer {
        let (response, content) = try client.content(
            of: TransferRequest(
                url: base + request.path, method: request.method, headers: request.headers,
                body: request.body),
            maxBytes: Self.maxAnswerBytes, cancellation: cancellation)
        return StoreAnswer(response: response, content: content)
    }

    private func wait(_ pause: Duration, _ source: String) throws(SecretStoreError) {
        let end = ContinuousClock.now + pause
        while ContinuousClock.now < end {
            if cancellation?.isCancelled == true {
                throw SecretStoreError(
                    .cancelled, source, "interrupted", advice: "start it again")
            }
            var slice = timespec(tv_sec: 0, tv_nsec: 20_000_000)
            _ = unsafe nanosleep(&slice, nil)
        }
    }

    private func failure(_ error: TransferError, _ source: String) -> SecretStoreError {
        let code: SecretStoreError.Code =
            switch error.code {
            case .cancelled: .cancelled
            case .tooLarge: .tooLarge
            default: .unavailable
            }
        return SecretStoreError(
            code, source, "\(base) cannot be asked: \(error.reason)", advice: error.advice)
    }

    /// The error of an answer that no rule of the store explains.
    func unexpected(_ answer: StoreAnswer, _ source: String) -> SecretStoreError {
        if 300..<400 ~= answer.status {
            return SecretStoreError(
                .unavailable, source,
                "\(base) redirects (HTTP \(answer.status)), and a login is not carried elsewhere",
                advice: "name the host that answers itself")
        }
        return SecretStoreError(
            .unavailable, source, "\(base) answers with HTTP \(answer.status)",
            advice: 500... ~= answer.status
                ? "see the server's own log, or try again later"
                : "check that the address is that of the store")
    }

    /// The error of a good status with a content that is none of the store's.
    func malformed(_ source: String) -> SecretStoreError {
        SecretStoreError(
            .unavailable, source, "\(base) answers with something that is no secret",
            advice: "check that the address is that of the store")
    }
}

/// A request to a store.
struct StoreRequest: Sendable {
    var method = "GET"
    let path: String
    var headers: [TransferRequest.Header] = []
    var body: Secret?
}

/// What a store answered.
struct StoreAnswer: Sendable {
    let status: Int
    let content: [UInt8]
    let contentType: String
    let retryAfter: Duration?

    init(response: TransferResponse, content: [UInt8]) {
        status = response.status
        self.content = content
        contentType = (response[header: "content-type"] ?? "").lowercased()
        retryAfter = response[header: "retry-after"].flatMap(UInt32.init).map { .seconds(Int($0)) }
    }

    /// The JSON value of the content, `nil` where it holds none.
    var json: JSONValue? {
        try? JSONDocument(parsing: content).root
    }
}
