import Vocabulary

/// The logins that are taken out of a Docker config to travel with a task.
///
/// Every login is written under the one key that each Docker reads, with its user and password in
/// `auth`, which Docker, Mesos, skopeo and oras all read; nothing else of the file is taken along.
///
/// ```swift
/// var packed = PackedLogins()
/// guard packed.add(entry, under: "quay.io") else { return }
/// let text = packed.text(layout: .config)
/// ```
public struct PackedLogins: Sendable {
    private var logins: [String: [(field: String, value: Secret)]] = [:]

    /// No login yet.
    public init() {}

    /// The keys, sorted by their bytes.
    public var keys: [String] { logins.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

    /// Keys whose login holds no user with a password, which is all that Mesos' own containerizer
    /// sends.
    public var keysWithoutMesosLogin: [String] {
        let text = text(layout: .config)
        return keys.filter {
            let host = $0 == ImageReference.hubKey ? "docker.io" : $0
            let decision = MesosPull(secret: text).decide(host: host)
            return decision.username?.isEmpty != false || decision.secret?.isEmpty != false
        }
    }

    /// Adds what an entry of a file holds.
    ///
    /// - Parameters:
    ///   - entry: An entry that is not empty.
    ///   - key: The key to write it under.
    /// - Returns: `false` for a user with a colon, which `auth` cannot hold: what is behind the
    ///   colon would be read as the password's begin.
    public mutating func add(_ entry: ConfigFile.Entry, under key: String) -> Bool {
        var fields: [(String, Secret)] = []
        if entry.auth.isEmpty {
            guard !entry.username.utf8.contains(0x3a) else { return false }
            if !entry.username.isEmpty || !entry.password.isEmpty {
                fields.append(("auth", Self.auth(entry.username, entry.password)))
            }
        } else {
            // A line end inside the value is harmless to Docker and breaks Mesos' header.
            let value = entry.auth.reveal().filter { $0 != 0x0a && $0 != 0x0d }
            fields.append(("auth", Secret(value)))
        }
        if !entry.identityToken.isEmpty { fields.append(("identitytoken", entry.identityToken)) }
        if !entry.registryToken.isEmpty { fields.append(("registrytoken", entry.registryToken)) }
        logins[key] = fields
        return true
    }

    /// Adds what a helper answered.
    ///
    /// - Parameters:
    ///   - decision: A decision with user and password, or with a token.
    ///   - key: The key to write it under.
    /// - Returns: Whether it held a login that `auth` can hold.
    public mutating func add(_ decision: CredentialDecision, under key: String) -> Bool {
        guard let secret = decision.secret, !secret.isEmpty else { return false }
        if decision.kind == .basic, decision.username?.utf8.contains(0x3a) == true { return false }
        switch decision.kind {
        case .basic: logins[key] = [("auth", Self.auth(decision.username ?? "", secret))]
        case .identityToken:
            // As docker login writes it; containers/image needs the colon to see the token.
            let empty = Self.auth(decision.username ?? "00000000-0000-0000-0000-000000000000")
            logins[key] = [("auth", empty), ("identitytoken", secret)]
        case .registryToken: logins[key] = [("registrytoken", secret)]
        default: return false
        }
        return true
    }

    /// The file's text: the same bytes for the same logins, keys sorted, a line end behind it.
    ///
    /// - Parameter layout: That of `config.json`, or of `.dockercfg`.
    /// - Returns: UTF-8.
    public func text(layout: ConfigFile.Layout) -> [UInt8] {
        let indent = layout == .config ? "    " : "  "
        var text: [UInt8] = Array("{\n".utf8)
        if layout == .config { text += Array("  \"auths\": {\n".utf8) }
        for (index, key) in keys.enumerated() {
            text += Array("\(indent)".utf8) + quoted(Array(key.utf8)) + Array(": {\n".utf8)
            let fields = logins[key] ?? []
            for (number, field) in fields.enumerated() {
                text += Array("\(indent)  \"\(field.field)\": ".utf8)
                text += quoted(field.value.reveal())
                text += Array(number + 1 < fields.count ? ",\n".utf8 : "\n".utf8)
            }
            text += Array("\(indent)}\(index + 1 < keys.count ? "," : "")\n".utf8)
        }
        return text + Array(layout == .config ? "  }\n}\n".utf8 : "}\n".utf8)
    }

    private static func auth(_ user: String, _ password: Secret = Secret("")) -> Secret {
        Secret(base64(Array(user.utf8) + [0x3a] + password.reveal()))
    }

    private static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var number = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            number <<= UInt32(8 * (3 - group.count))
            for place in 0...3 {
                let digit = digits[Int(number >> UInt32(18 - 6 * place) & 63)]
                text.append(place <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return text
    }

    private func quoted(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = [0x22]
        for byte in bytes {
            switch byte {
            case 0x22, 0x5c: text += [0x5c, byte]
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                text += Array("\\u00\(byte < 16 ? "0" : "")\(digits)".utf8)
            default: text.append(byte)
            }
        }
        return text + [0x22]
    }
}
