/// Shows a URI without what it may keep secret: user info, and signed or token-like queries.
///
/// `https://user:pw@host/x?X-Amz-Signature=1&part=2` becomes
/// `https://***@host/x?X-Amz-Signature=***&part=2`. Text that is no URI passes through the same
/// rules, so a malformed one does not leak either.
///
/// - Parameter uri: A URI as a definition, a redirect or a configuration holds it.
/// - Returns: The URI for people, logs and reports.
public func redactedURI(_ uri: String) -> String {
    guard uri.utf8.contains(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "?") }) else {
        return uri
    }
    var text = Substring(uri)
    var shown = ""
    if let scheme = text.firstRange(of: "://") {
        shown += text[..<scheme.upperBound]
        text = text[scheme.upperBound...]
        let end = text.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? text.endIndex
        if let at = text[..<end].lastIndex(of: "@") {
            shown += "***"
            text = text[at...]
        } else if let at = text.lastIndex(of: "@"),
            text[..<at].contains(":"), end < at, !text[..<end].contains(".")
        {
            // A password with an unescaped slash: `user:p/w@host`. Better too much than a secret.
            shown += "***"
            text = text[at...]
        }
    }
    guard let question = text.firstIndex(of: "?") else { return shown + text }
    shown += text[...question]
    let fragment = text[question...].firstIndex(of: "#") ?? text.endIndex
    let query = text[text.index(after: question)..<fragment]
    shown += query.split(separator: "&", omittingEmptySubsequences: false)
        .map(redactedParameter).joined(separator: "&")
    return shown + text[fragment...]
}

private func redactedParameter(_ parameter: Substring) -> String {
    guard let equals = parameter.firstIndex(of: "=") else { return String(parameter) }
    let name = parameter[..<equals].lowercased()
    let isSecret = secretWords.contains { name.contains($0) } || secretNames.contains(name)
    return isSecret ? parameter[...equals] + "***" : String(parameter)
}

/// Parts of parameter names that carry a signature, a token or a credential: AWS, Google, Azure
/// SAS and CloudFront signatures, OAuth tokens, API keys.
private let secretWords = [
    "signature", "token", "credential", "password", "passwd", "secret", "apikey", "api_key",
    "api-key", "accesskey", "access_key", "accessid", "policy", "key-pair-id", "auth", "jwt",
]

/// Whole parameter names of the same kind, too short to be looked for inside others.
private let secretNames: Set<String> = ["sig", "pwd", "pass", "key", "code", "sas", "st"]
