import LocatedJSON
import Vocabulary

extension ConfigFile {
    /// Reads the entries of one map on top of those that were read before.
    mutating func readEntries(
        _ map: JSONValue, path: String, _ behavior: DockerBehavior, into read: inout GoMap<Entry>
    ) {
        for member in map.members {
            read.set(readEntry(member, path: path, behavior), for: member.name)
        }
    }

    private mutating func readEntry(
        _ member: JSONMember, path: String, _ behavior: DockerBehavior
    ) -> Entry {
        let empty = Entry(
            key: member.name, name: member.nameValue, auth: Secret(""))
        let words = "struct field ConfigFile.auths of type types.AuthConfig"
        guard member.value.kind != .null,
            expects(member.value, .object, path + member.name, words)
        else { return empty }
        var texts: [String: Secret] = [:]
        for field in member.value.members where field.value.kind != .null {
            let name = field.name.lowercased()
            let isKnown =
                Self.entryFields.contains(name) && (name != "email" || behavior.knowsEmail)
            guard isKnown,
                expects(
                    field.value, .string, "\(path)\(member.name)/\(field.name)",
                    "struct field AuthConfig.auths.\(name) of type string")
            else { continue }
            texts[name] = Secret(field.value.stringValue ?? "")
        }
        func text(_ name: String) -> Secret { texts[name] ?? Secret("") }
        var entry = Entry(
            key: member.name, name: member.nameValue, auth: text("auth"))
        entry.username = String(decoding: text("username").reveal(), as: UTF8.self)
        entry.password = text("password")
        entry.plain = (entry.username, entry.password)
        entry.identityToken = behavior.knowsIdentityToken ? text("identitytoken") : Secret("")
        entry.registryToken = behavior.knowsRegistryToken ? text("registrytoken") : Secret("")
        entry.serverAddress = String(decoding: text("serveraddress").reveal(), as: UTF8.self)
        return entry
    }

    private static let entryFields: Set<String> = [
        "auth", "username", "password", "email", "identitytoken", "registrytoken",
        "serveraddress",
    ]

    /// Decodes every `auth`; what the fields themselves say counts beside an empty one alone, and
    /// only where that is said.
    mutating func decodeEntries(_ behavior: DockerBehavior, readsPlain: Bool) {
        for index in entries.indices {
            let auth = entries[index].auth
            if auth.isEmpty {
                if !readsPlain {
                    entries[index].username = ""
                    entries[index].password = Secret("")
                }
                if !behavior.toleratesEmptyAuth {
                    entries[index].undecodable = behavior.invalidAuthText
                }
                continue
            }
            do throws(DockerAuth.Fault) {
                entries[index].take(try DockerAuth(decoding: auth.reveal(), behavior))
            } catch {
                entries[index].undecodable = error.text
            }
        }
    }
}

extension ConfigFile.Entry {
    /// Takes over what its `auth` holds.
    mutating func take(_ login: DockerAuth) {
        username = login.username
        password = login.password
    }
}
