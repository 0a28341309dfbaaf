import LocatedJSON

/// Rules about the names of fields: C11 to C13, C15.
struct FieldRules {
    let layout: ConfigFile.Layout

    private static let topFields = ["auths", "credsStore", "credHelpers"]
    private static let entryFields = [
        "auth", "username", "password", "email", "serveraddress", "identitytoken", "registrytoken",
    ]
    private static let unreadSecrets: Set<String> = [
        "token", "access_token", "accesstoken", "refresh_token", "secret", "pass", "passwd",
        "apikey", "api_key",
    ]

    /// Looks at every name of the file.
    func review(_ root: JSONValue, _ sink: inout FindingSink) {
        guard layout == .config else {
            keys(root, path: "", &sink)
            return
        }
        duplicates(root, isFields: true, path: "", &sink)
        for member in root.members {
            name(member, among: Self.topFields, &sink)
            switch member.name.lowercased() {
            case "auths": keys(member.value, path: "auths/", &sink)
            case "credhelpers":
                duplicates(member.value, isFields: false, path: "credHelpers/", &sink)
            default: break
            }
        }
    }

    private func keys(_ map: JSONValue, path: String, _ sink: inout FindingSink) {
        duplicates(map, isFields: false, path: path, &sink)
        for entry in map.members where entry.value.kind == .object {
            duplicates(entry.value, isFields: true, path: path + entry.name + "/", &sink)
            for field in entry.value.members { name(field, among: Self.entryFields, &sink) }
            unread(entry, &sink)
        }
    }

    /// C11: names are one to Go in any case, keys only as they are written.
    private func duplicates(
        _ object: JSONValue, isFields: Bool, path: String, _ sink: inout FindingSink
    ) {
        var count: [[UInt8]: Int] = [:]
        for member in object.members {
            let name = Array((isFields ? member.name.lowercased() : member.name).utf8)
            count[name, default: 0] += 1
            guard count[name] == 2 else { continue }
            let isMerged =
                path.isEmpty && ["auths", "credhelpers"].contains(member.name.lowercased())
            sink.add(
                "C11", at: member.nameValue.location,
                "\(path)\(member.name) stands more than once; "
                    + (isMerged
                        ? "Docker merges them, Mesos and oras take the last one"
                        : "the last one counts"))
        }
    }

    /// C12 and C13: a name in another case, or almost one that is known.
    private func name(_ member: JSONMember, among known: [String], _ sink: inout FindingSink) {
        let name = member.name
        guard !known.contains(name), name.utf8.count <= 32 else { return }
        let lower = name.lowercased()
        if let right = known.first(where: { $0.lowercased() == lower }) {
            sink.add(
                "C12", at: member.nameValue.location,
                "\(name) is \(right) in other case: Docker takes it, "
                    + (Self.topFields.contains(right) ? "Mesos and oras do not" : "Mesos does not"),
                advice: "write \(right)")
            return
        }
        guard !Self.unreadSecrets.contains(lower) else { return }
        let near = known.map { ($0, editDistance(lower, $0.lowercased())) }.min { $0.1 < $1.1 }
        guard let (right, distance) = near, distance <= (right.utf8.count > 6 ? 2 : 1) else {
            return
        }
        sink.add(
            "C13", at: member.nameValue.location,
            "the field \(name) is unknown to Docker, which ignores it; did you mean \(right)?",
            advice: "write \(right)")
    }

    /// C15: a secret that only travels along.
    private func unread(_ entry: JSONMember, _ sink: inout FindingSink) {
        let hasAuth = entry.value.members.contains {
            $0.name.lowercased() == "auth" && $0.value.stringValue.map { !$0.isEmpty } == true
        }
        for field in entry.value.members {
            let name = field.name
            let lower = name.lowercased()
            guard Self.unreadSecrets.contains(lower) || hasAuth && lower == "password" else {
                continue
            }
            let why = lower == "password" ? " beside auth" : ""
            sink.add(
                "C15", at: field.nameValue.location,
                "\(name)\(why) in the entry \(entry.name) is read by no client")
        }
    }
}

/// The number of letters to insert, remove or replace to make one short word of the other.
func editDistance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for (column, other) in right.enumerated() {
            let replaced = diagonal + (letter == other ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
        }
    }
    return row[right.count]
}
