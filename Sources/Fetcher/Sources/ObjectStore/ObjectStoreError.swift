import Vocabulary

/// What an object store says where it does not give an object: its XML in words.
///
/// The codes are those of the Amazon S3 API reference, "Error responses"; Google's XML API has
/// the same ones.
struct ObjectStoreError {
    let status: Int
    /// `NoSuchKey`; `nil` where the page holds none.
    let code: String?

    init(status: Int, page: [UInt8]) {
        self.status = status
        let text = String(decoding: page, as: UTF8.self)
        guard let start = text.firstRange(of: "<Code>"),
            let end = text[start.upperBound...].firstRange(of: "</Code>")
        else {
            code = nil
            return
        }
        let found = text[start.upperBound..<end.lowerBound]
        // A word of the API, not whatever a page holds at that place.
        let isWord =
            1...64 ~= found.utf8.count && found.allSatisfy { $0.isASCII && $0.isLetter }
        code = isWord ? String(found) : nil
    }

    func words(bucket: String, keys: ObjectStoreKeys?) -> String {
        let owner = keys?.place ?? "nobody"
        let place = "the keys of \(owner)"
        return switch code {
        case "NoSuchBucket": "there is no bucket \(bucket)"
        case "NoSuchKey": "the bucket \(bucket) has no such object"
        case "InvalidAccessKeyId": "it does not know the access key of \(owner)"
        case "SignatureDoesNotMatch": "the secret key of \(owner) does not fit its access key"
        case "ExpiredToken", "TokenRefreshRequired": "\(place) have expired"
        case "InvalidToken": "the session token of \(owner) is none"
        case "RequestTimeTooSkewed": "this machine's clock is wrong"
        case "SlowDown", "ServiceUnavailable", "InternalError": "it is too busy"
        case "InvalidObjectState": "the object is archived and has to be restored first"
        default:
            switch status {
            case 301, 302, 307: "it sends to another address"
            case 404: "the bucket \(bucket) has no such object"
            case 401, 403:
                keys == nil
                    ? "the object is not public, and there are no keys"
                    : "\(place) may not read the object, or there is none"
            case 500...: "it has an error of its own"
            default: "that is no answer to a download"
            }
        }
    }

    func advice(store: ObjectStore, hasKeys: Bool) -> String {
        switch code {
        case "NoSuchBucket", "NoSuchKey": return "correct the URI"
        case "RequestTimeTooSkewed": return "set the clock"
        case "SlowDown", "ServiceUnavailable", "InternalError": return "try again later"
        case "ExpiredToken", "TokenRefreshRequired": return "log in anew"
        case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken":
            return "correct the keys, or the endpoint that they are for"
        default: break
        }
        switch status {
        case 301, 302, 307: return "name the bucket's region and endpoint"
        case 404: return "correct the URI"
        case 401, 403:
            return hasKeys
                ? "let the account read it, or correct the URI" : store.problem ?? store.waysToKeys
        case 500...: return "see the store's own log, or try again later"
        default: return "see what the store really answers to this URI"
        }
    }
}
