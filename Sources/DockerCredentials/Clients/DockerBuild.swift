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
        let key = host == "docker.io" ? ImageReference.hubKey : host
        let pull = DockerPull(behavior: behavior, environment: environment)
        var trace: [Step] = []
        let source = pull.source(trace: &trace)
        var all = logins(source?.used ?? ConfigFile(), &trace)
        if behavior.knowsAuthConfigVariable, let text = environment.variable("DOCKER_AUTH_CONFIG") {
            let variable = AuthConfigVariable(text)
            trace.append(variable.step(for: key))
            if let decision = variable.decision(for: key) { all[key] = decision }
        }
        var decision: CredentialDecision
        if let exact = all[key] {
            decision = exact
            note(&trace, key, exact, "its key is exactly \(key)")
        } else {
            let others = all.keys.sorted().filter { RegistryKey.plainHost(of: $0) == key }
            let outcomes = others.compactMap { all[$0] }
            decision =
                .oneOf(outcomes, reason: "several-keys-same-hostname")
                ?? CredentialDecision(
                    kind: .anonymous, reason: source == nil ? "file-missing" : "no-entry")
            for other in others {
                if let outcome = all[other] {
                    note(&trace, other, outcome, "the engine makes \(key) of it")
                }
            }
            if others.isEmpty {
                trace.append(
                    Step(
                        step: "entry", place: "X-Registry-Config", outcome: .passedOver,
                        because: "no login of \(all.count) stands for \(key)"))
            }
        }
        decision.file = source?.file
        decision.trace = trace
        return decision
    }

    private func note(
        _ trace: inout [Step], _ key: String, _ decision: CredentialDecision, _ because: String
    ) {
        trace.append(
            Step(
                step: "entry", place: "X-Registry-Config: \(key)", outcome: decision.stepOutcome,
                because: because))
    }

    /// All logins that the client sends, by key.
    private func logins(_ file: ConfigFile, _ trace: inout [Step]) -> [String: CredentialDecision] {
        let lookup = EntryLookup(
            behavior: behavior, environment: environment, failsWithHelper: true)
        var all: [String: CredentialDecision] = [:]
        if behavior.knowsCredentialStore, !file.credentialStore.isEmpty {
            let helper = CredentialHelper(suffix: file.credentialStore, environment: environment)
            guard let keys = helper.list() else {
                trace.append(
                    Step(
                        step: "credential-helper", place: "credsStore", outcome: .passedOver,
                        because: "\(helper.program) cannot list its logins: none is sent"))
                return [:]
            }
            for key in keys {
                let decision = lookup.decide(key, in: file)
                guard decision.kind != .error else { return [:] }
                all[key] = decision
            }
        } else {
            var plain = file
            plain.credentialHelpers = []
            for entry in file.entries { all[entry.key] = lookup.decide(entry.key, in: plain) }
        }
        for (host, suffix) in file.credentialHelpers where !suffix.isEmpty {
            let decision = lookup.decide(host, in: file)
            // A helper that fails is passed over with a line in the client's log.
            if decision.kind != .error { all[host] = decision }
        }
        return all
    }
}
