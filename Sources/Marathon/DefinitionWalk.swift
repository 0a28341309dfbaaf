import LocatedJSON

/// Goes through a definition and collects its tasks.
struct DefinitionWalk {
    let features: MarathonFeatures
    private(set) var tasks: [TaskDefinition] = []

    init(features: MarathonFeatures) {
        self.features = features
    }

    mutating func read(
        _ root: JSONValue, _ form: MarathonDefinition.Form, _ reader: inout ShapeReader,
        _ findings: inout DefinitionFindings
    ) {
        switch form {
        case .app: readApp(root, below: "/", &reader, &findings)
        case .appArray:
            for (index, app) in root.elements.enumerated() {
                reader.prefix = "[\(index)]"
                readApp(app, below: "/", &reader, &findings)
            }
            reader.prefix = ""
        case .wrappedApp:
            findings.wrapped(root)
            if let app = root["app"] { readApp(app, below: "/", &reader, &findings) }
            if let apps = root["apps"] {
                for app in apps.elements { readApp(app, below: "/", &reader, &findings) }
            }
        case .pod: readPod(root, &reader, &findings)
        case .group: readGroups(root, &reader, &findings)
        }
    }

    /// Reads a group and those below it, without recursion: depth is the author's choice.
    private mutating func readGroups(
        _ root: JSONValue, _ reader: inout ShapeReader, _ findings: inout DefinitionFindings
    ) {
        var pending: [(group: JSONValue, base: String)] = [(root, "/")]
        while let (group, base) = pending.popLast() {
            guard reader.check(group, is: .object, "") else { continue }
            let id = reader.string("id", of: group, "") ?? "/"
            let path = PathID.absolute(id, below: base)
            if let pods = reader.member("pods", of: group) { findings.ignoredPods(pods) }
            for (app, _) in reader.elements("apps", of: group, "") {
                readApp(app, below: path, &reader, &findings)
            }
            for (inner, _) in reader.elements("groups", of: group, "").reversed() {
                pending.append((inner, path))
            }
        }
    }

    private mutating func readApp(
        _ json: JSONValue, below base: String, _ reader: inout ShapeReader,
        _ findings: inout DefinitionFindings
    ) {
        let before = reader.violations.count
        guard reader.check(json, is: .object, "") else { return }
        let app = AppInput(json, &reader)
        guard reader.violations.count == before else { return }
        AppValidation(app: app, features: features).check(&reader)
        guard reader.violations.count == before, let id = app.id else { return }
        let artifacts =
            app.uris.isEmpty
            ? app.fetch
            : app.uris.map { uri in
                Artifact(
                    uri: uri.text, extract: isGuessedArchive(uri.text), executable: false,
                    cache: false, outputFile: nil, path: uri.path,
                    location: uri.value.location)
            }
        let absolute = PathID.absolute(id, below: base)
        let docker = app.container?.docker
        let secret = docker?.pullSecret.flatMap { key in
            app.secrets[key].map { source in
                TaskDefinition.PullSecret(
                    reference: key, source: source,
                    isInSpace: PathID.isSource(source, inSpaceOf: absolute),
                    path: "/container/docker/pullConfig/secret")
            }
        }
        let task = TaskDefinition(
            id: absolute, container: nil, containerizer: app.container?.type,
            image: docker?.image, imagePath: "/container/docker/image",
            forcesPull: docker?.forcesPull ?? false, artifacts: artifacts, pullSecret: secret,
            user: app.user, environment: app.environment,
            secretEnvironment: app.secretEnvironment.map(\.name), labels: app.labels,
            resources: app.resources, instances: app.instances)
        tasks.append(task)
        findings.look(at: task, app)
    }

    private mutating func readPod(
        _ json: JSONValue, _ reader: inout ShapeReader, _ findings: inout DefinitionFindings
    ) {
        let pod = PodInput(json, &reader)
        guard reader.violations.isEmpty else { return }
        PodValidation(pod: pod, features: features).check(&reader)
        guard reader.violations.isEmpty, let id = pod.id else { return }
        let absolute = PathID.absolute(id)
        for container in pod.containers {
            let path = container.path + "/image"
            let secret = container.pullSecret.flatMap { key in
                pod.secrets[key].map { source in
                    TaskDefinition.PullSecret(
                        reference: key, source: source,
                        isInSpace: PathID.isSource(source, inSpaceOf: absolute),
                        path: path + "/pullConfig/secret")
                }
            }
            let secretNames = (pod.secretEnvironment + container.secretEnvironment).map(\.name)
            let task = TaskDefinition(
                id: absolute, container: container.name, containerizer: .mesos,
                image: container.imageID, imagePath: path + "/id",
                forcesPull: container.forcesPull, artifacts: container.artifacts,
                pullSecret: secret, user: container.user ?? pod.user,
                environment: pod.environment.merging(container.environment) { $1 },
                secretEnvironment: secretNames,
                labels: pod.labels.merging(container.labels) { $1 },
                resources: container.resources, instances: pod.instances)
            tasks.append(task)
            findings.look(at: task)
        }
        findings.unusedSecrets(pod.secrets, usedBy: pod, json)
    }
}

extension ShapeReader {
    /// A text that is no JSON: one violation without a path.
    mutating func reportSyntax(_ error: JSONSyntaxError) {
        append(
            Violation(
                id: "J-SYNTAX", path: "", message: "this is not JSON: \(error.description)",
                advice: "mend the text at that place", location: error.location))
    }
}
