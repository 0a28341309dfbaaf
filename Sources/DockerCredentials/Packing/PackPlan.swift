import Vocabulary

/// What is taken out of a config for the registries that are wanted, and what is left.
public struct PackPlan: Sendable {
    /// The logins to write.
    public private(set) var logins = PackedLogins()
    /// Keys of the config that are not taken, with the reason.
    public private(set) var leftOut: [(key: String, because: String)] = []
    /// Keys that are wanted and have no login, with the reason.
    public private(set) var missing: [(key: String, because: String)] = []

    /// Chooses among the entries of a file.
    ///
    /// A helper's answer comes before the file's entry, as with docker; where the helper has none,
    /// a filled entry is taken all the same: what is packed asks no helper any more.
    ///
    /// - Parameters:
    ///   - file: The config.
    ///   - wanted: ``ImageReference/configKey`` of what is needed; none means all that there is, in
    ///     the file and, where helpers are asked, in its credentials store.
    ///   - behavior: The Docker whose rules find an entry.
    ///   - helper: Asks the helper for a key; `nil` where helpers are not to be asked.
    ///   - stored: Lists the keys of the credentials store; asked only where all is wanted.
    public init(
        file: ConfigFile, wanted: [String], behavior: DockerBehavior,
        helper: ((String) -> CredentialDecision)?, stored: () -> [String] = { [] }
    ) {
        var used: Set<String> = []
        var reasons: [String: String] = [:]
        let keys = wanted.isEmpty ? Self.allKeys(file, stored(), behavior) : wanted
        for key in keys where !logins.keys.contains(key) {
            let entries = Self.entries(for: key, file, behavior)
            let filled = entries.filter { !$0.isEmpty }
            var because = "there is no login for it"
            if let program = Self.helper(for: key, file) {
                because = "its login is kept by \(program), which --resolve-helpers asks"
                if let answer = helper?(key) {
                    if logins.add(answer, under: key) {
                        used.formUnion(entries.map(\.key))
                        continue
                    }
                    because = Self.refusal(program, answer)
                }
            }
            if filled.count == 1 {
                if logins.add(filled[0], under: key) {
                    used.insert(filled[0].key)
                    continue
                }
                because = Self.colon
            }
            if filled.count > 1 {
                let names = filled.lazy.map(\.key).inShort
                because = "\(names) all stand for it; keep one of them"
            }
            // "All that there is" leaves out what holds nothing, and no login that cannot be taken:
            // two for one host, one with a colon, and one under a name of the Hub that Docker does
            // not look for.
            let isLost = !filled.isEmpty || entries.isEmpty && Self.helper(for: key, file) == nil
            if !wanted.isEmpty || isLost { missing.append((key, because)) }
            for entry in entries { reasons[entry.key] = because }
            if entries.isEmpty { leftOut.append((key, because)) }
        }
        if !wanted.isEmpty { leftOut = [] }
        leftOut +=
            file.entries.map(\.key).filter { !used.contains($0) }
            .map { ($0, reasons[$0] ?? "nobody asked for it") }
    }

    private static let colon = "its user has a colon, which a config file cannot hold"

    /// Why a helper gave no login.
    private static func refusal(_ program: String, _ answer: CredentialDecision) -> String {
        if answer.username?.utf8.contains(0x3a) == true { return colon }
        return switch answer.reason {
        case "helper-binary-missing": "\(program) is not on the PATH"
        case "helper-failed": answer.error ?? "\(program) fails"
        default: "\(program) has no login for it"
        }
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
    private static func allKeys(
        _ file: ConfigFile, _ stored: [String], _ behavior: DockerBehavior
    ) -> [String] {
        func host(_ key: String) -> String {
            key == ImageReference.hubKey ? key : RegistryKey.host(of: key, behavior: behavior)
        }
        var keys = file.entries.map { entry in
            let host = host(entry.key)
            return RegistryKey.isHub(host) && !entry.isEmpty ? ImageReference.hubKey : host
        }
        keys += file.credentialHelpers.map(\.host) + stored.map(host)
        var seen: Set<String> = []
        return keys.filter { seen.insert($0).inserted }
    }
}
