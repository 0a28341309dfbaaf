import Transfer
import Vocabulary

/// An object of S3, of a store that speaks its language, or of Google Cloud Storage.
///
/// Requests are signed where there are keys, and anonymous otherwise. A bucket of another region
/// is asked there, once; any other redirect is refused, since a signature is for one host.
struct ObjectStoreSource: ContentSource {
    let uri: String
    let address: ObjectAddress
    let store: ObjectStore
    private let client: TransferClient

    init(_ uri: String, of source: String, store: ObjectStore, settings: TransferSettings)
        throws(FetchError)
    {
        self.uri = uri
        self.store = store
        address = try ObjectAddress(source)
        var settings = settings
        settings.maxRedirects = 0
        client = TransferClient(settings: settings)
    }

    func look(cancellation: Cancellation?) throws(FetchError) -> ContentHead {
        try inRegion { region throws(Refusal) in
            var head = ContentHead()
            let response: TransferResponse
            do throws(TransferError) {
                response = try client.perform(
                    request(in: region, method: "HEAD"), cancellation: cancellation,
                    onHead: { head = ContentHead($0) }
                ) { _ in }
            } catch {
                throw .failed(.transfer(error, uri))
            }
            if let other = otherRegion(response, region) { throw .otherRegion(other) }
            return head
        }
    }

    func send(
        to sink: any ContentSink, unlessStill known: ContentHead?, cancellation: Cancellation?
    ) throws(FetchError) -> ContentReceipt {
        let conditions = known?.conditions ?? []
        return try inRegion { region throws(Refusal) in
            var elsewhere: String?
            let download = ContinuedDownload(
                client: client, uri: uri,
                rest: { (offset, head) in
                    guard let condition = head.rangeCondition else { return nil }
                    return (
                        request(in: region, headers: [condition], from: offset), 206
                    )
                },
                refusal: { (response, page) in
                    elsewhere = otherRegion(response, region)
                    return refused(response, page)
                })
            do throws(FetchError) {
                return try download.send(
                    request(in: region, headers: conditions), to: sink,
                    isConditional: !conditions.isEmpty, cancellation: cancellation)
            } catch {
                throw elsewhere.map { .otherRegion($0) } ?? .failed(error)
            }
        }
    }

    private enum Refusal: Error {
        case otherRegion(String)
        case failed(FetchError)
    }

    /// Asks in the configured region, and once more in the one that the store names.
    private func inRegion<Answer>(
        _ ask: (String) throws(Refusal) -> Answer
    ) throws(FetchError) -> Answer {
        var region = store.region
        for _ in 0..<2 {
            do throws(Refusal) {
                return try ask(region)
            } catch {
                switch error {
                case .otherRegion(let other): region = other
                case .failed(let failure): throw failure
                }
            }
        }
        throw FetchError(
            .transferFailed, uri: uri,
            "\(store.name) sends from one region to the other for the bucket \(address.bucket)",
            advice: "name the bucket's region: AWS_REGION")
    }

    private func request(
        in region: String, method: String = "GET", headers: [TransferRequest.Header] = [],
        from offset: UInt64 = 0
    ) -> TransferRequest {
        var request = TransferRequest(
            url: store.url(of: address, in: region), method: method, headers: headers,
            resumeOffset: offset)
        if let keys = address.keys ?? store.keys {
            request.signature = RequestSignature(
                accessKey: keys.accessKey, secretKey: keys.secretKey,
                sessionToken: keys.sessionToken, region: region)
        }
        return request
    }

    /// The bucket's region, where the answer says that it is another one.
    private func otherRegion(_ response: TransferResponse, _ region: String) -> String? {
        guard [301, 307, 400, 403].contains(response.status),
            let other = response[header: "x-amz-bucket-region"], other != region,
            !other.isEmpty,
            other.utf8.allSatisfy({
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: "-")
            })
        else { return nil }
        return other
    }

    private func refused(_ response: TransferResponse, _ page: [UInt8]) -> FetchError {
        let error = ObjectStoreError(status: response.status, page: page)
        return FetchError(
            .transferFailed, uri: uri,
            "\(store.name) answers HTTP \(response.status)"
                + (error.code.map { " (\($0))" } ?? "") + ": "
                + error.words(bucket: address.bucket, keys: address.keys ?? store.keys),
            advice: error.advice(store: store, hasKeys: (address.keys ?? store.keys) != nil))
    }
}
