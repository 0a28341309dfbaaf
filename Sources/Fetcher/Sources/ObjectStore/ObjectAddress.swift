import Vocabulary

/// Bucket and key of `s3://BUCKET/KEY` and its like.
///
/// The key is taken as it is written, as Hadoop and the AWS command line do: nothing is decoded,
/// and `?` and `#` belong to it. User info is the pair of keys that Hadoop's `s3n` takes there.
struct ObjectAddress: Hashable {
    let bucket: String
    let key: String
    /// The keys in front of the bucket, percent-decoded.
    let keys: ObjectStoreKeys?

    init(_ uri: String) throws(FetchError) {
        guard let scheme = uri.firstRange(of: "://") else {
            throw Self.malformed(uri, "it names no bucket")
        }
        let rest = uri[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        key = String(rest[authority.endIndex...].drop { $0 == "/" })
        let at = authority.lastIndex(of: "@")
        bucket = String(at.map { authority[authority.index(after: $0)...] } ?? authority)
        let isName = bucket.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-._".utf8.contains(byte)
            }
        }
        guard isName, bucket.utf8.contains(where: { $0 != UInt8(ascii: ".") }) else {
            throw Self.malformed(uri, "it names no bucket")
        }
        guard !key.isEmpty, !key.hasSuffix("/") else {
            throw Self.malformed(uri, "it names no object")
        }
        guard let at else {
            keys = nil
            return
        }
        let login = authority[..<at]
        guard let colon = login.firstIndex(of: ":") else {
            throw Self.malformed(uri, "its user info is no pair of keys")
        }
        keys = ObjectStoreKeys(
            accessKey: percentDecoded(login[..<colon]),
            secretKey: Secret(percentDecoded(login[login.index(after: colon)...])),
            place: "the URI")
    }

    private static func malformed(_ uri: String, _ reason: String) -> FetchError {
        FetchError(
            .invalidURI, uri: uri, "Malformed URI: \(reason)", advice: "write s3://BUCKET/KEY")
    }

    /// Whether the bucket's name can stand in front of a host that has a certificate for `*.`.
    var isHostLabel: Bool {
        3...63 ~= bucket.utf8.count
            && bucket.utf8.allSatisfy { byte in
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "-")
            }
            && !bucket.hasPrefix("-") && !bucket.hasSuffix("-")
    }
}

/// Writes all but slashes and RFC 3986's unreserved characters as `%XX`, as a signature wants it.
func percentEncodedPath(_ path: String) -> String {
    var encoded: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in path.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
            encoded.append(byte)
        default:
            encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: encoded, as: UTF8.self)
}

/// Reads `%XX`; what is none stays.
func percentDecoded(_ text: Substring) -> String {
    var decoded: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), rest.count >= 2,
            let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
        {
            decoded.append(value)
            rest = rest.dropFirst(2)
        } else {
            decoded.append(byte)
        }
    }
    return String(decoding: decoded, as: UTF8.self)
}
