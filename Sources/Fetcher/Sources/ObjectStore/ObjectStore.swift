/// A store that speaks S3's language: how it is called, where it is asked, and in which region.
struct ObjectStore: Sendable {
    /// `S3`, for messages.
    let name: String
    /// The address in front of bucket and key; `nil` for AWS, whose host has the region in it.
    let endpoint: String?
    /// The region that is signed for, until the store names another.
    let region: String
    let keys: ObjectStoreKeys?
    /// Why there are no keys though some were meant.
    var problem: String?
    /// How one gives keys, for advice.
    let waysToKeys: String

    init(_ settings: S3Settings) {
        name = "S3"
        endpoint = settings.endpoint
        region = settings.region ?? "us-east-1"
        keys = settings.keys
        problem = settings.problem
        waysToKeys = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile"
    }

    init(_ settings: GoogleStorageSettings) {
        name = "Google Cloud Storage"
        endpoint = settings.endpoint ?? "https://storage.googleapis.com"
        region = "auto"
        keys = settings.keys
        waysToKeys = "set GS_ACCESS_KEY_ID and GS_SECRET_ACCESS_KEY to an HMAC key"
    }

    /// The address of an object.
    func url(of address: ObjectAddress, in region: String) -> String {
        let key = percentEncodedPath(address.key)
        if let endpoint {
            var base = endpoint[...]
            while base.hasSuffix("/") { base.removeLast() }
            return "\(base)/\(address.bucket)/\(key)"
        }
        let domain = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
        // A dot in the bucket's name would leave the certificate of *.s3.REGION.
        return address.isHostLabel
            ? "https://\(address.bucket).s3.\(region).\(domain)/\(key)"
            : "https://s3.\(region).\(domain)/\(address.bucket)/\(key)"
    }
}
