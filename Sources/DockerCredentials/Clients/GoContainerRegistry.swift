import Vocabulary

/// crane, ko, kaniko and other programs on go-containerregistry.
///
/// Mirrors `pkg/authn/keychain.go`: docker/cli's file and lookup, asked for `host/repository` and
/// then for the host; every fault of the file or a helper is an error.
public struct GoContainerRegistry: CredentialClient {
    /// What the client finds around it.
    public let environment: ClientEnvironment
    // The loader that it is built with.
    private let behavior = DockerBehavior.newest

    /// A client in an environment.
    public init(environment: ClientEnvironment) {
        self.environment = environment
    }

    /// Decides for an image.
    public func decide(reference: String) -> CredentialDecision {
        do throws(ImageReferenceError) {
            let image = try ImageReference(parsing: reference)
            let host = image.host == "docker.io" ? "index.docker.io" : image.host
            return decide(keys: ["\(host)/\(image.path)", image.configKey])
        } catch {
            return .badReference(reference, error.description)
        }
    }

    /// Decides for a registry.
    public func decide(host: String) -> CredentialDecision {
        decide(keys: [host == "docker.io" ? ImageReference.hubKey : host])
    }

    private func decide(keys: [String]) -> CredentialDecision {
        var trace: [Step] = []
        let path = path(&trace)
        var file = ConfigFile()
        if let path {
            do throws(GoJSON.Fault) {
                file = try read(path)
            } catch {
                var decision = CredentialDecision.stopped(
                    "file-unusable", error.text, step: "config-file", place: path)
                decision.file = path
                return decision
            }
        }
        let lookup = EntryLookup(
            behavior: behavior, environment: environment, failsWithHelper: true,
            detectsKeychain: false)
        let variable = environment.variable("DOCKER_AUTH_CONFIG").map { AuthConfigVariable($0) }
        var last = CredentialDecision(kind: .anonymous, reason: "file-missing")
        for key in path == nil ? [] : keys {
            if let variable {
                trace.append(variable.step(for: key))
                if var decision = variable.decision(for: key) {
                    decision.trace = trace
                    return decision
                }
            }
            last = lookup.decide(key, in: file)
            trace += last.trace
            if last.kind != .anonymous || last.username != nil { break }
        }
        last.file = path
        last.trace = trace
        return last
    }

    /// The one file that is read.
    private func path(_ trace: inout [Step]) -> String? {
        let home = (environment.home ?? "") + "/.docker/config.json"
        let folder = environment.variable("DOCKER_CONFIG")
        let docker = (folder ?? (environment.home ?? "") + "/.docker") + "/config.json"
        var candidates = [(home, docker)]
        if folder != nil { candidates.append((docker, docker)) }
        if let file = environment.variable("REGISTRY_AUTH_FILE") { candidates.append((file, file)) }
        var folders = [(environment.home ?? "") + "/.config"]
        if let runtime = environment.variable("XDG_RUNTIME_DIR") { folders.insert(runtime, at: 0) }
        candidates += folders.map { ($0 + "/containers/auth.json", $0 + "/containers/auth.json") }
        for (tested, read) in candidates {
            if case .bytes = environment.read(tested) { return read }
            trace.append(
                Step(
                    step: "config-file", place: tested, outcome: .passedOver,
                    because: "there is no such file"))
        }
        return nil
    }

    private func read(_ path: String) throws(GoJSON.Fault) -> ConfigFile {
        func fault(_ text: String) -> GoJSON.Fault { GoJSON.Fault(text: text, location: nil) }
        switch environment.read(path) {
        case .missing: return ConfigFile()
        case .unreadable(let reason):
            throw fault("loading config file: open \(path): \(reason.lowercased())")
        case .bytes(let text):
            do throws(ConfigFileError) {
                let file = try ConfigFile(parsing: text, layout: .config, behavior: behavior)
                if let words = file.entries.lazy.compactMap(\.undecodable).first {
                    throw ConfigFileError(.syntax, words)
                }
                return file
            } catch {
                throw fault("parsing config file (\(path)): \(error.clientText)")
            }
        }
    }
}
