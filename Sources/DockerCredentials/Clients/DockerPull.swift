import LocatedJSON
import Vocabulary

/// `docker pull`: one file, one lookup, by the rules of docker/cli.
///
/// Mirrors `config.go` (where the file is), `configfile/file.go` (which store is asked) and
/// `credentials/file_store.go` (which entry is taken).
public struct DockerPull: CredentialClient {
    /// The commands that differ.
    public enum Command: String, Sendable {
        /// `docker pull`.
        case pull
        /// `docker run` and `docker create`, which pull an image that is not there.
        case run
    }

    /// The command that pulls.
    public let command: Command
    /// The client's version.
    public let behavior: DockerBehavior
    /// What the client finds around it.
    public let environment: ClientEnvironment

    /// A client in an environment.
    public init(
        behavior: DockerBehavior, environment: ClientEnvironment, command: Command = .pull
    ) {
        self.command = command
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
        /// Its path as the client opens it.
        let path: String
        /// What the client goes on with.
        let used: ConfigFile
    }

    /// What came of the one reading of a client's file, for its decision and for the findings.
    public struct Reading: Sendable {
        /// The file; `nil` where there is none.
        public let source: Source?
        /// What was looked at before.
        var trace: [Step] = []
    }

    /// Reads the client's file.
    public func read() -> Reading {
        var trace: [Step] = []
        let source = source(trace: &trace)
        return Reading(source: source, trace: trace)
    }

    private func source(trace: inout [Step]) -> Source? {
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
            // A folder can be opened; the fault is the first read's.
            let call = reason == "Is a directory" ? "read" : "open"
            return Source(
                file: shown,
                content: .failure(
                    ConfigFileError(
                        .unreadable, reason,
                        clientText: "\(call) \(path): \(reason.lowercased())")),
                path: path, used: ConfigFile())
        case .bytes(let text):
            do throws(ConfigFileError) {
                let file = try ConfigFile.read(text, layout: layout, behavior: behavior)
                if let fault = file.typeFault {
                    let place = fault.location.map { " at \($0.line):\($0.column)" } ?? ""
                    step(.stopped, fault.message + place + ": no auth of this file is decoded")
                    return Source(
                        file: shown, content: .failure(fault), text: text, path: path, used: file)
                }
                step(.chosen, "the client reads it")
                return Source(
                    file: shown, content: .success(file), text: text, path: path, used: file)
            } catch {
                let place = error.location.map { " at \($0.line):\($0.column)" } ?? ""
                step(.stopped, error.message + place)
                return Source(
                    file: shown, content: .failure(error), text: text, path: path,
                    used: ConfigFile())
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
            return .badReference(reference, error.description)
        }
    }

    /// Decides for a registry.
    ///
    /// - Parameter host: `HOST` or `HOST:PORT`; `docker.io` is the Hub.
    /// - Returns: What the engine would be given.
    public func decide(host: String) -> CredentialDecision {
        decide(key: ImageReference.configKey(ofHost: host))
    }

    /// Decides for a key: a host, or the Hub's key.
    ///
    /// - Parameter key: ``ImageReference/configKey``.
    /// - Returns: What the engine would be given.
    public func decide(key: String) -> CredentialDecision {
        decide(key: key, from: read())
    }

    /// Decides for a key by a file that was read before.
    ///
    /// - Parameters:
    ///   - key: ``ImageReference/configKey``.
    ///   - reading: What ``read()`` gave.
    /// - Returns: What the engine would be given.
    public func decide(key: String, from reading: Reading) -> CredentialDecision {
        let source = reading.source
        var trace = reading.trace
        var warning: String?
        if behavior.knowsAuthConfigVariable, let text = environment.variable("DOCKER_AUTH_CONFIG") {
            let variable = AuthConfigVariable(text)
            trace.append(variable.step(for: key))
            if let decision = variable.decision(for: key) {
                var decision = decision
                decision.trace = trace
                return decision
            }
            warning = variable.warning
        }
        let lookup = EntryLookup(
            behavior: behavior, environment: environment, failsWithHelper: failsWithHelper)
        var decision = lookup.decide(key, in: source?.used ?? ConfigFile())
        if source == nil, decision.reason == "no-entry" {
            decision.reason = "file-missing"
            decision.trace = []
        }
        if case .failure(let error) = source?.content, decision.reason == "no-entry" {
            decision.reason = error.reason.rawValue
            decision.trace = []
        }
        decision.stderr = stderr(source, decision.stderr, warning)
        decision.file = source?.file
        decision.trace = trace + decision.trace
        return decision
    }

    private var failsWithHelper: Bool {
        command == .run ? behavior.runFailsWithHelper : behavior.failsWithHelper
    }

    /// What the client prints to standard error though it goes on.
    private func stderr(_ source: Source?, _ said: String?, _ warning: String?) -> String? {
        var lines: [String] = []
        if let source {
            func line(_ form: String, _ words: String) -> String {
                form.split(separator: "%", omittingEmptySubsequences: false)
                    .joined(separator: source.path) + words
            }
            if behavior.warnsOfDockercfg, source.file == ".dockercfg" {
                lines.append(
                    "WARNING: Support for the legacy ~/.dockercfg configuration file and"
                        + " file-format is deprecated and will be removed in an upcoming release")
            }
            let undecodable =
                source.used.typeFault == nil
                ? source.used.entries.lazy.compactMap(\.undecodable).first : nil
            switch source.content {
            case .failure(let error) where error.clientText.hasPrefix("open "):
                if !behavior.hidesUnreadableFile {
                    lines.append(line(behavior.loadWarning, error.clientText))
                }
            case .failure(let error): lines.append(line(behavior.parseWarning, error.clientText))
            case .success:
                if let undecodable { lines.append(line(behavior.parseWarning, undecodable)) }
                if let said, said != undecodable { lines.append(said) }
            }
        }
        if let warning { lines.append(warning) }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}
