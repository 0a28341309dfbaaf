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
        if behavior.acceptsEmptyFile, text.allSatisfy({ [0x20, 0x09, 0x0a, 0x0d].contains($0) }) {
            return
        }
        let document: JSONDocument
        do throws(JSONSyntaxError) {
            document = try JSONDocument(parsing: text, limits: JSONLimits(maxDepth: 10_000))
        } catch {
            if layout == .dockercfg, let entry = Self.twoLineEntry(text) {
                entries = [entry]
                try decodeEntries(behavior)
                return
            }
            throw ConfigFileError(.syntax, error.description, at: error.location)
        }
        if document.hasByteOrderMark {
            throw ConfigFileError(
                .syntax, "it begins with a byte order mark",
                at: document.location(ofOffset: 0))
        }
        let root = document.root
        if root.kind == .null { return }
        try Self.require(root, .object, "the top level")
        switch layout {
        case .config: try readConfig(root, behavior)
        case .dockercfg: try readEntries(root, path: "", behavior)
        }
        try decodeEntries(behavior)
    }

    private mutating func readConfig(
        _ root: JSONValue, _ behavior: DockerBehavior
    ) throws(ConfigFileError) {
        for member in root.members where member.value.kind != .null {
            let value = member.value
            switch member.name.lowercased() {
            case "auths":
                try Self.require(value, .object, "auths")
                try readEntries(value, path: "auths/", behavior)
            case "credsstore" where behavior.knowsCredentialStore:
                try Self.require(value, .string, "credsStore")
                credentialStore = value.stringValue ?? ""
            case "credhelpers" where behavior.knowsCredentialHelpers:
                try Self.require(value, .object, "credHelpers")
                for helper in value.members {
                    try Self.require(helper.value, .string, "credHelpers/\(helper.name)")
                    credentialHelpers.removeAll { $0.host == helper.name }
                    credentialHelpers.append((helper.name, helper.value.stringValue ?? ""))
                }
            case "httpheaders":
                try Self.require(value, .object, "HttpHeaders")
                for header in value.members {
                    try Self.require(header.value, .string, "HttpHeaders/\(header.name)")
                }
            case let name where Self.stringFields.contains(name):
                try Self.require(value, .string, member.name)
            default: break
            }
        }
    }

    /// Other fields of docker/cli's `ConfigFile` whose wrong type spoils the file as well.
    private static let stringFields: Set<String> = [
        "psformat", "imagesformat", "networksformat", "pluginsformat", "volumesformat",
        "statsformat", "detachkeys", "serviceinspectformat", "servicesformat", "tasksformat",
        "secretformat", "configformat", "nodesformat", "currentcontext", "stackorchestrator",
    ]

    private mutating func readEntries(
        _ map: JSONValue, path: String, _ behavior: DockerBehavior
    ) throws(ConfigFileError) {
        for member in map.members {
            var entry = Entry(
                key: member.name, location: member.nameValue.location, auth: Secret(""))
            if member.value.kind != .null {
                try Self.require(member.value, .object, path + member.name)
                entry = try Self.readEntry(member, path: path, behavior)
            }
            entries.removeAll { $0.key == entry.key }
            entries.append(entry)
        }
    }

    private static func readEntry(
        _ member: JSONMember, path: String, _ behavior: DockerBehavior
    ) throws(ConfigFileError) -> Entry {
        var texts: [String: Secret] = [:]
        let known = [
            "auth", "username", "password", "email", "identitytoken", "registrytoken",
            "serveraddress",
        ]
        for field in member.value.members where field.value.kind != .null {
            let name = field.name.lowercased()
            guard known.contains(name) else { continue }
            try require(field.value, .string, "\(path)\(member.name)/\(field.name)")
            texts[name] = Secret(field.value.stringValue ?? "")
        }
        func text(_ name: String) -> Secret { texts[name] ?? Secret("") }
        var entry = Entry(
            key: member.name, location: member.nameValue.location, auth: text("auth"))
        entry.username = String(decoding: text("username").reveal(), as: UTF8.self)
        entry.password = text("password")
        entry.plain = (entry.username, entry.password)
        entry.identityToken = behavior.knowsIdentityToken ? text("identitytoken") : Secret("")
        entry.registryToken = text("registrytoken")
        return entry
    }

    private mutating func decodeEntries(_ behavior: DockerBehavior) throws(ConfigFileError) {
        for index in entries.indices {
            let auth = entries[index].auth
            if auth.isEmpty {
                if !behavior.readsPlainPassword {
                    entries[index].username = ""
                    entries[index].password = Secret("")
                }
                if !behavior.toleratesEmptyAuth {
                    entries[index].undecodable = "Invalid auth configuration file"
                }
                continue
            }
            decode(auth, into: &entries[index], behavior)
        }
    }

    /// Mirrors `decodeAuth` of docker/cli's `configfile/file.go`.
    private func decode(_ auth: Secret, into entry: inout Entry, _ behavior: DockerBehavior) {
        do throws(GoBase64.Fault) {
            let decoded = try GoBase64.decode(auth.reveal())
            guard let colon = decoded.firstIndex(of: UInt8(ascii: ":")),
                colon > 0 || !behavior.refusesEmptyUser
            else {
                entry.undecodable = "Invalid auth configuration file"
                return
            }
            var password = decoded[(colon + 1)...]
            while password.first == 0 { password.removeFirst() }
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
        return Entry(key: ImageReference.hubKey, location: nil, auth: Secret(Array(value)))
    }

    private static func require(
        _ value: JSONValue, _ kind: JSONValue.Kind, _ path: String
    ) throws(ConfigFileError) {
        guard value.kind == kind else {
            throw ConfigFileError(
                .type, "\(path) must be \(kind.phrase), not \(value.kind.phrase)",
                at: value.location)
        }
    }
}
