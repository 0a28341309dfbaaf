import LocatedJSON

/// An app as it was read, before Marathon's own rules are applied.
struct AppInput {
    let json: JSONValue
    let id: String?
    let cmd: String?
    let args: [String]
    let user: String?
    let environment: [String: String]
    let secretEnvironment: [(name: String, secret: String)]
    let secrets: [String: String]
    let fetch: [Artifact]
    let uris: [(text: String, value: JSONValue, path: String)]
    let labels: [String: String]
    let resources: TaskDefinition.Resources
    let instances: Int
    let container: ContainerInput?

    struct ContainerInput {
        let json: JSONValue
        let type: TaskDefinition.Containerizer
        let docker: DockerInput?
    }

    struct DockerInput {
        let json: JSONValue
        let image: String
        let pullSecret: String?
        let forcesPull: Bool
    }

    init(_ json: JSONValue, _ reader: inout ShapeReader) {
        self.json = json
        id = reader.string("id", of: json, "", min: 1, isRequired: true)
        if let id, !PathID.isValid(id) {
            reader.report(
                "J-PATTERN", "/id", "\"\(id)\" is no id", advice: Self.idAdvice,
                at: reader.member("id", of: json))
        }
        cmd = reader.string("cmd", of: json, "", min: 1)
        args = reader.elements("args", of: json, "").compactMap { reader.string($0, $1) }
        user = reader.string("user", of: json, "")
        (environment, secretEnvironment) = reader.environment("env", of: json, "")
        secrets = reader.secrets(of: json)
        fetch = reader.artifacts("fetch", of: json, "")
        uris = reader.elements("uris", of: json, "").compactMap { value, path in
            reader.string(value, path).map { ($0, value, path) }
        }
        labels = reader.labels(of: json, "")
        resources = reader.resources(of: json, "")
        instances = reader.integer("instances", of: json, "", default: 1)
        container = reader.container(of: json)
    }

    static let idAdvice =
        "use lower-case letters, digits and inner hyphens, with slashes between the parts"
}

extension ShapeReader {
    fileprivate mutating func container(of app: JSONValue) -> AppInput.ContainerInput? {
        guard let json = object("container", of: app, "") else { return nil }
        let word = word("type", of: json, "/container", among: ["MESOS", "DOCKER"])
        let type = word.flatMap(TaskDefinition.Containerizer.init(rawValue:)) ?? .docker
        var docker: AppInput.DockerInput?
        if let object = object("docker", of: json, "/container") {
            let path = "/container/docker"
            let image = string("image", of: object, path, min: 1, isRequired: true)
            docker = AppInput.DockerInput(
                json: object, image: image ?? "", pullSecret: pullSecret(of: object, path),
                forcesPull: bool("forcePullImage", of: object, path, default: false))
        }
        return AppInput.ContainerInput(json: json, type: type, docker: docker)
    }

    mutating func pullSecret(of image: JSONValue, _ path: String) -> String? {
        object("pullConfig", of: image, path).flatMap {
            string("secret", of: $0, path + "/pullConfig", min: 1, isRequired: true)
        }
    }

    mutating func secrets(of object: JSONValue) -> [String: String] {
        var secrets: [String: String] = [:]
        for (name, value, path) in entries("secrets", of: object, "")
        where check(value, is: .object, path) {
            // One that is broken is still defined: its uses are not at fault.
            secrets[name] = string("source", of: value, path, min: 1, isRequired: true) ?? ""
        }
        return secrets
    }

    mutating func labels(of object: JSONValue, _ path: String) -> [String: String] {
        var labels: [String: String] = [:]
        for (name, value, path) in entries("labels", of: object, path) {
            labels[name] = string(value, path)
        }
        return labels
    }

    mutating func resources(of object: JSONValue, _ path: String) -> TaskDefinition.Resources {
        TaskDefinition.Resources(
            cpus: number("cpus", of: object, path, default: 1),
            mem: number("mem", of: object, path, default: 128),
            disk: number("disk", of: object, path, default: 0),
            gpus: integer("gpus", of: object, path, default: 0))
    }

    mutating func environment(
        _ name: String, of object: JSONValue, _ path: String
    ) -> ([String: String], [(name: String, secret: String)]) {
        var plain: [String: String] = [:]
        var secret: [(name: String, secret: String)] = []
        for (name, value, path) in entries(name, of: object, path) {
            if value.kind == .string {
                plain[name] = value.stringValue
            } else if check(value, is: .object, path),
                let key = string("secret", of: value, path, isRequired: true)
            {
                secret.append((name, key))
            }
        }
        return (plain, secret)
    }
}
