/// Shows a text without the user info of the URLs and registry keys in it.
///
/// `no key stands for x; there is https://user:pw@quay.io/v1/` becomes
/// `no key stands for x; there is https://***@quay.io/v1/`; a key without a scheme,
/// `user:pw@quay.io`, becomes `***@quay.io`. The digest of an image (`app:1@sha256:…`) is none.
///
/// - Parameter text: A sentence, or a key alone.
/// - Returns: The text for people, logs and reports.
public func redactingUserInfo(in text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
    var shown = ""
    var rest = text[...]
    var at = rest.firstIndex(of: "@")
    while let end = at {
        let behind = rest.index(after: end)
        // Of `user:p@ss@host` the last one ends the user info.
        let next = rest[behind...].firstIndex(of: "@")
        let isLast = next.map { rest[behind..<$0].contains { $0 == "/" || endsWord($0) } } ?? true
        if isLast, let start = startOfUserInfo(in: rest[..<end]), !isDigest(rest[behind...]) {
            shown += rest[..<start] + "***@"
            rest = rest[behind...]
        }
        at = next
    }
    return shown + rest
}

/// Where the user info begins that ends a text; `nil` where there is none.
private func startOfUserInfo(in text: Substring) -> Substring.Index? {
    if let start = text.endIndex(ofLast: "://") {
        let info = text[start...]
        let authority = info.prefix { $0 != "/" }
        if authority.count == info.count {
            if !info.contains(where: endsWord) || info.contains(":") { return start }
        } else if authority.contains(":"), !authority.contains("."), !info.contains(where: endsWord)
        {
            // A password with a slash that should have been escaped: `user:p/w@host`.
            return start
        }
    }
    let start = text.lastIndex(where: endsWord).map(text.index(after:)) ?? text.startIndex
    let word = text[start...]
    return word.contains(":") && word.endIndex(ofLast: "://") == nil ? start : nil
}

/// Whether a text begins with an image's digest: `sha256:` and many hexadecimal digits.
private func isDigest(_ text: Substring) -> Bool {
    guard let colon = text.firstIndex(of: ":") else { return false }
    let digits = text[text.index(after: colon)...].prefix { $0.isHexDigit }
    return digits.count >= 32 && text[..<colon].allSatisfy { $0.isLetter || $0.isNumber }
}

private func endsWord(_ letter: Character) -> Bool {
    letter.isWhitespace || letter == "\"" || letter == "'" || letter == "`" || letter == "("
}

extension Substring {
    /// The index behind the last occurrence of some letters.
    fileprivate func endIndex(ofLast letters: String) -> Index? {
        var end = endIndex
        while let last = self[..<end].lastIndex(of: ":") {
            if self[last...].hasPrefix(letters) { return index(last, offsetBy: letters.count) }
            end = last
        }
        return nil
    }
}
