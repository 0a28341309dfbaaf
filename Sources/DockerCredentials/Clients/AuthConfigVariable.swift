import LocatedJSON
import Vocabulary

/// The logins of the variable `DOCKER_AUTH_CONFIG`: `parseEnvConfig` of docker/cli 28.3 and newer.
///
/// It is stricter than the file: only `auths`, in an entry only `auth`, and nothing behind it.
struct AuthConfigVariable {
    private var entries: [(key: String, username: String, password: Secret)] = []
    private var fault: String?

    init(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.contains(where: { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }) else { return }
        do throws(GoJSON.Fault) {
            let root = try GoJSON.parse(bytes, as: .whole)
            for member in root.members {
                guard member.name.lowercased() == "auths" else {
                    throw Self.fault("json: unknown field \"\(member.name)\"")
                }
                for entry in member.value.goMap { try read(entry) }
            }
            guard root.kind == .object || root.kind == .null else {
                throw Self.fault("json: cannot unmarshal \(GoJSON.name(root.kind))")
            }
        } catch {
            fault = error.text
            entries = []
        }
    }

    private static func fault(_ text: String) -> GoJSON.Fault {
        GoJSON.Fault(text: text, location: nil)
    }

    private mutating func read(_ entry: JSONMember) throws(GoJSON.Fault) {
        var auth: [UInt8] = []
        for field in entry.value.members {
            guard field.name.lowercased() == "auth" else {
                throw Self.fault("json: unknown field \"\(field.name)\"")
            }
            auth = field.value.stringBytes ?? []
        }
        guard !auth.isEmpty else { throw Self.fault("the entry of \(entry.name) has no auth") }
        let decoded: [UInt8]
        do throws(GoBase64.Fault) {
            decoded = try GoBase64.decode(auth)
        } catch {
            throw Self.fault(error.description)
        }
        guard let colon = decoded.firstIndex(of: UInt8(ascii: ":")), colon > 0 else {
            throw Self.fault("invalid auth configuration file")
        }
        entries.removeAll { $0.key == entry.name }
        entries.append(
            (
                entry.name, String(decoding: decoded[..<colon], as: UTF8.self),
                Secret(Array(decoded[(colon + 1)...]))
            ))
    }

    /// The keys of its logins.
    var keys: [String] { entries.map(\.key) }

    /// What the client prints where it cannot use the variable.
    var warning: String? {
        fault.map { "Failed to create credential store from DOCKER_AUTH_CONFIG:  \($0)" }
    }

    /// The login for exactly that key; there is no way from a URL to its host here.
    func decision(for key: String) -> CredentialDecision? {
        guard let entry = entries.first(where: { $0.key == key }) else { return nil }
        let isWhole = !entry.username.isEmpty && !entry.password.isEmpty
        var decision = CredentialDecision(
            kind: isWhole ? .basic : .anonymous, key: key, reason: "exact-key")
        decision.username = entry.username
        decision.secret = isWhole ? entry.password : nil
        return decision
    }

    /// What came of looking at it.
    func step(for key: String) -> Step {
        let isThere = entries.contains { $0.key == key }
        let keys = entries.lazy.map(\.key).inShort
        let because =
            fault.map { "the client cannot use it: \($0)" }
            ?? (isThere
                ? "it has exactly \(key), and beats helpers and the file"
                : "it has no entry \(key); it has \(keys.isEmpty ? "none" : keys)")
        return Step(
            step: "environment-variable", place: "DOCKER_AUTH_CONFIG",
            outcome: isThere ? .chosen : .passedOver, because: because)
    }
}
