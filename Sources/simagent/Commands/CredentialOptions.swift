import ArgumentParser
import DockerCredentials
import Vocabulary

/// The clients that `--client` names.
enum CredentialClientName: String, CaseIterable {
    case docker
    case dockerRun = "docker-run"
    case dockerBuild = "docker-build"
    case mesos
    case mesosDocker = "mesos-docker"
    case containersImage = "containers-image"
    case oras
    case ggcr
    case kubelet
}

/// The flags that choose a client and what it finds around it.
struct CredentialOptions: ParsableArguments {
    /// A value of `--client`.
    struct Choice: ExpressibleByArgument {
        /// The one client, `nil` for all.
        let single: CredentialClientName?

        init?(argument: String) {
            single = CredentialClientName(rawValue: argument)
            if single == nil, argument != "all" { return nil }
        }

        static var allValueStrings: [String] {
            CredentialClientName.allCases.map(\.rawValue) + ["all"]
        }

        var defaultValueDescription: String { single?.rawValue ?? "all" }

        static let docker = Choice(single: .docker)

        private init(single: CredentialClientName) { self.single = single }
    }

    @Option(help: ArgumentHelp("The home of the client (default: HOME).", valueName: "dir"))
    var home: String?

    @Option(help: "The client that pulls.")
    var client = Choice.docker

    @Option(help: "The version of the Docker client.")
    var docker: String?

    @Option(
        help: ArgumentHelp("The Mesos agent's --docker_config.", valueName: "file|json"))
    var config: String?

    @Option(help: ArgumentHelp("The image's config secret (for mesos).", valueName: "file"))
    var secret: String?

    @Option(help: ArgumentHelp("A variable of the client's environment.", valueName: "name=value"))
    var env: [String] = []

    @Flag(help: "Say too whether an engine with the containerd image store uses the credential.")
    var containerdStore = false

    /// What is asked of every client.
    func question(_ target: CredentialTarget) throws -> CredentialQuestion {
        var behavior = DockerBehavior.newest
        if let docker {
            guard let version = DockerVersion(docker) else {
                throw ValidationError("--docker: '\(docker)' is no version; write 28.2 for example")
            }
            behavior = DockerBehavior(version)
        }
        var variables = ["PATH": ProcessEnvironment["PATH"] ?? "/usr/bin:/bin"]
        for variable in env {
            guard let equals = variable.firstIndex(of: "="), equals > variable.startIndex else {
                throw ValidationError("--env: '\(variable)' has no NAME=VALUE")
            }
            variables[String(variable[..<equals])] =
                String(variable[variable.index(after: equals)...])
        }
        var folder = home ?? variables["HOME"] ?? ProcessEnvironment.home
        // One that is empty counts as not set.
        if folder?.isEmpty == true { folder = ProcessEnvironment.accountHome }
        variables["HOME"] = nil
        return CredentialQuestion(
            target: target, behavior: behavior,
            environment: ClientEnvironment(
                home: try folder.map(InputFile.absolutePath), variables: variables),
            agentConfig: try config.map(AgentOptions.config),
            secret: try secret.map(InputFile.read), asksContainerdStore: containerdStore)
    }
}
