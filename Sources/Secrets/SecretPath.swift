import Vocabulary

/// The segments of a `source`; empty ones do not count, so a leading slash does not matter.
struct SecretPath: Sendable, Hashable {
    let segments: [String]

    /// A path of at least one segment, none of which leads elsewhere.
    init(_ source: String) throws(SecretStoreError) {
        try self.init(folder: source)
        guard !segments.isEmpty else { throw Self.fault(source) }
    }

    /// A path that may also be the root of a store.
    init(folder source: String) throws(SecretStoreError) {
        segments = source.split(separator: "/").map(String.init)
        guard !segments.contains(".."), !segments.contains("."), !source.utf8.contains(0) else {
            throw Self.fault(source)
        }
    }

    /// With slashes between the segments and none before them.
    var text: String { segments.joined(separator: "/") }

    /// Every segment percent-encoded by itself, as part of an address.
    var encoded: String { segments.map(percentEncoded).joined(separator: "/") }

    private static func fault(_ source: String) -> SecretStoreError {
        SecretStoreError(
            .invalidSource, source, "it is no path of a secret",
            advice: "name it by words with slashes between them")
    }
}

/// Encodes all but the unreserved characters of RFC 3986, section 2.3.
func percentEncoded(_ segment: String) -> String {
    var text = ""
    for byte in segment.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            text.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            let digits = String(byte, radix: 16, uppercase: true)
            text += (digits.count < 2 ? "%0" : "%") + digits
        }
    }
    return text
}
