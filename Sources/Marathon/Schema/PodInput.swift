import LocatedJSON

/// A pod as it was written.
struct PodInput {
    let object: ObjectView
    let id: String
    let user: String?
    let variables: Variables
    let secrets: SecretMap
    let labels: Labels
    let instances: Int
    let volumes: [ObjectView]
    let containers: [ContainerInput]

    struct ContainerInput {
        let object: ObjectView
        let name: String
        let image: ObjectView?
        let pullSecret: SecretUse?
        let artifacts: [Artifact]
        let user: String?
        let variables: Variables
        let labels: Labels
        let resources: TaskDefinition.Resources
        let mounts: [ObjectView]
        let endpoints: [ObjectView]
    }

    init(_ json: JSONValue) {
        object = ObjectView(json, "")
        id = object.string("id") ?? ""
        user = object.string("user")
        variables = Variables(object, "environment")
        secrets = SecretMap(object)
        labels = Labels(object)
        instances = object.object("scaling")?.integer("instances") ?? 1
        volumes = object.objects("volumes") ?? []
        containers = (object.objects("containers") ?? []).map(ContainerInput.init)
    }

    /// The pod's volumes that hold a secret.
    var files: [SecretUse] {
        volumes.compactMap { volume in
            guard ObjectShape.podVolumes.firstIndex(where: { $0.fits(volume.json) }) == 1,
                let key = volume.string("secret")
            else { return nil }
            return SecretUse(
                kind: .file(containerPath: volume.string("name") ?? ""), key: key,
                path: volume.path + "/secret", value: volume["secret"])
        }
    }

    /// Every place that names a secret.
    var secretUses: [SecretUse] {
        variables.secrets + files
            + containers.flatMap { container in
                (container.pullSecret.map { [$0] } ?? []) + container.variables.secrets
            }
    }
}

extension PodInput.ContainerInput {
    init(_ object: ObjectView) {
        self.object = object
        name = object.string("name") ?? ""
        image = object.object("image")
        pullSecret = image.flatMap(SecretUse.init(pullConfigOf:))
        artifacts = object.objects("artifacts")?.map(Artifact.init) ?? []
        user = object.string("user")
        variables = Variables(object, "environment")
        labels = Labels(object)
        resources = TaskDefinition.Resources(object.object("resources"))
        mounts = object.objects("volumeMounts") ?? []
        endpoints = object.objects("endpoints") ?? []
    }
}
