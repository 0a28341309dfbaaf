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
        if let fault = file.typeFault {
            var decision = decide(key, inDecoded: file)
            if decision.kind == .anonymous { decision.reason = fault.reason.rawValue }
            return decision
        }
        let broken = file.entries.filter { $0.undecodable != nil }
        guard let first = broken.first, let words = first.undecodable else {
            return decide(key, inDecoded: file)
        }
        // The first entry that cannot be decoded ends the loop over a map in random order: what
        // comes before it in that run is decoded, the rest is not.
        var nothing = decide(key, inDecoded: file.undecoded)
        nothing.reason = "auth-undecodable-in-file"
        nothing.key = nil
        nothing.stderr = words
        let step = Step(
            step: "decode", place: "auths/\(first.key)/auth", outcome: .stopped,
            because: "\(words); Docker then decodes no further entry")
        nothing.trace = [step] + nothing.trace
        var decoded = file
        decoded.entries.removeAll { $0.undecodable != nil }
        let other = decide(key, inDecoded: decoded)
        guard other.kind != .anonymous, other.kind != .error,
            other.kind != nothing.kind || other.secret != nothing.secret
        else { return nothing }
        var chance = CredentialDecision(kind: .nondeterministic, reason: nothing.reason)
        chance.anyOf = [other, nothing]
        chance.stderr = words
        chance.trace = [step] + other.trace
        return chance
    }

    private func decide(_ key: String, inDecoded file: ConfigFile) -> CredentialDecision {
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

    private func entryDecision(
        _ key: String, in file: ConfigFile
    ) -> CredentialDecision {
        if let entry = file.entry(key) {
            return decision(entry, reason: "exact-key", "its key is exactly \(key)")
        }
        let sameHost = file.entries.filter {
            RegistryKey.host(of: $0.key, behavior: behavior) == key
        }
        guard !sameHost.isEmpty else {
            var none = CredentialDecision(kind: .anonymous, reason: "no-entry")
            let keys = file.entries.lazy.map(\.key).inShort
            none.trace = [
                Step(
                    step: "entry", place: "auths", outcome: .passedOver,
                    because: keys.isEmpty
                        ? "there is no entry at all"
                        : "no key stands for \(key); there is \(keys)")
            ]
            return none
        }
        let reason = sameHost.count == 1 ? "hostname-of-key" : "several-keys-same-hostname"
        let outcomes = sameHost.map { decision($0, reason: reason, "its host is the registry's") }
        guard sameHost.count > 1 else { return outcomes[0] }
        var chance = CredentialDecision(kind: .nondeterministic, reason: reason)
        chance.anyOf = outcomes
        chance.trace = [
            Step(
                step: "entry", place: "auths", outcome: .chosen,
                because: "\(sameHost.lazy.map(\.key).inShort) all stand for \(key):"
                    + " Docker takes one of them at random")
        ]
        return chance
    }

    private func decision(
        _ entry: ConfigFile.Entry, reason: String, _ because: String
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
            if entry.isUndecoded, !entry.auth.isEmpty {
                why += ", but its auth is not decoded"
            } else {
                why += isEmpty ? ", but the entry is empty" : ", but user or password is empty"
            }
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
