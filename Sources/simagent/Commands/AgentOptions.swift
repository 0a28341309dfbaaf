import Agent
import ArgumentParser
import DockerCredentials
import Marathon
import Vocabulary

/// The flags of a Mesos agent, under the agent's own names.
struct AgentOptions: ParsableArguments {
    @OptionGroup var fetcher: FetcherOptions

    @Option(help: "The version of the Docker client that pulls.")
    var docker: String?

    @Option(
        help: ArgumentHelp(
            "The agent's own Docker credentials: a file, or JSON text.", valueName: "file|json"))
    var dockerConfig: String?

    @OptionGroup var secretStore: SecretStoreOptions

    @Option(
        help: ArgumentHelp(
            "A variable of the agent's environment as the docker client sees it.",
            valueName: "name=value"))
    var agentEnv: [String] = []

    /// The agent that the flags describe.
    func configuration(cancellation: Cancellation) throws -> AgentConfiguration {
        var agent = AgentConfiguration()
        agent.mesos = try fetcher.behavior()
        agent.fetch = try fetcher.options(cancellation: cancellation)
        if let docker {
            guard let version = DockerVersion(docker) else {
                throw ValidationError("--docker: '\(docker)' is no version; write 28.2 for example")
            }
            agent.docker = DockerBehavior(version)
        }
        if let dockerConfig { agent.dockerConfig = try Self.config(dockerConfig) }
        agent.secrets = try secretStore.store(cancellation: cancellation)
        agent.environment = ["PATH": ProcessEnvironment["PATH"] ?? "/usr/bin:/bin"]
        for variable in agentEnv {
            guard let equals = variable.firstIndex(of: "="), equals > variable.startIndex else {
                throw ValidationError("--agent-env: '\(variable)' has no NAME=VALUE")
            }
            let value = variable[variable.index(after: equals)...]
            agent.environment[String(variable[..<equals])] = String(value)
        }
        return agent
    }

    static func config(_ value: String) throws -> [UInt8] {
        let text = value.drop { $0.isWhitespace }
        if text.hasPrefix("{") { return Array(value.utf8) }
        let path = value.hasPrefix("file://") ? String(value.dropFirst(7)) : value
        return try InputFile.read(path)
    }
}
