import Vocabulary

/// The classic `docker build`: the client hands over all logins, and the engine chooses.
///
/// Mirrors `GetAllCredentials` (`configfile/file.go`) and the engine's `resolveAuthConfig`
/// (`daemon/pkg/registry/auth.go`).
public struct DockerBuild: CredentialClient {
    /// The client's version.
    public let behavior: DockerBehavior
    /// What the client finds around it.
    public let environment: ClientEnvironment

    /// A client in an environment.
    public init(behavior: DockerBehavior, environment: ClientEnvironment) {
        self.behavior = behavior
        self.environment = environment
    }

    /// Decides for an image named by `FROM`.
    public func decide(reference: String) -> CredentialDecision {
        do throws(ImageReferenceError) {
            return decide(host: try ImageReference(parsing: reference, behavior: behavior).host)
        } catch {
            return .badReference(reference, error.description)
        }
    }

    /// Decides for a registry.
    public func decide(host: String) -> CredentialDecision {
        let reading = DockerPull(behavior: behavior, environment: environment).read()
        return decide(key: ImageReference.configKey(ofHost: host), from: reading)
    }

    /// Decides for a key by a file that was read before.
    ///
    /// - Parameters:
    ///   - key: ``ImageReference/configKey``.
    ///   - reading: What ``DockerPull/read()`` gave.
    /// - Returns: What the engine would choose.
    public func decide(key: String, from reading: DockerPull.Reading) -> CredentialDecision {
        if let crash = reading.crash { return crash }
        var trace: [Step] = []
        var all = logins(reading.source?.used ?? ConfigFile(), about: key, &trace)
        if let variable = reading.variable {
            trace.append(variable.step(for: key))
            for key in variable.keys { all[key] = variable.decision(for: key) }
        }
        var decision: CredentialDecision
        if let exact = all[key] {
            decision = exact
            note(&trace, key, exact, "its key is exactly \(key)")
        } else {
            let others = all.keys.sorted().filter { RegistryKey.plainHost(of: $0) == key }
            let outcomes = others.compactMap { all[$0] }.flatMap {
                $0.anyOf.isEmpty ? [$0] : $0.anyOf
            }
            decision =
                .oneOf(outcomes, reason: "several-keys-same-hostname")
                ?? CredentialDecision(kind: .anonymous, reason: "no-entry")
            for other in others {
                if let outcome = all[other] {
                    note(&trace, other, outcome, "the engine makes \(key) of it")
                }
            }
            if others.isEmpty {
                trace.append(
                    Step(
                        step: "entry", place: "X-Registry-Config", outcome: .passedOver,
                        because: "none of the logins that are sent stands for \(key)"))
            }
        }
        decision.trace = []
        return reading.completing(decision, after: trace)
    }

    private func note(
        _ trace: inout [Step], _ key: String, _ decision: CredentialDecision, _ because: String
    ) {
        trace.append(
            Step(
                step: "entry", place: "X-Registry-Config: \(key)", outcome: decision.stepOutcome,
                because: because))
    }

    /// The logins that the client sends, by key; of the file's those alone that the engine could
    /// take for `key`.
    private func logins(
        _ file: ConfigFile, about key: String, _ trace: inout [Step]
    ) -> [String: CredentialDecision] {
        let lookup = EntryLookup(
            behavior: behavior, environment: environment, failsWithHelper: true)
        var all: [String: CredentialDecision] = [:]
        if let (suffix, place) = lookup.store(in: file) {
            guard let kept = listed(suffix, place, &trace) else { return [:] }
            all = kept
        } else {
            var plain = file
            plain.credentialHelpers = []
            for entry in file.entries
            where entry.key == key || RegistryKey.plainHost(of: entry.key) == key {
                all[entry.key] = lookup.decide(entry.key, in: plain)
            }
        }
        for (host, _) in file.credentialHelpers {
            let decision = lookup.decide(host, in: file)
            // A helper that fails is passed over with a line in the client's log.
            if decision.kind != .error { all[host] = decision }
        }
        return all
    }

    /// What a helper keeps; `nil` where it fails, which loses all logins, not its own alone.
    private func listed(
        _ suffix: String, _ place: String, _ trace: inout [Step]
    ) -> [String: CredentialDecision]? {
        func lost(_ because: String) {
            trace.append(
                Step(
                    step: "credential-helper", place: place, outcome: .passedOver,
                    because: because + ": no login at all is sent"))
        }
        let program = CredentialHelper(suffix: suffix, environment: environment)
        guard let keys = program.list() else {
            lost("\(program.program) cannot list its logins")
            return nil
        }
        let helper = HelperLookup(
            behavior: behavior, environment: environment, failsWithHelper: true)
        var all: [String: CredentialDecision] = [:]
        for key in keys {
            let nothing = CredentialDecision(kind: .anonymous, reason: "no-entry")
            let decision = helper.decide(key, suffix: suffix, place: place, fromFile: nothing)
            guard decision.kind != .error else {
                lost("\(program.program) lists \(key) and fails for it")
                return nil
            }
            all[key] = decision
        }
        return all
    }
}
