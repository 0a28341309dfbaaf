import LocatedJSON
import Vocabulary

/// The fields of docker/cli's `ConfigFile`: those that say where logins are, and the others, whose
/// wrong type spoils all of the file as well.
extension ConfigFile {
    /// Fills the file as Go does with the members of its top level.
    mutating func fill(_ root: JSONValue, _ behavior: DockerBehavior) {
        var read = GoMap<Entry>()
        var helpers: [String: String] = [:]
        defer {
            entries = read.values
            credentialHelpers = helpers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        }
        for member in root.members where member.value.kind != .null {
            let value = member.value
            switch member.name.lowercased() {
            case "auths":
                let words = "\(Self.place("auths")) map[string]types.AuthConfig"
                if expects(value, .object, "auths", words) {
                    readEntries(value, path: "auths/", behavior, into: &read)
                }
            case "credsstore" where behavior.knowsCredentialStore:
                if expects(value, .string, "credsStore", Self.place("credsStore") + " string") {
                    credentialStore = value.stringValue ?? ""
                }
            case "credhelpers" where behavior.knowsCredentialHelpers:
                for (host, suffix) in texts(of: value, "credHelpers") {
                    helpers[host] = suffix
                }
            case let name:
                if let field = Self.otherFields[name], behavior.knows(field.name) {
                    check(value, field.name, field.shape)
                }
            }
        }
    }

    private static func place(_ field: String) -> String {
        "struct field ConfigFile.\(field) of type"
    }

    /// The members of a map of strings; one of another type is empty, as Go leaves it.
    private mutating func texts(
        of value: JSONValue, _ field: String, path: String? = nil
    ) -> [(String, String)] {
        let path = path ?? field
        guard expects(value, .object, path, Self.place(field) + " map[string]string") else {
            return []
        }
        var texts: [(String, String)] = []
        for member in value.goMap {
            let isText =
                member.value.kind == .null
                || expects(
                    member.value, .string, "\(path)/\(member.name)", Self.place(field) + " string")
            texts.append((member.name, isText ? member.value.stringValue ?? "" : ""))
        }
        return texts
    }

    /// What Go makes of a field that says nothing of logins.
    private enum Shape {
        /// `string`.
        case text
        /// `[]string`.
        case list
        /// `map[string]string`.
        case texts
        /// `map[string]map[string]string`.
        case maps
        /// `map[string]ProxyConfig`, whose fields are strings.
        case proxies
    }

    /// By lower-case name: the name as Go's errors write it, and its type.
    private static let otherFields: [String: (name: String, shape: Shape)] = {
        let texts = [
            "psFormat", "imagesFormat", "networksFormat", "pluginsFormat", "volumesFormat",
            "statsFormat", "detachKeys", "serviceInspectFormat", "servicesFormat", "tasksFormat",
            "secretFormat", "configFormat", "nodesFormat", "currentContext", "stackOrchestrator",
            "experimental",
        ]
        var fields = Dictionary(
            uniqueKeysWithValues: texts.map { ($0.lowercased(), ($0, Shape.text)) })
        for name in ["pruneFilters", "cliPluginsExtraDirs"] {
            fields[name.lowercased()] = (name, .list)
        }
        for name in ["HttpHeaders", "aliases", "features"] {
            fields[name.lowercased()] = (name, .texts)
        }
        fields["plugins"] = ("plugins", .maps)
        fields["proxies"] = ("proxies", .proxies)
        return fields
    }()

    private static let proxyFields: Set<String> = [
        "httpproxy", "httpsproxy", "noproxy", "ftpproxy", "allproxy",
    ]

    /// Looks at the type of a field, and of what is in it.
    private mutating func check(_ value: JSONValue, _ field: String, _ shape: Shape) {
        let place = Self.place(field)
        switch shape {
        case .text: _ = expects(value, .string, field, "\(place) string")
        case .list:
            guard expects(value, .array, field, "\(place) []string") else { return }
            for (index, element) in value.elements.enumerated() where element.kind != .null {
                _ = expects(element, .string, "\(field)/\(index)", "\(place) string")
            }
        case .texts: _ = texts(of: value, field)
        case .maps:
            guard expects(value, .object, field, "\(place) map[string]map[string]string") else {
                return
            }
            for member in value.members where member.value.kind != .null {
                _ = texts(of: member.value, field, path: "\(field)/\(member.name)")
            }
        case .proxies:
            let words = "\(place) map[string]configfile.ProxyConfig"
            guard expects(value, .object, field, words) else { return }
            for member in value.members where member.value.kind != .null {
                checkProxy(member, place)
            }
        }
    }

    private mutating func checkProxy(_ proxy: JSONMember, _ place: String) {
        let path = "proxies/\(proxy.name)"
        guard expects(proxy.value, .object, path, "\(place) configfile.ProxyConfig") else { return }
        for field in proxy.value.members
        where field.value.kind != .null && Self.proxyFields.contains(field.name.lowercased()) {
            _ = expects(
                field.value, .string, "\(path)/\(field.name)",
                "struct field ProxyConfig.proxies.\(field.name) of type string")
        }
    }

    /// Whether a value has the type of its field; the first one that has not is kept.
    mutating func expects(
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
