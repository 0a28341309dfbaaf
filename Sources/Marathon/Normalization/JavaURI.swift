/// A URI as `java.net.URI` of JDK 17 reads it: RFC 2396 with that class's own allowances.
struct JavaURI {
    /// The path, `nil` where the URI is opaque (a scheme that no slash follows).
    let path: String?

    /// Reads a URI; `nil` where the class would throw.
    init?(_ text: String) {
        let withoutFragment = text.prefix { $0 != "#" }
        if withoutFragment.endIndex < text.endIndex {
            let fragment = text[text.index(after: withoutFragment.endIndex)...]
            guard Self.isLegal(fragment, extra: "?/[]") else { return nil }
        }
        var rest = withoutFragment
        if let colon = rest.firstIndex(of: ":"),
            rest.firstIndex(where: { $0 == "/" || $0 == "?" }).map({ colon < $0 }) ?? true
        {
            guard Self.isScheme(rest[..<colon]) else { return nil }
            rest = rest[rest.index(after: colon)...]
            guard !rest.isEmpty else { return nil }
            if rest.first != "/" {
                guard Self.isLegal(rest, extra: "?/[]") else { return nil }
                path = nil
                return
            }
        }
        let hierarchy = rest.prefix { $0 != "?" }
        if hierarchy.endIndex < rest.endIndex {
            let query = rest[rest.index(after: hierarchy.endIndex)...]
            guard Self.isLegal(query, extra: "?/[]") else { return nil }
        }
        guard let path = Self.path(of: hierarchy) else { return nil }
        self.path = path
    }

    private static func path(of hierarchy: Substring) -> String? {
        guard hierarchy.hasPrefix("//") else {
            return isLegal(hierarchy, extra: "/") ? String(hierarchy) : nil
        }
        let rest = hierarchy.dropFirst(2)
        let authority = rest.prefix { $0 != "/" }
        let path = rest[authority.endIndex...]
        guard !authority.isEmpty || !path.isEmpty, isLegal(path, extra: "/") else { return nil }
        guard isLegal(authority, extra: "[]") else { return nil }
        if authority.contains("[") || authority.contains("]") {
            // Brackets are an address, closed, with nothing but a port behind it.
            let host = authority.split(separator: "@").last ?? authority
            guard host.hasPrefix("["), let end = host.firstIndex(of: "]") else { return nil }
            let port = host[host.index(after: end)...]
            guard port.isEmpty || port.hasPrefix(":") else { return nil }
        }
        return String(path)
    }

    private static func isScheme(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, (first | 0x20) &- 0x61 < 26 else { return false }
        return text.utf8.allSatisfy {
            ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2b || $0 == 0x2d || $0 == 0x2e
        }
    }

    /// Unreserved and reserved characters, well-formed escapes, and "other" ones: letters beyond
    /// ASCII that are neither control characters nor blanks.
    private static func isLegal(_ text: Substring, extra: String) -> Bool {
        var scalars = text.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            if scalar == "%" {
                guard let first = scalars.popFirst(), let second = scalars.popFirst(),
                    first.properties.isASCIIHexDigit, second.properties.isASCIIHexDigit
                else { return false }
            } else if scalar.isASCII {
                let isWord =
                    (scalar.value | 0x20) &- 0x61 < 26 || scalar.value &- 0x30 < 10
                guard
                    isWord || "_-!.~'()*,;:$&+=@".unicodeScalars.contains(scalar)
                        || extra.unicodeScalars.contains(scalar)
                else { return false }
            } else if scalar.properties.isWhitespace || (0x80...0x9f).contains(scalar.value) {
                return false
            }
        }
        return true
    }
}
