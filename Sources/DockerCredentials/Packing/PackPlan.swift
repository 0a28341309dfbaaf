import Vocabulary

/// What is taken out of a config for the registries that are wanted, and what is left.
public struct PackPlan: Sendable {
    /// The logins to write.
    public private(set) var logins = PackedLogins()
    /// Keys of the config that are not taken.
    public private(set) var leftOut: [String] = []
    /// Keys that are wanted and have no login, with the reason.
    public private(set) var missing: [(key: String, because: String)] = []

    /// Chooses among the entries of a file.
    ///
    /// - Parameters:
    ///   - file: The config.
    ///   - wanted: ``ImageReference/configKey`` of what is needed; none means all.
    ///   - behavior: The Docker whose rules find an entry.
    ///   - helper: Asks the helper for a key; `nil` where helpers are not to be asked.
    public init(
        file: ConfigFile, wanted: [String], behavior: DockerBehavior,
        helper: ((String) -> CredentialDecision)?
    ) {
        var used: Set<String> = []
        let keys = wanted.isEmpty ? Self.allKeys(file, behavior) : wanted
        for key in keys where !logins.keys.contains(key) {
            let entries = Self.entries(for: key, file, behavior)
            let program = Self.helper(for: key, file)
            if let program, let helper {
                if logins.add(helper(key), under: key) {
                    used.formUnion(entries.map(\.key))
                } else {
                    missing.append((key, "\(program) has no login for it"))
                }
                continue
            }
            let filled = entries.filter { !$0.isEmpty }
            switch filled.count {
            case 1:
                logins.add(filled[0], under: key)
                used.insert(filled[0].key)
            case 0 where program != nil && !wanted.isEmpty:
                missing.append((key, "the login is kept by \(program ?? "")"))
            case 0 where !wanted.isEmpty: missing.append((key, "there is no login for it"))
            case 0: break
            default:
                let names = filled.map(\.key).joined(separator: ", ")
                missing.append((key, "\(names) all stand for it; keep one of them"))
            }
        }
        leftOut = file.entries.map(\.key).filter { !used.contains($0) }
    }

    /// Entries that stand for a key; the exact one alone, if it is there and holds a login.
    private static func entries(
        for key: String, _ file: ConfigFile, _ behavior: DockerBehavior
    ) -> [ConfigFile.Entry] {
        if let exact = file.entry(key), !exact.isEmpty { return [exact] }
        return file.entries.filter {
            $0.key == key || RegistryKey.host(of: $0.key, behavior: behavior) == key
        }
    }

    private static func helper(for key: String, _ file: ConfigFile) -> String? {
        if let helper = file.credentialHelpers.first(where: { $0.host == key }) {
            return helper.suffix.isEmpty ? nil : "docker-credential-\(helper.suffix)"
        }
        return file.credentialStore.isEmpty ? nil : "docker-credential-\(file.credentialStore)"
    }

    /// Every registry that the file knows of, by the key that Docker asks for.
    private static func allKeys(_ file: ConfigFile, _ behavior: DockerBehavior) -> [String] {
        var keys = file.entries.map {
            $0.key == ImageReference.hubKey
                ? $0.key : RegistryKey.host(of: $0.key, behavior: behavior)
        }
        keys += file.credentialHelpers.map(\.host)
        var seen: Set<String> = []
        return keys.filter { seen.insert($0).inserted }
    }
}
