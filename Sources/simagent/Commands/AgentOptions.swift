import Agent
import ArgumentParser
import DockerCredentials
import Fetcher
import Marathon
import Transfer
import Vocabulary

/// The flags of a Mesos agent, under the agent's own names.
struct AgentOptions: ParsableArguments {
    @Option(help: "The version of Mesos that is simulated.")
    var mesos: String?

    @Option(help: "The version of the Docker client that pulls.")
    var docker: String?

    @Option(
        help: ArgumentHelp(
            "The agent's own Docker credentials: a file, or JSON text.", valueName: "file|json"))
    var dockerConfig: String?

    @Option(
        help: ArgumentHelp(
            "The base of relative URIs (also MESOS_FRAMEWORKS_HOME).", valueName: "dir"))
    var frameworksHome: String?

    @Option(
        help: ArgumentHelp(
            "The proxy for downloads (default: those of the environment).", valueName: "url"))
    var proxy: String?

    @Option(help: ArgumentHelp("Certificates that servers may have, in PEM.", valueName: "file"))
    var ca: String?

    @OptionGroup var secretStore: SecretStoreOptions

    @Option(
        help: ArgumentHelp(
            "A variable of the agent's environment as the docker client sees it.",
            valueName: "name=value"))
    var agentEnv: [String] = []

    /// The agent that the flags describe.
    func configuration(cancellation: Cancellation) throws -> AgentConfiguration {
        var agent = AgentConfiguration()
        if let mesos {
            guard let version = MesosVersion(mesos) else {
                throw ValidationError("--mesos: '\(mesos)' is no version; write 1.11.0 for example")
            }
            agent.mesos = MesosBehavior(version)
        }
        if let docker {
            guard let version = DockerVersion(docker) else {
                throw ValidationError("--docker: '\(docker)' is no version; write 28.2 for example")
            }
            agent.docker = DockerBehavior(version)
        }
        // Every flag of a Mesos agent can be given as a variable; this one belongs to the
        // place where a program is run, as the shell's PATH does.
        if let home = frameworksHome ?? ProcessEnvironment["MESOS_FRAMEWORKS_HOME"] {
            agent.frameworksHome = try InputFile.absolutePath(home)
        }
        if let dockerConfig { agent.dockerConfig = try Self.config(dockerConfig) }
        if let ca { agent.transfers.certificateFile = ca }
        agent.transfers.proxies =
            proxy.map(ProxyRules.init(everywhere:)) ?? ProcessEnvironment.proxies
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
