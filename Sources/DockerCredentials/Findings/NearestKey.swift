/// The key that was probably meant for a host, and why Docker does not take it.
struct NearestKey {
    let key: String
    let because: String

    /// Finds it; `nil` where none of the keys resembles the host.
    init?(to wanted: String, among keys: [String]) {
        let near = keys.compactMap { key in
            Self.difference(RegistryKey.plainHost(of: key), wanted).map { (key, $0) }
        }
        guard let best = near.min(by: { $0.1.rank < $1.1.rank }) else { return nil }
        key = best.0
        because = best.1.words
    }

    /// How a host differs from the one that is wanted; the lower the rank, the nearer.
    private static func difference(_ host: String, _ wanted: String) -> (
        rank: Int, words: String
    )? {
        if host == wanted { return (0, "as a URL its host loses the brackets") }
        let blanks: Set<Character> = [" ", "\t", "\u{a0}", "\n", "\r"]
        let trimmed = host.filter { !blanks.contains($0) }
        if trimmed != host, trimmed == wanted { return (0, "there is a blank in it") }
        if host.lowercased() == wanted.lowercased() {
            return (0, "upper and lower case differ")
        }
        let (name, port) = split(host.lowercased())
        let (wantedName, wantedPort) = split(wanted.lowercased())
        if name.hasSuffix("."), name.dropLast() == wantedName, port == wantedPort {
            return (1, "it ends in a dot")
        }
        if name == wantedName {
            return switch (port.isEmpty, wantedPort.isEmpty) {
            case (true, false): (2, "the port is missing in it")
            case (false, true): (2, "it has the port \(port)")
            default: (3, "the ports differ")
            }
        }
        if name.hasPrefix("*"), wantedName.hasSuffix(name.drop { $0 == "*" }) {
            return (4, "Docker knows no patterns")
        }
        if name == "www." + wantedName || wantedName == "www." + name {
            return (5, "one of them begins with www.")
        }
        if Set([name, wantedName]) == ["localhost", "127.0.0.1"] {
            return (6, "localhost and 127.0.0.1 are two names")
        }
        if name.contains("."), wantedName.hasSuffix("." + name) || name.hasSuffix("." + wantedName)
        {
            return (7, "one is a sub-domain of the other")
        }
        if name.utf8.count <= 255, wantedName.utf8.count <= 255, name.utf8.count > 5,
            editDistance(name, wantedName) <= 2
        {
            return (8, "the names differ")
        }
        return nil
    }

    private static func split(_ host: String) -> (name: String, port: String) {
        guard let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") else { return (host, "") }
        return (String(host[..<colon]), String(host[host.index(after: colon)...]))
    }
}
