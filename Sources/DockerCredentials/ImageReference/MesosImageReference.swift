/// An image's name as the Mesos containerizer takes it apart: no rule is checked, nothing put in.
///
/// Mirrors `parseImageReference` of Mesos (`src/docker/spec.cpp`), which splits at every `@`: the
/// digest is what stands between the first and the second. A first part with `.`, `:` or equal to `localhost` is the registry, the tag stands behind
/// the last colon of the rest.
public struct MesosImageReference: Sendable, Hashable {
    /// The registry, where one is named.
    public let registry: String?
    /// The rest without tag and digest.
    public let repository: String
    /// The tag, which may be empty.
    public let tag: String?
    /// The digest.
    public let digest: String?

    /// Takes a name apart.
    public init(_ text: String) {
        var rest = text[...]
        if let at = rest.utf8.firstIndex(of: UInt8(ascii: "@")) {
            let behind = rest[rest.utf8.index(after: at)...]
            let end = behind.utf8.firstIndex(of: UInt8(ascii: "@")) ?? behind.endIndex
            digest = String(behind[..<end])
            rest = rest[..<at]
        } else {
            digest = nil
        }
        var host: String?
        if let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) {
            let first = rest[..<slash]
            if first == "localhost" || first.utf8.contains(where: { $0 == 0x2e || $0 == 0x3a }) {
                host = String(first)
                rest = rest[rest.utf8.index(after: slash)...]
            }
        }
        registry = host
        if let colon = rest.utf8.lastIndex(of: UInt8(ascii: ":")) {
            tag = String(rest[rest.utf8.index(after: colon)...])
            rest = rest[..<colon]
        } else {
            tag = nil
        }
        repository = String(rest)
    }
}
