/// Host and path of a URL as Go's `net/url` reads them (`Parse`, `parseAuthority`, `parseHost`).
struct GoURL {
    /// The host with its port and with the brackets of an address; empty where there is none.
    let host: String
    /// The path, decoded.
    let path: String

    /// Reads a URL; `nil` where Go refuses it or does not look for a host in it.
    init?(_ text: String) {
        let bytes = Array(text.utf8)[...]
        // What follows `#` is cut off first: a control character is no fault there.
        let url = bytes.prefix { $0 != UInt8(ascii: "#") }
        guard !url.contains(where: { $0 < 0x20 || $0 == 0x7f }),
            Self.decoded(bytes[url.endIndex...]) != nil,
            let colon = url.firstIndex(of: UInt8(ascii: ":")), Self.isScheme(url[..<colon]),
            url[colon...].starts(with: "://".utf8)
        else { return nil }
        let rest = url[(colon + 3)...].prefix { $0 != UInt8(ascii: "?") }
        let authority = rest.prefix { $0 != UInt8(ascii: "/") }
        var host = authority
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            let user = authority[..<at]
            guard user.allSatisfy(Self.isUserByte), Self.decoded(user) != nil else { return nil }
            host = authority[(at + 1)...]
        }
        guard let host = Self.host(host), let path = Self.decoded(rest[authority.endIndex...])
        else { return nil }
        self.host = String(decoding: host, as: UTF8.self)
        self.path = String(decoding: path, as: UTF8.self)
    }

    /// The host without its port and without the brackets of an address, and the digits of the
    /// port (`splitHostPort`).
    var hostAndPort: (name: String, port: String) {
        let bytes = Array(host.utf8)[...]
        var name = bytes
        if let colon = bytes.lastIndex(of: UInt8(ascii: ":")), Self.isOptionalPort(bytes[colon...])
        {
            name = bytes[..<colon]
        }
        let port = bytes[name.endIndex...].dropFirst()
        if name.first == UInt8(ascii: "["), name.last == UInt8(ascii: "]") {
            name = name.dropFirst().dropLast()
        }
        return (String(decoding: name, as: UTF8.self), String(decoding: port, as: UTF8.self))
    }

    /// The decoded host with its port; `nil` where a byte or the port is not allowed.
    private static func host(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard text.first == UInt8(ascii: "[") else {
            let port = text.lastIndex(of: UInt8(ascii: ":")).map { text[$0...] } ?? []
            return isOptionalPort(port) ? unescaped(text, isZone: false) : nil
        }
        guard let end = text.lastIndex(of: UInt8(ascii: "]")), isOptionalPort(text[(end + 1)...])
        else { return nil }
        let zone = text[..<end].firstRange(of: "%25".utf8)?.lowerBound ?? end
        guard let address = unescaped(text[..<zone], isZone: false),
            let name = unescaped(text[zone..<end], isZone: true),
            let rest = unescaped(text[end...], isZone: false)
        else { return nil }
        return address + name + rest
    }

    /// A host may hold escapes of bytes beyond ASCII and of the percent sign; a zone of an address
    /// may hold those of a blank and of what needs none.
    private static func unescaped(_ text: ArraySlice<UInt8>, isZone: Bool) -> ArraySlice<UInt8>? {
        var bytes: ArraySlice<UInt8> = []
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                guard byte >= 0x80 || isHostByte(byte) else { return nil }
                bytes.append(byte)
                continue
            }
            guard let value = value(of: rest.prefix(2)),
                value == byte || (isZone ? value == 0x20 || isHostByte(value) : value >= 0x80)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    /// The text with its escapes decoded; `nil` where two digits are missing behind a percent sign.
    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let value = value(of: rest.prefix(2)) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    private static func value(of digits: ArraySlice<UInt8>) -> UInt8? {
        // An integer of Swift's may have a sign.
        guard digits.count == 2, digits.first.map(isLetterOrDigit) == true else { return nil }
        return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private static func isOptionalPort(_ text: ArraySlice<UInt8>) -> Bool {
        text.isEmpty
            || text.first == UInt8(ascii: ":") && text.dropFirst().allSatisfy { $0 &- 0x30 < 10 }
    }

    private static func isScheme(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first, (first | 0x20) &- 0x61 < 26 else { return false }
        return text.allSatisfy { isLetterOrDigit($0) || "+-.".utf8.contains($0) }
    }

    private static func isUserByte(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "-._:~!$&'()*+,;=%@".utf8.contains(byte)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "-._~!$&'()*+,;=:[]<>\"".utf8.contains(byte)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
    }
}
