import LocatedJSON

/// A pod as it was read.
struct PodInput {
    let json: JSONValue
    let id: String?
    let user: String?
    let environment: [String: String]
    let secretEnvironment: [(name: String, secret: String)]
    let secrets: [String: String]
    let labels: [String: String]
    let instances: Int
    let containers: [ContainerInput]

    struct ContainerInput {
        let json: JSONValue
        let path: String
        let name: String
        let image: JSONValue?
        let imageID: String?
        let pullSecret: String?
        let forcesPull: Bool
        let artifacts: [Artifact]
        let user: String?
        let environment: [String: String]
        let secretEnvironment: [(name: String, secret: String)]
        let labels: [String: String]
        let resources: TaskDefinition.Resources
    }

    init(_ json: JSONValue, _ reader: inout ShapeReader) {
        self.json = json
        id = reader.string("id", of: json, "", min: 1, isRequired: true)
        if let id, !PathID.isValid(id) {
            reader.report(
                "J-PATTERN", "/id", "\"\(id)\" is no id", advice: AppInput.idAdvice,
                at: reader.member("id", of: json))
        }
        user = reader.string("user", of: json, "")
        (environment, secretEnvironment) = reader.environment("environment", of: json, "")
        secrets = reader.secrets(of: json)
        labels = reader.labels(of: json, "")
        var instances = 1
        if let scaling = reader.object("scaling", of: json, "") {
            let kind = reader.string("kind", of: scaling, "/scaling", isRequired: true)
            if let kind, kind != "fixed" {
                reader.report(
                    "J-ENUM", "/scaling/kind", "\"kind\" must be exactly \"fixed\"",
                    advice: "write \"fixed\"", at: scaling["kind"])
            }
            instances = reader.integer("instances", of: scaling, "/scaling", default: 1)
        }
        self.instances = instances
        containers = reader.elements("containers", of: json, "").compactMap { value, path in
            guard reader.check(value, is: .object, path) else { return nil }
            return ContainerInput(value, path, &reader)
        }
        if reader.member("containers", of: json) == nil {
            _ = reader.require("containers", of: json, "")
        } else if reader.member("containers", of: json)?.isEmpty == true {
            reader.report(
                "J-MINITEMS", "/containers", "a pod needs a container",
                advice: "add one to \"containers\"", at: json["containers"])
        }
    }
}

extension PodInput.ContainerInput {
    init(_ json: JSONValue, _ path: String, _ reader: inout ShapeReader) {
        self.json = json
        self.path = path
        name = reader.string("name", of: json, path, min: 1, max: 63, isRequired: true) ?? ""
        if !name.isEmpty, !Self.isName(name) {
            reader.report(
                "J-PATTERN", path + "/name", "\"\(name)\" is no name of a container",
                advice: "use lower-case letters, digits and inner hyphens", at: json["name"])
        }
        var resources = TaskDefinition.Resources()
        if let value = reader.require("resources", of: json, path),
            reader.check(value, is: .object, path + "/resources")
        {
            resources = reader.resources(of: value, path + "/resources")
        }
        self.resources = resources
        image = reader.object("image", of: json, path)
        var (imageID, pullSecret, forcesPull): (String?, String?, Bool) = (nil, nil, false)
        if let image {
            let place = path + "/image"
            _ = reader.word("kind", of: image, place, among: ["DOCKER"], isRequired: true)
            imageID = reader.string("id", of: image, place, min: 1, max: 1_024, isRequired: true)
            pullSecret = reader.pullSecret(of: image, place)
            forcesPull = reader.bool("forcePull", of: image, place, default: false)
        }
        (self.imageID, self.pullSecret, self.forcesPull) = (imageID, pullSecret, forcesPull)
        artifacts = reader.artifacts("artifacts", of: json, path)
        user = reader.string("user", of: json, path)
        (environment, secretEnvironment) = reader.environment("environment", of: json, path)
        labels = reader.labels(of: json, path)
    }

    private static func isName(_ text: String) -> Bool {
        text.utf8.first != 0x2d && text.utf8.last != 0x2d
            && text.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2d }
    }
}
