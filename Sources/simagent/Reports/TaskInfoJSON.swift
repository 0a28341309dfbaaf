import Agent
import Marathon
import Vocabulary

/// What Marathon hands to Mesos, with the names of Mesos' own `TaskInfo`.
struct TaskInfoJSON: Encodable {
    let name: String
    let user: String?
    let resources: Resources
    let command: Command
    let container: Container?

    struct Resources: Encodable {
        let cpus: Double
        let mem: Double
        let disk: Double
        let gpus: Int
    }

    struct Command: Encodable {
        let shell: Bool
        let value: String?
        let arguments: [String]
        let uris: [URI]
    }

    struct URI: Encodable {
        let value: String
        let extract: Bool
        let executable: Bool
        let cache: Bool
        let outputFile: String?
    }

    struct Container: Encodable {
        let type: String
        let docker: Docker?
        let mesos: Mesos?
        let networkNames: [String]
        let portMappings: [PortMapping]
        let volumes: [Volume]
    }

    struct Docker: Encodable {
        let image: String?
        let forcePullImage: Bool
        let network: String
        let privileged: Bool
        let parameters: [Parameter]
    }

    struct Parameter: Encodable {
        let key: String
        let value: String
    }

    struct Mesos: Encodable {
        let image: String?
        let cached: Bool?
        /// `Secret.reference.name`: a key of the definition's secrets.
        let configSecret: String?
    }

    struct PortMapping: Encodable {
        let hostPort: Int
        let containerPort: Int
        let `protocol`: String
    }

    struct Volume: Encodable {
        let containerPath: String
        let mode: String
        let hostPath: String?
        let sandboxPath: String?
        let source: String

        init(_ volume: TaskVolume) {
            containerPath = volume.containerPath
            mode = volume.mode
            var (host, sandbox): (String?, String?)
            switch volume.source {
            case .host(let path): (source, host) = ("host", path)
            case .sandbox(let path): (source, sandbox) = ("sandbox", path)
            case .persistent: source = "persistent"
            case .external: source = "external"
            }
            (hostPath, sandboxPath) = (host, sandbox)
        }
    }

    init(_ report: TaskReport) {
        let task = report.definition
        name = task.name
        user = task.user
        resources = Resources(
            cpus: task.resources.cpus, mem: task.resources.mem, disk: task.resources.disk,
            gpus: task.resources.gpus)
        command = Command(
            shell: task.command.usesShell, value: task.command.value,
            arguments: task.command.arguments,
            uris: task.artifacts.map {
                URI(
                    value: redactedURI($0.uri), extract: $0.extract, executable: $0.executable,
                    cache: $0.cache, outputFile: $0.outputFile)
            })
        container = report.container.map(Container.init)
    }
}

extension TaskInfoJSON.Container {
    init(_ container: ContainerInfo) {
        let isMesos = container.containerizer == .mesos
        self.init(
            type: container.containerizer.rawValue,
            docker: container.docker.map { docker in
                TaskInfoJSON.Docker(
                    image: container.image, forcePullImage: docker.forcesPull,
                    network: docker.network, privileged: docker.isPrivileged,
                    parameters: docker.parameters.map {
                        TaskInfoJSON.Parameter(key: $0.key, value: $0.value)
                    })
            },
            mesos: isMesos
                ? TaskInfoJSON.Mesos(
                    image: container.image, cached: container.cached,
                    configSecret: container.configSecret) : nil,
            networkNames: container.networkNames,
            portMappings: container.portMappings.map {
                TaskInfoJSON.PortMapping(
                    hostPort: $0.hostPort, containerPort: $0.containerPort,
                    protocol: $0.networkProtocol)
            },
            volumes: container.volumes.map(TaskInfoJSON.Volume.init))
    }
}
