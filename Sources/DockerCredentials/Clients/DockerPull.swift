import LocatedJSON
public import Vocabulary

/// `docker pull`: one file, one lookup, by the rules of docker/cli.
///
/// Mirrors `config.go` (where the file is), `configfile/file.go` (which store is asked) and
/// `credentials/file_store.go` (which entry is taken).
public struct DockerPull: Sendable {
    /// The client's version.
    public let behavior: DockerBehavior
    /// What the client finds around it.
    public let environment: ClientEnvironment

    /// A client in an environment.
    public init(behavior: DockerBehavior, environment: ClientEnvironment) {
        self.behavior = behavior
        self.environment = environment
    }

    /// A credentials file that was found, and what it holds.
    public struct Source: Sendable {
        /// The file's path for a person, relative to HOME where it lies below it.
        public let file: String
        /// Its content, or why the client gets nothing from it.
        public let content: Result<ConfigFile, ConfigFileError>
        /// Its bytes, empty where it cannot be read.
        public var text: [UInt8] = []
    }

    /// The file that the client reads; `nil` where there is none.
    public func source(trace: inout [Step]) -> Source? {
        let home = environment.home ?? ""
        let variable =
            behavior.knowsDockerConfigVariable ? environment.variable("DOCKER_CONFIG") : nil
        if let variable {
            trace.append(
                Step(
                    step: "config-directory", place: "DOCKER_CONFIG", outcome: .chosen,
                    because: "it is set to \(variable), which beats HOME"))
        }
        if behavior.readsConfigFile {
            let path = "\(variable ?? home + "/.docker")/config.json"
            let shown = variable == nil ? ".docker/config.json" : path
            if let source = load(path, shown: shown, layout: .config, trace: &trace) {
                return source
            }
        }
        let legacy = home + "/.dockercfg"
        guard behavior.readsDockercfg else {
            if case .bytes = environment.read(legacy) {
                trace.append(
                    Step(
                        step: "config-file", place: ".dockercfg", outcome: .passedOver,
                        because: "Docker \(behavior.version) does not read it; only versions before"
                            + " 23.0 do"))
            }
            return nil
        }
        return load(legacy, shown: ".dockercfg", layout: .dockercfg, trace: &trace)
    }

    private func load(
        _ path: String, shown: String, layout: ConfigFile.Layout, trace: inout [Step]
    ) -> Source? {
        func step(_ outcome: Step.Outcome, _ because: String) {
            trace.append(
                Step(step: "config-file", place: shown, outcome: outcome, because: because))
        }
        switch environment.read(path) {
        case .missing:
            step(.passedOver, "there is no such file")
            return nil
        case .unreadable(let reason):
            step(.stopped, "it cannot be read: \(reason)")
            return Source(file: shown, content: .failure(ConfigFileError(.unreadable, reason)))
        case .bytes(let text):
            do throws(ConfigFileError) {
                let file = try ConfigFile(parsing: text, layout: layout, behavior: behavior)
                step(.chosen, "the client reads it")
                return Source(file: shown, content: .success(file), text: text)
            } catch {
                let place = error.location.map { " at \($0.line):\($0.column)" } ?? ""
                step(.stopped, error.message + place)
                return Source(file: shown, content: .failure(error), text: text)
            }
        }
    }

    /// Decides for an image.
    ///
    /// - Parameter reference: The image as it was written.
    /// - Returns: What the engine would be given.
    public func decide(reference: String) -> CredentialDecision {
        do throws(ImageReferenceError) {
            let image = try ImageReference(parsing: reference, behavior: behavior)
            return decide(key: image.configKey)
        } catch {
            var decision = CredentialDecision(kind: .error, reason: "bad-reference")
            decision.error = error.description
            decision.trace = [
                Step(
                    step: "image", place: reference, outcome: .stopped,
                    because: error.description)
            ]
            return decision
        }
    }

    /// Decides for a key: a host, or the Hub's key.
    ///
    /// - Parameter key: ``ImageReference/configKey``.
    /// - Returns: What the engine would be given.
    public func decide(key: String) -> CredentialDecision {
        var trace: [Step] = []
        guard let source = source(trace: &trace) else {
            var decision = CredentialDecision(kind: .anonymous, reason: "file-missing")
            decision.trace = trace
            return decision
        }
        var decision: CredentialDecision
        switch source.content {
        case .failure(let error):
            decision = CredentialDecision(kind: .anonymous, reason: error.reason.rawValue)
            decision.stderr = "\(source.file): \(error.message)"
        case .success(let file):
            decision = EntryLookup(behavior: behavior, environment: environment)
                .decide(key, in: file)
        }
        decision.file = source.file
        decision.trace = trace + decision.trace
        return decision
    }
}
