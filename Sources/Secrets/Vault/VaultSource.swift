import LocatedJSON
import Vocabulary

/// A source at a Vault: `PATH`, behind `@` the field of the map, and at the end `?version=N`.
struct VaultSource: Sendable {
    let text: String
    let path: SecretPath
    let field: String?
    /// The version that is wanted, the newest where none is.
    let version: Int?

    init(_ source: String) throws(SecretStoreError) {
        text = source
        let parts = try Self.parts(of: source)
        path = try SecretPath(parts.path)
        (field, version) = (parts.field, parts.version)
    }

    /// What stands before field and version; also that of a folder.
    static func pathText(of source: String) throws(SecretStoreError) -> String {
        try parts(of: source).path
    }

    private static func parts(
        of source: String
    ) throws(SecretStoreError) -> (path: String, field: String?, version: Int?) {
        var rest = source[...]
        var version: Int?
        if let mark = rest.firstRange(of: "?version=") {
            let digits = rest[mark.upperBound...]
            guard digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let number = Int(digits), number > 0
            else {
                throw SecretStoreError(
                    .invalidSource, source, "behind ?version= stands no number of a version",
                    advice: "write PATH?version=3 or PATH@FIELD?version=3")
            }
            version = number
            rest = rest[..<mark.lowerBound]
        }
        guard let mark = rest.lastIndex(of: "@"), !rest[mark...].contains("/") else {
            return (String(rest), nil, version)
        }
        return (String(rest[..<mark]), String(rest[rest.index(after: mark)...]), version)
    }

    /// Refuses a version where only the newest can be meant.
    func withoutVersion(_ action: String) throws(SecretStoreError) {
        guard version != nil else { return }
        throw SecretStoreError(
            .invalidSource, text, "a single version cannot be \(action)",
            advice: "leave ?version= out")
    }

    /// The value of the field that is meant.
    func value(in map: JSONValue) throws(SecretStoreError) -> Secret {
        let chosen: JSONMember?
        if let field {
            chosen = map.members.first { $0.name == field }
        } else {
            let members = Array(map.members)
            chosen = members.count == 1 ? members.first : nil
        }
        guard let chosen else {
            let names = map.members.map(\.name.terminalSafe).sorted().joined(separator: ", ")
            let wanted = field.map { "has no field \($0.terminalSafe)" } ?? "has not one field"
            throw SecretStoreError(
                .notFound, text, "it \(wanted); its fields: \(names.isEmpty ? "none" : names)",
                advice: "write PATH@FIELD with one of them")
        }
        guard let bytes = chosen.value.stringBytes else {
            throw SecretStoreError(
                .unreadable, text,
                "the field \(chosen.name.terminalSafe) is \(chosen.value.kind.phrase), no string",
                advice: "store the text in one field (vault kv put PATH value=@FILE)")
        }
        return Secret(bytes)
    }
}
