import Foundation

/// SplitMix64: the same cases in every run.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }

    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &self)]
    }

    mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }
}

/// A random image with random credentials files, made of what real ones are made of: keys in all
/// spellings, names of the Hub, ports, paths, empty and broken entries, tokens, helpers.
struct CredentialCase {
    /// The one user that the registry lets in, and the password.
    static let guest = (user: "guest", password: "let:me in")
    /// The images that the registry holds, with the tags `latest` and `1`.
    static let paths = ["team/app", "library/ubuntu", "one/app", "team/sub/app", "app"]
    static let hosts = [
        "quay.io", "docker.io", "registry.example.com:5000", "registry.example.com", "gcr.io",
    ]

    var files: [String: String] = [:]
    /// The host as it is written, empty for a short name of the Hub.
    var host: String
    var path: String
    /// `:TAG`, `@DIGEST`, both or nothing.
    var suffix: String

    var image: String { (host.isEmpty ? path : "\(host)/\(path)") + suffix }

    /// - Parameters:
    ///   - random: The source of all that is random.
    ///   - loopback: `127.0.0.1:PORT` of the registry, an image's host like any other.
    ///   - digest: That of the image's manifest.
    init(_ random: inout SeededRandom, loopback: String, digest: String) {
        host = random.pick(Self.hosts + [loopback, "", "index.docker.io"])
        path = random.pick(Self.paths)
        suffix = random.pick(["", "", ":1", ":latest", "@\(digest)"])
        if random.oneIn(40) { host = random.pick(["Quay", "[::1]:5000"]) }
        if random.oneIn(40) { suffix = ":1@\(digest)" }
        var hosts = Self.hosts + [loopback]
        // Mostly about the image's own registry, or there would be little to decide.
        let own = host.isEmpty || host == "index.docker.io" ? "docker.io" : host
        hosts += [String](repeating: own, count: 2 * hosts.count)
        let names = [
            ".docker/config.json", ".docker/config.json", ".docker/config.json", ".dockercfg",
            ".config/containers/auth.json",
        ]
        for _ in 0..<(random.oneIn(4) ? 2 : 1) {
            let name = random.pick(names)
            files[name] = Self.file(&random, hosts, isLegacy: name == ".dockercfg")
        }
    }

    private static let keyForms = [
        "HOST", "HOST", "HOST", "HOST", "HOST", "HOST", "https://HOST", "http://HOST",
        "https://HOST/v1/", "HOST/",
        "HOST/v2/", "HOST/team", "HOST/team/app", "HOST/other", "HTTPS://HOST", "HOST:443",
        "https://index.docker.io/v1/", "index.docker.io", "registry-1.docker.io", "docker.io",
        "docker.io/library", "docker.io/library/ubuntu", "http://https://HOST", "*.HOST",
        "www.HOST", "HOST.", " HOST", "https://u@HOST/", "",
    ]

    private static func file(
        _ random: inout SeededRandom, _ hosts: [String], isLegacy: Bool
    ) -> String {
        var entries: [String] = []
        let count = Int.random(in: 0...4, using: &random)
        for number in 0..<count {
            let key = random.pick(keyForms).replacingOccurrences(
                of: "HOST", with: random.pick(hosts))
            let entry = entry(&random, isGuest: !random.oneIn(3), user: "user\(number)")
            entries.append("\"\(key)\": \(entry)")
        }
        let map = "{\(entries.joined(separator: ", "))}"
        if isLegacy { return map }
        switch Int.random(in: 0..<40, using: &random) {
        case 0: return "{\"auths\": \(map)} trailing"
        case 1: return "{\"auths\": \(map), \"credsStore\": \"none\"}"
        case 2: return "\u{feff}{\"auths\": \(map)}"
        case 3: return "{\"Auths\": \(map), \"auths\": {}}"
        case 4: return "{\"auths\": \(map), \"credsStore\": true}"
        case 5: return "{\"auths\": \(map), \"auths\": \(map)}"
        case 6: return "{\"auths\": null, \"x\": [1.5e3, \"\\u00e9\\/\"]}"
        case 7: return "{\"auths\": \(map)"
        case 8: return map
        case 9: return ""
        case 10..<20:
            let host =
                random.oneIn(5)
                ? random.pick(["index.docker.io", "https://quay.io"]) : random.pick(hosts)
            let helper = random.pick([
                "guest", "guest", "other", "token", "unknown", "broken", "absent", "words", "empty",
                "",
            ])
            return "{\"credHelpers\": {\"\(host)\": \"\(helper)\"}, \"auths\": \(map)}"
        default: return "{\"auths\": \(map)}"
        }
    }

    private static func entry(
        _ random: inout SeededRandom, isGuest: Bool, user: String
    ) -> String {
        func encoded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
        let login = isGuest ? "\(Self.guest.user):\(Self.guest.password)" : "\(user):secret"
        var auth = encoded(login)
        switch Int.random(in: 0..<40, using: &random) {
        case 0: return "{}"
        case 1: return "null"
        case 2: auth = ""
        case 3: auth = encoded("justtoken")
        case 4: auth = "not base64"
        case 5: auth = encoded(":secret")
        case 6: auth = encoded("\(user):")
        case 7: auth = encoded(login + "\n")
        case 8: auth = encoded(login.replacingOccurrences(of: ":", with: ":\0") + "\0\0")
        case 9: auth = String(auth.prefix { $0 != "=" }) + "A"
        case 10: auth.insert("\n", at: auth.index(auth.startIndex, offsetBy: 4))
        case 11: return "{\"username\": \"guest\", \"password\": \"let:me in\"}"
        case 12: return "{\"auth\": \"\(encoded("\(user):"))\", \"identitytoken\": \"t\"}"
        case 13: return "{\"identitytoken\": \"t\"}"
        case 14: return "{\"auth\": \"\(auth)\", \"registrytoken\": \"t\", \"email\": 3}"
        case 15: return "{\"auth\": \"\(auth)\", \"auth\": \"\(encoded("\(user)b:x"))\"}"
        case 16: return "{\"auth\": 5}"
        default: break
        }
        let name = random.oneIn(5) ? "AUTH" : "auth"
        return "{\"\(name)\": \"\(auth.replacingOccurrences(of: "\n", with: "\\n"))\"}"
    }
}
