import LocatedJSON
import Vocabulary

/// Where the client's file is, and what the client has of it when it goes on.
extension DockerPull {
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
        /// What the client prints to standard error about its files.
        var warnings: [String] = []
        /// `DOCKER_AUTH_CONFIG`, where the client knows it and it is set.
        var variable: AuthConfigVariable?
    }

    /// Reads the client's file.
    public func read() -> Reading {
        var trace: [Step] = []
        let source = source(trace: &trace)
        var reading = Reading(source: source, trace: trace)
        reading.warnings = source.map(warnings) ?? ignoredFileWarning
        if behavior.knowsAuthConfigVariable {
            reading.variable = environment.variable("DOCKER_AUTH_CONFIG")
                .map { AuthConfigVariable($0, behavior) }
        }
        return reading
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
            let path = goPath("\(variable ?? home + "/.docker")/config.json")
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
                if let broken = file.firstUndecodable, let words = broken.undecodable {
                    trace.append(
                        Step(
                            step: "decode", place: "auths/\(broken.key)/auth", outcome: .stopped,
                            because: "\(words); Docker then decodes no further entry"))
                }
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

    /// What the client prints about the file that it read.
    private func warnings(about source: Source) -> [String] {
        var lines: [String] = []
        func line(_ form: String, _ words: String) {
            let form = form.split(separator: "%", omittingEmptySubsequences: false)
            lines.append(form.joined(separator: source.path) + words)
        }
        switch source.content {
        case .failure(let error) where error.reason == .crash: break
        case .failure(let error) where error.clientText.hasPrefix("open "):
            if !behavior.hidesUnreadableFile { line(behavior.loadWarning, error.clientText) }
        case .failure(let error): line(behavior.parseWarning, error.clientText)
        case .success(let file):
            if let words = file.firstUndecodable?.undecodable { line(behavior.parseWarning, words) }
        }
        if behavior.warnsOfDockercfg, source.file == ".dockercfg" {
            lines.append(
                "WARNING: Support for the legacy ~/.dockercfg configuration file and"
                    + " file-format is deprecated and will be removed in an upcoming release")
        }
        return lines
    }

    /// What the client prints where it has no file and passes over a `.dockercfg`.
    private var ignoredFileWarning: [String] {
        guard behavior.warnsOfIgnoredDockercfg else { return [] }
        if case .missing = environment.read((environment.home ?? "") + "/.dockercfg") { return [] }
        return [
            "WARNING: Support for the legacy ~/.dockercfg configuration file and file-format has"
                + " been removed and the configuration file will be ignored"
        ]
    }
}

extension DockerPull.Reading {
    /// The decision of a client that its file crashes.
    var crash: CredentialDecision? {
        guard let source, case .failure(let error) = source.content, error.reason == .crash else {
            return nil
        }
        var decision = CredentialDecision(kind: .error, reason: error.reason.rawValue)
        decision.error = error.clientText
        decision.file = source.file
        decision.trace = trace
        return decision
    }

    /// A decision with what the reading says of it: the reason where the file gave nothing, what
    /// was printed, what was looked at.
    ///
    /// - Parameters:
    ///   - decision: What came of the lookup.
    ///   - steps: What was looked at between the reading and the lookup.
    /// - Returns: The decision of the client.
    func completing(_ decision: CredentialDecision, after steps: [Step]) -> CredentialDecision {
        var decision = decision
        if decision.reason == "no-entry" {
            switch source?.content {
            case nil:
                decision.reason = "file-missing"
                decision.trace = []
            case .failure(let error):
                decision.reason = error.reason.rawValue
                decision.trace = []
            case .success: break
            }
        }
        let lines = warnings + [variable?.warning, decision.stderr].compactMap(\.self)
        decision.stderr = lines.isEmpty ? nil : lines.joined(separator: "\n")
        decision.file = source?.file
        decision.trace = trace + steps + decision.trace
        return decision
    }
}
