import Vocabulary

/// Finds the entry or the helper for a key in one file, as docker/cli does.
struct EntryLookup {
    let behavior: DockerBehavior
    let environment: ClientEnvironment

    /// Whether a failing helper stops the client.
    var failsWithHelper: Bool
    /// Whether a client without any login takes the keychain of its system: the docker command
    /// alone does (`LoadDefaultConfigFile`).
    var detectsKeychain = true

    func decide(_ key: String, in file: ConfigFile) -> CredentialDecision {
        let fromFile = entryDecision(key, in: file)
        guard let (suffix, place) = helper(for: key, in: file) else { return fromFile }
        return HelperLookup(
            behavior: behavior, environment: environment, failsWithHelper: failsWithHelper
        ).decide(key, suffix: suffix, place: place, fromFile: fromFile)
    }

    /// The helper that is asked for the key, and where the file names it.
    private func helper(for key: String, in file: ConfigFile) -> (String, String)? {
        if behavior.knowsCredentialHelpers,
            let helper = file.credentialHelpers.first(where: { $0.host == key })
        {
            return helper.suffix.isEmpty ? nil : (helper.suffix, "credHelpers/\(key)")
        }
        return store(in: file)
    }

    /// The helper that is asked for every key without one of its own, and where that is said.
    func store(in file: ConfigFile) -> (suffix: String, place: String)? {
        guard behavior.knowsCredentialStore else { return nil }
        if !file.credentialStore.isEmpty { return (file.credentialStore, "credsStore") }
        guard detectsKeychain, behavior.knowsCredentialHelpers, file.entries.isEmpty,
            file.credentialHelpers.isEmpty
        else { return nil }
        // default_store_linux.go
        let suffix = environment.program("pass") == nil ? "secretservice" : "pass"
        let program = "docker-credential-\(suffix)"
        return environment.program(program) == nil ? nil : (suffix, "PATH/\(program)")
    }

    private func entryDecision(_ key: String, in file: ConfigFile) -> CredentialDecision {
        let exact = file.entry(key)
        let entries =
            exact.map { [$0] }
            ?? file.entries.filter { RegistryKey.host(of: $0.key, behavior: behavior) == key }
        let isCutShort = file.firstUndecodable != nil
        let reason =
            exact != nil
            ? "exact-key" : entries.count == 1 ? "hostname-of-key" : "several-keys-same-hostname"
        let because =
            exact == nil ? "its host is the registry's" : "its key is exactly \(key)"
        let outcomes = entries.flatMap { forms(of: $0, isCutShort: isCutShort) }.map {
            decision($0, reason: reason, because, file.typeFault)
        }
        guard
            var chance = CredentialDecision.oneOf(
                outcomes, reason: isCutShort ? Self.undecodable : reason)
        else { return nothing(for: key, file) }
        guard outcomes.count > 1 else { return chance }
        chance.trace = outcomes[0].trace
        if entries.count > 1 {
            chance.trace = [
                Step(
                    step: "entry", place: "auths", outcome: .chosen,
                    because: "\(entries.lazy.map(\.key).inShort) all stand for \(key):"
                        + " Docker takes one of them at random")
            ]
        }
        return chance
    }

    private static let undecodable = "auth-undecodable-in-file"

    private func nothing(for key: String, _ file: ConfigFile) -> CredentialDecision {
        var none = CredentialDecision(kind: .anonymous, reason: "no-entry")
        let keys = file.entries.lazy.map(\.key).inShort
        none.trace = [
            Step(
                step: "entry", place: "auths", outcome: .passedOver,
                because: keys.isEmpty
                    ? "there is no entry at all" : "no key stands for \(key); there is \(keys)")
        ]
        return none
    }

    /// What the client can have of an entry: decoded or not, by chance, where the loop over the map
    /// ends early; one form where both give the same.
    private func forms(of entry: ConfigFile.Entry, isCutShort: Bool) -> [ConfigFile.Entry] {
        guard isCutShort, !entry.isUndecoded else { return [entry] }
        if entry.undecodable != nil { return [entry.undecoded] }
        return entry.gainsByDecoding ? [entry, entry.undecoded] : [entry]
    }

    private func decision(
        _ entry: ConfigFile.Entry, reason: String, _ because: String, _ fault: ConfigFileError?
    ) -> CredentialDecision {
        var decision = CredentialDecision(kind: entry.kind, key: entry.key, reason: reason)
        var why = because
        switch entry.kind {
        case .registryToken: decision.secret = entry.registryToken
        case .identityToken: decision.secret = entry.identityToken
        case .basic: decision.secret = entry.password
        default:
            let isEmpty = entry.username.isEmpty && entry.password.isEmpty
            decision.reason = isEmpty ? "entry-without-credential" : "incomplete-user-or-password"
            if entry.isUndecoded { decision.reason = fault?.reason.rawValue ?? Self.undecodable }
            if entry.isUndecoded, !entry.auth.isEmpty {
                why += ", but its auth is not decoded"
            } else {
                why += isEmpty ? ", but the entry is empty" : ", but user or password is empty"
            }
        }
        if entry.isUndecoded {
            decision.key = entry.serverAddress.isEmpty ? nil : entry.serverAddress
        }
        if !entry.username.isEmpty { decision.username = entry.username }
        if entry.isUndecoded, !entry.auth.isEmpty { decision.undecodedAuth = entry.auth }
        decision.trace = [
            Step(
                step: reason == "exact-key" ? "exact-key" : "host-of-key",
                place: "auths/\(entry.key)",
                outcome: decision.kind == .anonymous ? .passedOver : .chosen, because: why)
        ]
        return decision
    }
}
