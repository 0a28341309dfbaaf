import LocatedJSON
import Vocabulary

/// Reading as Go's `encoding/json` fills docker/cli's `ConfigFile`: names match in any case of
/// ASCII letters, later duplicates win, `null` is nothing, text behind the value is passed over.
extension ConfigFile {
    /// Reads a file's text.
    ///
    /// - Parameters:
    ///   - text: The file's bytes.
    ///   - layout: The layout that the client expects under the file's name.
    ///   - behavior: The client.
    /// - Throws: ``ConfigFileError``; the client then goes on without any credential.
    public init(
        parsing text: [UInt8], layout: Layout, behavior: DockerBehavior
    ) throws(ConfigFileError) {
        self = try Self.read(text, layout: layout, behavior: behavior)
        if let typeFault { throw typeFault }
    }

    /// Reads a file's text; a wrong type is in ``typeFault`` beside what Go filled all the same.
    static func read(
        _ text: [UInt8], layout: Layout, behavior: DockerBehavior
    ) throws(ConfigFileError) -> ConfigFile {
        var file = ConfigFile()
        if behavior.acceptsEmptyFile, text.allSatisfy({ [0x20, 0x09, 0x0a, 0x0d].contains($0) }) {
            return file
        }
        let root: JSONValue
        do throws(GoJSON.Fault) {
            root = try GoJSON.parse(text, as: .stream)
        } catch {
            if layout == .dockercfg, let entry = Self.twoLineEntry(text) {
                file.entries = [entry]
                file.decodeEntries(behavior)
                return file
            }
            throw ConfigFileError(
                .syntax, Self.message(error.text, text), at: error.location,
                clientText: error.text)
        }
        if root.kind == .null { return file }
        if file.expects(root, .object, "the top level", "value of type configfile.ConfigFile") {
            switch layout {
            case .config: file.readConfig(root, behavior)
            case .dockercfg:
                var places: [[UInt8]: Int] = [:]
                file.readEntries(root, path: "", behavior, &places)
            }
        }
        if file.typeFault == nil {
            file.decodeEntries(behavior)
        } else {
            file = file.undecoded
        }
        return file
    }

    /// What is wrong with a text, where its first bytes say more than Go does.
    private static func message(_ words: String, _ text: [UInt8]) -> String {
        if text.starts(with: [0xef, 0xbb, 0xbf]) { return "it begins with a byte order mark" }
        if text.starts(with: [0xff, 0xfe]) || text.starts(with: [0xfe, 0xff]) {
            return "it is UTF-16, not UTF-8"
        }
        return "it is not JSON: \(words)"
    }

    private mutating func readConfig(_ root: JSONValue, _ behavior: DockerBehavior) {
        var places: [[UInt8]: Int] = [:]
        var helpers: [String: String] = [:]
        defer {
            credentialHelpers = helpers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        }
        for member in root.members where member.value.kind != .null {
            let value = member.value
            switch member.name.lowercased() {
            case "auths":
                if expects(
                    value, .object, "auths",
                    "struct field ConfigFile.auths of type map[string]types.AuthConfig")
                {
                    readEntries(value, path: "auths/", behavior, &places)
                }
            case "credsstore" where behavior.knowsCredentialStore:
                if expects(
                    value, .string, "credsStore",
                    "struct field ConfigFile.credsStore of type string")
                {
                    credentialStore = value.stringValue ?? ""
                }
            case "credhelpers" where behavior.knowsCredentialHelpers:
                for (host, suffix) in texts(of: value, "credHelpers") {
                    helpers[host] = suffix
                }
            case "httpheaders": _ = texts(of: value, "HttpHeaders")
            case "aliases": _ = texts(of: value, "aliases")
            case "plugins", "proxies":
                _ = expects(
                    value, .object, member.name,
                    "struct field ConfigFile.\(member.name) of type map[string]interface {}")
            case "prunefilters", "clipluginsextradirs":
                _ = expects(
                    value, .array, member.name,
                    "struct field ConfigFile.\(member.name) of type []string")
            case let name where Self.stringFields.contains(name):
                _ = expects(
                    value, .string, member.name,
                    "struct field ConfigFile.\(member.name) of type string")
            default: break
            }
        }
    }

