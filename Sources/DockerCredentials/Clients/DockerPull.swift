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
        if let crash = reading.crash { return crash }
        var trace: [Step] = []
        if let variable = reading.variable {
            trace.append(variable.step(for: key))
            if let decision = variable.decision(for: key) {
                var decision = reading.completing(decision, after: trace)
                decision.file = nil
                return decision
            }
        }
        let lookup = EntryLookup(
            behavior: behavior, environment: environment, failsWithHelper: failsWithHelper)
        let decision = lookup.decide(key, in: reading.source?.used ?? ConfigFile())
        return reading.completing(decision, after: trace)
    }

    private var failsWithHelper: Bool {
        command == .run ? behavior.runFailsWithHelper : behavior.failsWithHelper
    }
}
