import LocatedJSON
import Vocabulary

/// Rules about one entry's value: V01 to V17, and what single providers hand out.
struct ValueRules {
    let entry: ConfigFile.Entry
    let host: String
    let context: ReviewContext

    func review(_ sink: inout FindingSink) {
        tokens(&sink)
        if entry.auth.isEmpty {
            let fields = [
                entry.plain.username.isEmpty ? nil : "username",
                entry.plain.password.isEmpty ? nil : "password",
            ].compactMap(\.self)
            guard !fields.isEmpty else {
                _ = provider.review(&sink)
                return
            }
            sink.add(
                "V15", at: entry.location,
                "the entry \(entry.key) has a plain \(fields.joined(separator: " and ")), which"
                    + " Docker before 19.03.6, skopeo, podman and Mesos ignore")
            login(&sink)
            return
        }
        if entry.auth.reveal().contains(where: { $0 == 0x0a || $0 == 0x0d }) {
            sink.add(
                "V05", at: entry.location,
                "the auth of \(entry.key) is broken over lines: Docker takes it, Mesos would send a"
                    + " broken header")
        }
        if entry.undecodable != nil {
            sink.add(undecodable.id, at: entry.location, undecodable.message)
        } else {
            login(&sink)
        }
    }

    private var provider: ProviderRules {
        ProviderRules(entry: entry, host: host, now: context.now)
    }

    /// Why `auth` cannot be decoded.
    private var undecodable: (id: String, message: String) {
        let auth = entry.auth.reveal()
        let key = entry.key
        if isSample(auth) {
            return ("V17", "the auth of \(key) is a sample value")
        }
        guard let decoded = try? GoBase64.decode(auth) else {
            return undecodableBase64(auth, key)
        }
        guard let colon = decoded.firstIndex(of: 0x3a) else {
            if isLogin(try? GoBase64.decode(decoded)) {
                return ("V12", "the auth of \(key) is encoded twice")
            }
            if isSample(decoded) { return ("V17", "the auth of \(key) is a sample value") }
            return ("V07", "the auth of \(key) decodes to something without a colon")
        }
        if colon == 0, losesDollar {
            return (
                "P08", "the user of \(key) is empty: the shell has eaten a name that began with $"
            )
        }
        return colon == 0
            ? ("V08", "the auth of \(key) has no user in front of the colon")
            : ("C16", "the auth of \(key) cannot be decoded")
    }

    private func undecodableBase64(
        _ auth: [UInt8], _ key: String
    ) -> (id: String, message: String) {
        if auth.contains(0x3a) {
            return ("V01", "the auth of \(key) holds plain text, and must be base64")
        }
        if auth.contains(where: { $0 == 0x20 || $0 == 0x09 })
            || auth.firstRange(of: "\u{a0}".utf8) != nil
        {
            return ("V03", "there is white space in the auth of \(key)")
        }
        if auth.contains(where: { $0 == 0x2d || $0 == 0x5f }) {
            return ("V04", "the auth of \(key) is URL-safe base64, which Docker does not decode")
        }
        let bare = auth.filter { $0 != 0x0a && $0 != 0x0d }
        let digits = bare.filter { $0 != 0x3d }.count
        let isAlphabet = bare.allSatisfy {
            ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2b || $0 == 0x2f || $0 == 0x3d
        }
        if isAlphabet, bare.count % 4 != 0 || bare.count - digits > 2 || digits % 4 == 0 {
            return ("V02", "the padding of the auth of \(key) is wrong")
        }
        return ("C16", "the auth of \(key) is broken: \(entry.undecodable ?? "no base64")")
    }

    /// V13, V14.
    private func tokens(_ sink: inout FindingSink) {
        if !entry.registryToken.isEmpty {
            sink.add(
                "V14", at: entry.location,
                "\(entry.key) has a registrytoken, which lives shortly and hides user and password")
        }
        if !entry.identityToken.isEmpty {
            sink.add(
                "V13", at: entry.location,
                "\(entry.key) has an identitytoken, which needs a token server and does not serve"
                    + " the Mesos containerizer")
        }
    }

