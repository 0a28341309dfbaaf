import LocatedJSON

/// The map of secrets: key to source.
struct SecretMap {
    let sources: [String: String]
    let keys: [JSONMember]

    init(_ object: ObjectView) {
        keys = object.entries("secrets")
        sources = Dictionary(
            keys.map { ($0.name, $0.value["source"]?.stringValue ?? "") },
            uniquingKeysWith: { $1 })
    }

    /// The key whose source is written where a key belongs; a leading slash does not matter.
    func key(ofSource text: String) -> String? {
        let wanted = text.drop { $0 == "/" }
        return keys.map(\.name).first { sources[$0]?.drop { $0 == "/" } == wanted }
    }
}

/// A place in a definition that names a secret.
struct SecretUse {
    enum Kind {
        case pull
        case variable(String)
        case file(containerPath: String)
    }

    let kind: Kind
    /// The key of the map of secrets that it names.
    let key: String
    /// The JSON path of the name.
    let path: String
    let value: JSONValue?
}

/// The variables of `env` or `environment`: texts, and names of secrets.
struct Variables {
    let plain: [String: String]
    let secrets: [SecretUse]
    let members: [JSONMember]
    /// The path of the object whose variables they are.
    let path: String

    init(_ object: ObjectView, _ name: String) {
        path = object.path
        members = object.entries(name)
        var plain: [String: String] = [:]
        var secrets: [SecretUse] = []
        for member in members {
            if let text = member.value.stringValue {
                plain[member.name] = text
            } else if let key = member.value["secret"] {
                secrets.append(
                    SecretUse(
                        kind: .variable(member.name), key: key.stringValue ?? "",
                        path: "\(object.path)/\(name)/\(member.name)/secret", value: key))
            }
        }
        (self.plain, self.secrets) = (plain, secrets)
    }
}

/// Labels in the order of the text.
struct Labels {
    var names: [String] = []
    var values: [String: String] = [:]

    init(_ object: ObjectView) {
        for member in object.entries("labels") {
            names.append(member.name)
            values[member.name] = member.value.stringValue ?? ""
        }
    }

    /// A container's labels over its pod's.
    func overridden(by other: Labels) -> Labels {
        var merged = self
        merged.names += other.names.filter { values[$0] == nil }
        merged.values.merge(other.values) { $1 }
        return merged
    }
}

extension TaskDefinition.Resources {
    init(_ object: ObjectView?) {
        self.init()
        cpus = object?.number("cpus") ?? cpus
        mem = object?.number("mem") ?? mem
        disk = object?.number("disk") ?? disk
        gpus = object?.integer("gpus") ?? gpus
    }
}
