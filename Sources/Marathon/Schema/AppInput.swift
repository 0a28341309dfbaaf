import LocatedJSON

/// An app as it was written, before Marathon's own rules are applied.
struct AppInput {
    let object: ObjectView
    let id: String
    let cmd: String?
    let args: [String]
    let user: String?
    let variables: Variables
    let secrets: SecretMap
    let fetch: [Artifact]
    let uris: [Artifact]
    let labels: Labels
    let resources: TaskDefinition.Resources
    let instances: Int
    /// The path of an executor of its own; `nil` where Mesos' own runs the command.
    let executor: String?
    let dependencies: [String]
    let container: ContainerInput?

    struct ContainerInput {
        let object: ObjectView
        let type: TaskDefinition.Containerizer
        let docker: ObjectView?
        let image: String?
        let pullSecret: SecretUse?
        let files: [SecretUse]
        let volumes: [TaskVolume]
    }

    init(_ json: JSONValue, path: String) {
        object = ObjectView(json, path)
        id = object.string("id") ?? ""
        cmd = object.string("cmd")
        args = object.strings("args")
        user = object.string("user")
        variables = Variables(object, "env")
        secrets = SecretMap(object)
        fetch = object.objects("fetch")?.map(Artifact.init) ?? []
        uris =
            object["uris"]?.elements.enumerated().map { index, value in
                Artifact(migrating: value, path: "\(path)/uris(\(index))")
            } ?? []
        labels = Labels(object)
        resources = TaskDefinition.Resources(object)
        instances = object.integer("instances") ?? 1
        executor = object.string("executor").flatMap { ["", "//cmd"].contains($0) ? nil : $0 }
        dependencies = object.strings("dependencies")
        container = object.object("container").map(ContainerInput.init)
    }

    /// What is fetched in the end.
    var artifacts: [Artifact] { uris.isEmpty ? fetch : uris }

    /// Every place that names a secret.
    var secretUses: [SecretUse] {
        (container?.pullSecret.map { [$0] } ?? []) + variables.secrets + (container?.files ?? [])
    }
}

extension AppInput.ContainerInput {
    init(_ object: ObjectView) {
        self.object = object
        type =
            object.string("type").flatMap { .init(rawValue: $0.uppercased()) } ?? .docker
        docker = object.object("docker")
        image = docker?.string("image")
        pullSecret = docker.flatMap(SecretUse.init(pullConfigOf:))
        let volumes = object.objects("volumes") ?? []
        self.volumes = volumes.compactMap(TaskVolume.init(app:))
        files = volumes.compactMap { volume in
            guard ObjectShape.appVolumes.firstIndex(where: { $0.fits(volume.json) }) == 2,
                let key = volume.string("secret"), let path = volume.string("containerPath")
            else { return nil }
            return SecretUse(
                kind: .file(containerPath: path), key: key, path: volume.path + "/secret",
                value: volume["secret"])
        }
    }
}

extension SecretUse {
    /// The secret that holds an image's login.
    init?(pullConfigOf image: ObjectView) {
        guard let config = image.object("pullConfig"), let key = config.string("secret")
        else { return nil }
        self.init(
            kind: .pull, key: key, path: config.path + "/secret", value: config["secret"])
    }
}