    /// The members of a map of strings; one of another type is empty, as Go leaves it.
    private mutating func texts(of value: JSONValue, _ field: String) -> [(String, String)] {
        let place = "struct field ConfigFile.\(field) of type"
        guard expects(value, .object, field, "\(place) map[string]string") else { return [] }
        var texts: [(String, String)] = []
        for member in value.goMap {
            let isText =
                member.value.kind == .null
                || expects(member.value, .string, "\(field)/\(member.name)", "\(place) string")
            texts.append((member.name, isText ? member.value.stringValue ?? "" : ""))
        }
        return texts
    }

    /// Other fields of docker/cli's `ConfigFile` whose wrong type spoils the file as well.
    private static let stringFields: Set<String> = [
        "psformat", "imagesformat", "networksformat", "pluginsformat", "volumesformat",
        "statsformat", "detachkeys", "serviceinspectformat", "servicesformat", "tasksformat",
        "secretformat", "configformat", "nodesformat", "currentcontext", "stackorchestrator",
        "experimental",
    ]

    /// Reads the entries of one map; `places` are those of all that were read before.
    private mutating func readEntries(
        _ map: JSONValue, path: String, _ behavior: DockerBehavior, _ places: inout [[UInt8]: Int]
    ) {
        for member in map.members {
            let entry = readEntry(member, path: path, behavior)
            // By bytes: two spellings of an accent are two keys.
            let key = Array(entry.key.utf8)
            if let place = places[key] {
                entries[place] = entry
            } else {
                places[key] = entries.count
                entries.append(entry)
            }
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
        entry.registryToken = text("registrytoken")
        return entry
    }

    private static let entryFields: Set<String> = [
        "auth", "username", "password", "email", "identitytoken", "registrytoken",
        "serveraddress",
    ]

    private mutating func decodeEntries(_ behavior: DockerBehavior) {
        for index in entries.indices {
            let auth = entries[index].auth
            if auth.isEmpty {
                if !behavior.readsPlainPassword {
                    entries[index].username = ""
                    entries[index].password = Secret("")
                }
                if !behavior.toleratesEmptyAuth {
                    entries[index].undecodable = behavior.invalidAuthText
                }
                continue
            }
            Self.decode(auth, into: &entries[index], behavior)
        }
    }

    /// Mirrors `decodeAuth` of docker/cli's `configfile/file.go`.
    ///
    /// Static: a method would hold all of the file, and the one entry could not be changed in place.
    private static func decode(
        _ auth: Secret, into entry: inout Entry, _ behavior: DockerBehavior
    ) {
        do throws(GoBase64.Fault) {
            let decoded = try GoBase64.decode(auth.reveal())
            guard let colon = decoded.firstIndex(of: UInt8(ascii: ":")),
                colon > 0 || !behavior.refusesEmptyUser
            else {
                entry.undecodable = behavior.invalidAuthText
                return
            }
            var password = decoded[(colon + 1)...]
            password = password.drop { $0 == 0 }
            while password.last == 0 { password.removeLast() }
            entry.username = String(decoding: decoded[..<colon], as: UTF8.self)
            entry.password = Secret(Array(String(decoding: password, as: UTF8.self).utf8))
        } catch {
            entry.undecodable = error.description
        }
    }

    /// The oldest layout: `auth = BASE64` and a second line; an entry for the Hub.
    private static func twoLineEntry(_ text: [UInt8]) -> Entry? {
        // By bytes: CR and LF together are one character of a string.
        let lines = text.split(separator: 0x0a, omittingEmptySubsequences: false)
        guard lines.count >= 2 else { return nil }
        let separator = Array(" = ".utf8)
        guard let found = lines[0].firstRange(of: separator) else { return nil }
        let value = lines[0][found.upperBound...]
        guard value.firstRange(of: separator) == nil else { return nil }
        return Entry(key: ImageReference.hubKey, name: nil, auth: Secret(Array(value)))
    }

    /// Whether a value has the type of its field; the first one that has not is kept.
    private mutating func expects(
        _ value: JSONValue, _ kind: JSONValue.Kind, _ path: String, _ goType: String
    ) -> Bool {
        if value.kind == kind { return true }
        if typeFault == nil {
            typeFault = ConfigFileError(
                .type, "\(path) must be \(kind.phrase), not \(value.kind.phrase)",
                at: value.location,
                clientText: "json: cannot unmarshal \(GoJSON.name(value.kind)) into Go \(goType)")
        }
        return false
    }
}
