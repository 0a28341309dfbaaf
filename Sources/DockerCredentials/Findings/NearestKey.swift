/// The key that was probably meant for a host, and why Docker does not take it.
struct NearestKey {
    let key: String
    let because: String

    init?(to wanted: String, among keys: [String]) {
        for key in keys {
            let host = RegistryKey.plainHost(of: key)
            let (name, port) = Self.split(host)
            let (wantedName, wantedPort) = Self.split(wanted)
            let reason: String? =
                if host.lowercased() == wanted.lowercased() {
                    "upper and lower case differ"
                } else if host.hasSuffix(".") && String(host.dropLast()) == wanted {
                    "it ends in a dot"
                } else if name == wantedName, port != wantedPort {
                    "the ports differ"
                } else if name.hasPrefix("*.") {
                    "it takes no patterns"
                } else if name == "www." + wantedName || wantedName == "www." + name {
                    "one has www."
                } else if wantedName.hasSuffix("." + name) || name.hasSuffix("." + wantedName) {
                    "one is a sub-domain of the other"
                } else if Set([name, wantedName]) == ["localhost", "127.0.0.1"] {
                    "localhost and 127.0.0.1 are two names"
                } else {
                    nil
                }
            if let reason {
                self.key = key
                because = reason
                return
            }
        }
        return nil
    }

    private static func split(_ host: String) -> (String, String) {
        guard let colon = host.lastIndex(of: ":") else { return (host, "") }
        return (String(host[..<colon]), String(host[host.index(after: colon)...]))
    }
}
