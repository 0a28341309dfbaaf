import LocatedJSON

/// Marathon's rules for an app, phase by phase: those of a later phase speak only when all
/// earlier ones are content (`AppHelpers.appNormalization`).
struct AppValidation {
    let app: AppInput
    let features: MarathonFeatures

    /// Appends what is wrong to the reader's faults.
    func check(_ reader: inout ShapeReader) {
        let before = reader.violations.count
        checkAsWritten(&reader)
        guard reader.violations.count == before else { return }
        checkCanonical(&reader)
    }

    /// `AppValidation.validateOldAppAPI`: the input as it was written.
    private func checkAsWritten(_ reader: inout ShapeReader) {
        for uri in app.uris where JavaURI(uri.text) == nil {
            reader.report(
                "A-URI-SYNTAX", uri.path, "this is no URI", advice: Self.uriAdvice, at: uri.value)
        }
        if !app.uris.isEmpty, !app.fetch.isEmpty {
            reader.report(
                "A-URIS-AND-FETCH", "/uris", "both \"uris\" and \"fetch\" are given",
                advice: "keep \"fetch\" alone, with the URIs of both",
                at: reader.member("uris", of: app.json))
        }
        guard let container = app.container else { return }
        if let docker = container.docker {
            let path = "/container/docker"
            if let credential = reader.member("credential", of: docker.json) {
                reader.report(
                    "A-CREDENTIAL", path + "/credential", "Marathon refuses \"credential\"",
                    advice: "use \"pullConfig\" with the Mesos containerizer, or fetch a login",
                    at: credential)
            }
            if container.type == .mesos { checkMesosDocker(docker.json, path, &reader) }
        }
    }

    private func checkMesosDocker(
        _ docker: JSONValue, _ path: String, _ reader: inout ShapeReader
    ) {
        let refused = [
            ("network", "A-UCR-NETWORK"), ("parameters", "A-UCR-PARAMS"),
            ("portMappings", "A-UCR-DOCKERPORTS"),
        ]
        for (name, id) in refused {
            guard let value = reader.member(name, of: docker),
                name == "network" || !value.isEmpty
            else { continue }
            reader.report(
                id, "\(path)/\(name)", "the Mesos containerizer has no \"\(name)\" of Docker",
                advice: "leave it out, or use \"type\": \"DOCKER\"", at: value)
        }
    }

    /// `AppValidation.validateCanonicalAppAPI`: everything else.
    private func checkCanonical(_ reader: inout ShapeReader) {
        checkID(&reader)
        for artifact in app.fetch where JavaURI(artifact.uri) == nil {
            reader.report(
                "A-URI-SYNTAX", artifact.path, "this is no URI", advice: Self.uriAdvice, at: nil)
        }
        let isRunnable =
            app.container.map { $0.docker != nil || $0.type == .mesos } ?? false
        let hasBoth = app.cmd != nil && !app.args.isEmpty
        if hasBoth || app.cmd == nil && app.args.isEmpty && !isRunnable {
            reader.report(
                "A-CMD-ARGS", "/",
                hasBoth
                    ? "both \"cmd\" and \"args\" are given" : "there is nothing to run",
                advice: hasBoth ? "keep one of them" : "add \"cmd\", \"args\" or an image",
                at: app.json)
        }
        if let cmd = app.cmd, cmd.utf16.count == 1 {
            reader.report(
                "A-CMD-ONE-CHAR", "/", "Marathon refuses a command of one character",
                advice: "write a longer one, a path for example",
                at: reader.member("cmd", of: app.json))
        }
        checkContainer(&reader)
        SecretRules(secrets: app.secrets, features: features).check(
            app.secretEnvironment, in: reader.member("env", of: app.json), path: "/env",
            of: app.json, &reader)
        VolumeRules(secrets: app.secrets, features: features).check(app: app.json, &reader)
        guard let environment = reader.member("env", of: app.json) else { return }
        for (index, variable) in environment.members.enumerated() where variable.name.isEmpty {
            reader.report(
                "A-ENV-NAME", "/env/keys(\(index))", "a variable has an empty name",
                advice: "name it", at: variable.nameValue)
        }
    }

    private func checkID(_ reader: inout ShapeReader) {
        guard let id = app.id else { return }
        let absolute = PathID.absolute(id)
        let value = reader.member("id", of: app.json)
        if absolute == "/" {
            reader.report(
                "A-ID-ROOT", "/id", "an app cannot be the root", advice: "give it a name",
                at: value)
        }
        if let last = absolute.split(separator: "/").last,
            ["restart", "tasks", "versions"].contains(last)
        {
            reader.report(
                "A-ID-RESERVED", "/id", "the last part of an id cannot be \"\(last)\"",
                advice: "name it otherwise", at: value)
        }
    }

    private func checkContainer(_ reader: inout ShapeReader) {
        guard let container = app.container else { return }
        guard let docker = container.docker else {
            if container.type == .docker {
                reader.report(
                    "A-DOCKER-MISSING", "/container/docker",
                    "\"docker\" is missing, and the type is DOCKER unless it says otherwise",
                    advice: "add \"docker\" with an image, or \"type\": \"MESOS\"",
                    at: container.json)
            }
            return
        }
        guard let secret = docker.pullSecret else { return }
        let value = reader.member("pullConfig", of: docker.json)
        let path = "/container/docker/pullConfig"
        if container.type == .docker {
            reader.report(
                "PULLCFG-DOCKER", path,
                "the Docker containerizer takes no \"pullConfig\"",
                advice: "use \"type\": \"MESOS\", or fetch a docker.tar.gz with"
                    + " .docker/config.json", at: value)
            return
        }
        SecretRules(secrets: app.secrets, features: features)
            .checkPullSecret(secret, at: value, path: path, &reader)
    }

    static let uriAdvice = "escape blanks and other characters that a URI cannot have"
}
