/// How a key of a credentials file is spelt.
struct KeyForm {
    /// A scheme other than lower-case http(s), user info, a query, a fragment or an empty port.
    let isOdd: Bool
    /// A path that is more than `/`, `/v1/` or `/v2/`.
    let isNamespace: Bool
    /// A scheme, or one of the old paths behind the host.
    let isLegacy: Bool

    init(_ key: String) {
        var rest = key[...]
        var isOdd = false
        var hasScheme = false
        if let separator = key.utf8.firstRange(of: "://".utf8) {
            hasScheme = true
            let scheme = key[..<separator.lowerBound]
            isOdd = scheme != "http" && scheme != "https"
            rest = key[separator.upperBound...]
        }
        let authority = rest.before("/?#")
        let path = rest[authority.endIndex...]
        isOdd = isOdd || authority.contains("@") || authority.hasSuffix(":")
        isOdd = isOdd || path.contains("?") || path.contains("#")
        self.isOdd = isOdd
        let isOldPath = ["", "/", "/v1", "/v1/", "/v2", "/v2/"].contains(path)
        isNamespace = !isOldPath
        isLegacy = hasScheme || !path.isEmpty
    }
}
