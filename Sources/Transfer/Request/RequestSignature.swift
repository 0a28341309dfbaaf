public import Vocabulary

/// The keys that sign a request with AWS Signature Version 4, which libcurl computes.
///
/// The algorithm is that of the AWS reference "Signature Version 4 signing process"; S3 and what
/// speaks its language (MinIO, Ceph, Google's XML API) take it. Only requests without a body.
public struct RequestSignature: Sendable, Hashable {
    /// The public half of the keys.
    public var accessKey: String
    /// The other half.
    public var secretKey: Secret
    /// What comes with keys that expire, `nil` for keys that do not.
    public var sessionToken: Secret?
    /// The region that the keys are used in, `eu-central-1`.
    public var region: String
    /// The service, `s3`.
    public var service: String

    /// Keys for one region and service.
    ///
    /// - Parameters:
    ///   - accessKey: The public half of the keys.
    ///   - secretKey: The other half.
    ///   - sessionToken: What comes with keys that expire.
    ///   - region: Letters, digits and hyphens.
    ///   - service: Letters, digits and hyphens.
    public init(
        accessKey: String, secretKey: Secret, sessionToken: Secret? = nil, region: String,
        service: String = "s3"
    ) {
        self.accessKey = accessKey
        self.secretKey = secretKey
        self.sessionToken = sessionToken
        self.region = region
        self.service = service
    }

    /// SHA-256 of no bytes: a signed request has no body.
    static let hashOfNothing =
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    /// What libcurl would misread or send as something else, `nil` for nothing.
    var fault: String? {
        // Provider, region and service are parted by colons, and libcurl cuts each at 63 bytes.
        guard
            [region, service].allSatisfy({ name in
                1...63 ~= name.utf8.count
                    && name.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }
            })
        else { return "a region or service is malformed" }
        let texts = [Array(accessKey.utf8), secretKey.reveal(), sessionToken?.reveal() ?? []]
        let isClean = texts.allSatisfy { text in text.allSatisfy { $0 > 0x20 && $0 < 0x7f } }
        guard isClean, !accessKey.isEmpty else { return "an access key is malformed" }
        return nil
    }
}
