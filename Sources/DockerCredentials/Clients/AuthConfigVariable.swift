import LocatedJSON
import Vocabulary

/// The logins of the variable `DOCKER_AUTH_CONFIG`: `parseEnvConfig` of docker/cli 28.3 and newer.
///
/// It is stricter than the file: only `auths`, in an entry only `auth`, and nothing behind it.
struct AuthConfigVariable {
    private var entries: [(key: String, login: DockerAuth)] = []
    /// Why the client cannot use it, in its words.
    private(set) var fault: String?

    init(_ text: String, _ behavior: DockerBehavior = .newest) {
        let bytes = Array(text.utf8)
        guard bytes.contains(where: { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }) else { return }
        do throws(GoJSON.Fault) {
            let root = try GoJSON.parse(bytes, as: .whole)
            guard try Self.isObject(root, "Go value of type configfile.configEnv") else { return }
            var maps: [JSONValue] = []
            for member in root.members {
                guard member.name.lowercased() == "auths" else {
                    throw Self.fault("json: unknown field \"\(member.name)\"")
                }
                let words =
                    "Go struct field configEnv.auths of type map[string]configfile.configEnvAuth"
                if try Self.isObject(member.value, words) { maps.append(member.value) }
            }
            for entry in JSONValue.goMap(of: maps) {
                entries.append((entry.name, try Self.login(entry, behavior)))
            }
        } catch {
            fault = error.text
            entries = []
        }
    }

    private static func fault(_ text: String) -> GoJSON.Fault {
        GoJSON.Fault(text: text, location: nil)
    }

    /// Whether a value is an object; `null` is nothing, and anything else an error.
    private static func isObject(
        _ value: JSONValue, _ words: String
    ) throws(GoJSON.Fault) -> Bool {
        if value.kind == .object { return true }
        guard value.kind == .null else {
            throw fault("json: cannot unmarshal \(GoJSON.name(value.kind)) into \(words)")
        }
        return false
    }

    private static func login(
        _ entry: JSONMember, _ behavior: DockerBehavior
    ) throws(GoJSON.Fault) -> DockerAuth {
        var auth: [UInt8] = []
        let words = "Go struct field configEnv.auths of type configfile.configEnvAuth"
        if try isObject(entry.value, words) {
            for field in entry.value.members {
                guard field.name.lowercased() == "auth" else {
                    throw fault("json: unknown field \"\(field.name)\"")
                }
                guard field.value.kind != .null else { continue }
                guard let text = field.value.stringBytes else {
                    throw fault(
                        "json: cannot unmarshal \(GoJSON.name(field.value.kind)) into Go struct"
                            + " field configEnvAuth.auths.auth of type string")
                }
                auth = text
            }
        }
        guard !auth.isEmpty else { throw fault("the entry of \(entry.name) has no auth") }
        do throws(DockerAuth.Fault) {
            return try DockerAuth(decoding: auth, behavior)
        } catch {
            throw fault(error.text)
        }
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
        let login = entry.login
        let isWhole = !login.username.isEmpty && !login.password.isEmpty
        var decision = CredentialDecision(
            kind: isWhole ? .basic : .anonymous, key: key, reason: "exact-key")
        decision.username = login.username
        decision.secret = isWhole ? login.password : nil
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