    /// V06, V08 to V12, V16, V17: user and password.
    private func login(_ sink: inout FindingSink) {
        let raw = decodedAuth
        let user = raw.map { $0.user } ?? Array(entry.plain.username.utf8)
        let password = raw.map { $0.password } ?? entry.plain.password.reveal()
        let hasToken = !entry.identityToken.isEmpty || !entry.registryToken.isEmpty
        func add(_ id: String, _ message: String) {
            sink.add(id, at: entry.location, message)
        }
        if provider.review(&sink) { return }
        if isSample(user + [0x3a] + password) || isSample(password) || isSample(user) {
            return add("V17", "the login of \(entry.key) is a sample value")
        }
        if user.isEmpty {
            if hasToken { return }
            return losesDollar
                ? add("P08", "the user of \(entry.key) is empty: the shell has eaten a $name")
                : add("V08", "the login of \(entry.key) has no user")
        }
        if password.isEmpty {
            if !hasToken { add("V09", "the login of \(entry.key) has no password") }
            return
        }
        if user == Array("<token>".utf8) {
            add("V16", "the user of \(entry.key) is <token>, which only helpers may answer")
        }
        if isLogin(try? GoBase64.decode(password)), raw == nil {
            add("V12", "the login of \(entry.key) is encoded twice")
        }
        if String(validating: user + password, as: UTF8.self) == nil {
            add("V11", "user or password of \(entry.key) is not UTF-8: Docker damages it")
        } else if password.last == 0x0a || password.last == 0x0d {
            add("V06", "the password of \(entry.key) ends with a line end; the registry refuses it")
        } else if isOdd(user)
            || isOdd(user == Array("_json_key".utf8) ? oneLine(password) : password)
        {
            add(
                "V10",
                "user or password of \(entry.key) has an outer blank or a control character")
        }
    }

    /// User and password as they stand in `auth`, before anything is cut or replaced.
    private var decodedAuth: (user: [UInt8], password: [UInt8])? {
        guard !entry.auth.isEmpty, let decoded = try? GoBase64.decode(entry.auth.reveal()),
            let colon = decoded.firstIndex(of: 0x3a)
        else { return nil }
        return (Array(decoded[..<colon]), Array(decoded[(colon + 1)...]))
    }

    /// Whether the registry's users begin with a dollar sign.
    private var losesDollar: Bool { host == "nvcr.io" || host == "quay.io" }

    private func isOdd(_ bytes: [UInt8]) -> Bool {
        bytes.first == 0x20 || bytes.last == 0x20 || bytes.contains { $0 < 0x20 || $0 == 0x7f }
    }

    /// A text of JSON may stand in lines.
    private func oneLine(_ bytes: [UInt8]) -> [UInt8] {
        bytes.filter { $0 != 0x0a && $0 != 0x0d && $0 != 0x09 }
    }

    private func isLogin(_ bytes: [UInt8]?) -> Bool {
        guard let bytes, let colon = bytes.firstIndex(of: 0x3a), colon > 0 else { return false }
        return bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7f }
    }

    /// Values of documentation: xXxX…, XXXXX, changeme, <password>, user:password.
    private func isSample(_ bytes: [UInt8]) -> Bool {
        guard (4...64).contains(bytes.count) else { return false }
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        let words: Set<String> = [
            "changeme", "user:password", "username:password", "<password>", "<username>",
            "<auth>", "<base64>", "your-password", "your_password", "yourpassword",
        ]
        let bare = text.filter { !".:=-*".contains($0) }
        return words.contains(text) || text.hasPrefix("<your")
            || bare.utf8.count >= 4 && bare.utf8.allSatisfy { $0 == 0x78 }
    }
}
