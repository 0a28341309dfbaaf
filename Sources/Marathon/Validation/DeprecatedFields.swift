import LocatedJSON
import Vocabulary

/// `AppValidation.validateOldAppAPI`: what is refused of the input as it was written.
struct DeprecatedFields {
    let app: AppInput

    func check(_ list: inout ViolationList) {
        for artifact in app.uris where JavaURI(artifact.uri) == nil {
            Self.reportURI(artifact, of: app, &list)
        }
        if !app.uris.isEmpty, !app.fetch.isEmpty {
            list.add(
                "A-URIS-AND-FETCH", "/uris", "both \"uris\" and \"fetch\" are given",
                "Marathon refuses this with HTTP 422. Keep \"fetch\": \(merged)",
                at: app.object.name(of: "uris"))
        }
        checkPorts(&list)
        checkNetworks(&list)
        guard let container = app.container, let docker = container.docker else { return }
        if let credential = docker.name(of: "credential") {
            list.add(
                "A-CREDENTIAL", "/container/docker/credential", "Marathon refuses \"credential\"",
                container.type == .mesos
                    ? "use \"pullConfig\" with a key of \"secrets\""
                    : "fetch a docker.tar.gz with .docker/config.json", at: credential)
        }
        if container.type == .mesos { checkMesos(docker, &list) }
    }

    /// What one list of both would be; what stands in both is kept as `fetch` has it.
    private var merged: String {
        let known = Set(app.fetch.map(\.uri))
        let all = app.fetch + app.uris.filter { !known.contains($0.uri) }
        let shown = all.prefix(4).map { artifact in
            "{\"uri\": \"\(redactedURI(artifact.uri))\""
                + (artifact.extract ? "}" : ", \"extract\": false}")
        }
        let rest = all.count - shown.count
        return "[" + shown.joined(separator: ", ") + (rest > 0 ? ", … \(rest) more]" : "]")
    }

    private func checkPorts(_ list: inout ViolationList) {
        guard let ports = app.object["ports"] else { return }
        let first = ports.elements.map { $0.numberText.flatMap(Double.init) ?? 0 }
        let given = first.filter { $0 != 0 }
        if Set(given).count < given.count {
            list.add(
                "A-PORTS-UNIQUE", "/ports", "one port is given twice", "keep it once",
                at: app.object.name(of: "ports"))
        }
        guard let definitions = app.object["portDefinitions"] else { return }
        let second = definitions.elements.map {
            $0["port"]?.numberText.flatMap(Double.init) ?? 0
        }
        if first != second {
            list.add(
                "A-PORTS-DIFFER", "/", "\"ports\" and \"portDefinitions\" differ",
                "keep \"portDefinitions\" alone", at: app.object.name(of: "ports"))
        }
    }

    private func checkNetworks(_ list: inout ViolationList) {
        guard let networks = app.object["networks"], !networks.isEmpty else { return }
        let docker = app.container?.docker
        let old = docker?.name(of: "network") ?? app.object.name(of: "ipAddress")
        guard let old, let name = old.stringValue else { return }
        list.add(
            "A-NETWORKS-BOTH", "/", "both \"networks\" and the deprecated \"\(name)\" are given",
            "keep \"networks\" alone", at: old)
    }

    private func checkMesos(_ docker: ObjectView, _ list: inout ViolationList) {
        let refused = [
            ("network", "A-UCR-NETWORK"), ("parameters", "A-UCR-PARAMS"),
            ("portMappings", "A-UCR-DOCKERPORTS"),
        ]
        for (name, id) in refused {
            guard let value = docker[name], name == "network" || !value.isEmpty else { continue }
            list.add(
                id, "\(docker.path)/\(name)",
                "the Mesos containerizer has no \"\(name)\" of Docker",
                "leave it out, or use \"type\": \"DOCKER\"", at: docker.name(of: name))
        }
    }

    static func reportURI(_ artifact: Artifact, of app: AppInput, _ list: inout ViolationList) {
        let value =
            artifact.path.hasSuffix("/uri")
            ? app.fetch.firstIndex(of: artifact).flatMap { index in
                app.object["fetch"]?.elements.dropFirst(index).first { _ in true }?["uri"]
            }
            : app.object["uris"]?.elements.first { $0.location == artifact.location }
        list.add(
            "A-URI-SYNTAX", artifact.path,
            "\(redactedURI(shown(artifact.uri))) is no URI",
            "escape blanks as %20 and other characters that a URI cannot have; expand variables",
            at: value)
    }
}
