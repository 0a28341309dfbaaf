import LocatedJSON
import Vocabulary

/// A source at a Vault: a path, and behind `@` the field of the map.
struct VaultSource: Sendable {
    let text: String
    let path: SecretPath
    let field: String?

    init(_ source: String) throws(SecretStoreError) {
        text = source
        path = try SecretPath(Self.pathText(of: source))
        field = Self.mark(in: source).map { String(source[source.index(after: $0)...]) }
    }

    /// What stands before the field.
    static func pathText(of source: String) -> String {
        mark(in: source).map { String(source[..<$0]) } ?? source
    }

    private static func mark(in source: String) -> String.Index? {
        source.lastIndex(of: "@").flatMap { source[$0...].contains("/") ? nil : $0 }
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
