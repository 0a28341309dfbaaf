import LocatedJSON

/// Marathon's rules for an app, phase by phase: those of a later phase speak only when all
/// earlier ones are content (`AppHelpers.appNormalization`).
struct AppValidation {
    let app: AppInput
    let features: MarathonFeatures
    let network: AppNetwork
    /// The path below the root at which the app will stand.
    let absoluteID: String

    /// Appends what is wrong.
    func check(_ list: inout ViolationList) {
        let before = list.count
        DeprecatedFields(app: app).check(&list)
        guard list.count == before else { return }
        checkCanonical(&list)
        guard list.count == before else { return }
        checkRunSpec(&list)
    }

    /// `AppValidation.validateCanonicalAppAPI`.
    private func checkCanonical(_ list: inout ViolationList) {
        checkID(&list)
        for artifact in app.fetch where JavaURI(artifact.uri) == nil {
            DeprecatedFields.reportURI(artifact, of: app, &list)
        }
        checkCommand(&list)
        checkContainer(&list)
        NetworkRules(object: app.object).check(&list)
        network.check(app, &list)
        checkHealth(&list)
        if app.resources.gpus > 0, !features.gpuResources || app.container?.type == .docker {
            list.add(
                "A-GPUS", "/",
                features.gpuResources
                    ? "the Docker containerizer gives no \"gpus\""
                    : "\"gpus\" needs the feature \"gpu_resources\"",
                features.gpuResources
                    ? "use \"type\": \"MESOS\""
                    : "start Marathon with --enable_features gpu_resources",
                at: app.object["gpus"])
        }
        let rules = SecretRules(secrets: app.secrets, features: features)
        rules.checkVariables(app.variables, of: app.object, "env", &list)
        rules.checkMap(of: app.object, &list)
        for (index, variable) in app.variables.members.enumerated() where variable.name.isEmpty {
            list.add(
                "A-ENV-NAME", "/env/keys(\(index))", "a variable has an empty name", "name it",
                at: variable.nameValue)
        }
    }

    /// A health check may name a port by its index.
    private func checkHealth(_ list: inout ViolationList) {
        for check in app.object.objects("healthChecks") ?? [] {
            guard let index = check.integer("portIndex"), check["port"] == nil,
                index >= network.ports.count
            else { continue }
            list.add(
                "A-HEALTH-PORT", check.path + "/portIndex",
                "the app has \(network.ports.count) ports, none of index \(index)",
                "count from 0, or add the port", at: check["portIndex"])
        }
    }

    private func checkID(_ list: inout ViolationList) {
        if absoluteID == "/" {
            list.add(
                "A-ID-ROOT", "/id", "an app cannot be the root", "give it a name",
                at: app.object["id"])
        }
        PathID.checkReserved(absoluteID, at: app.object["id"], &list)
    }

    private func checkCommand(_ list: inout ViolationList) {
        let isRunnable = app.container.map { $0.docker != nil || $0.type == .mesos } ?? false
        if app.cmd != nil, !app.args.isEmpty {
            list.add(
                "A-CMD-ARGS", "/", "both \"cmd\" and \"args\" are given", "keep one of them",
                at: app.object.name(of: "args"))
        } else if app.cmd == nil, app.args.isEmpty, !isRunnable {
            reportNothingToRun(&list)
        }
        if let cmd = app.cmd, cmd.utf16.count == 1 {
            list.add(
                "A-CMD-ONE-CHAR", "/", "Marathon refuses a command of one character",
                "write a longer one, a path for example", at: app.object["cmd"])
        }
    }

    private func reportNothingToRun(_ list: inout ViolationList) {
        list.add(
            "A-CMD-ARGS", "/", "there is nothing to run", "add \"cmd\", \"args\" or an image",
            at: app.object.json)
    }

    private func checkContainer(_ list: inout ViolationList) {
        guard let container = app.container else { return }
        if container.docker == nil, container.type == .docker {
            list.add(
                "A-DOCKER-MISSING", "/container/docker",
                "\"docker\" is missing, and the type is DOCKER unless it says otherwise",
                "add \"docker\" with an image, or \"type\": \"MESOS\"", at: container.object.json)
        }
        let rules = SecretRules(secrets: app.secrets, features: features)
        if let use = container.pullSecret {
            if container.type == .docker {
                list.add(
                    "PULLCFG-DOCKER", "/container/docker/pullConfig",
                    "the Docker containerizer takes no \"pullConfig\"",
                    "use \"type\": \"MESOS\", or fetch a docker.tar.gz with .docker/config.json",
                    at: container.docker?.name(of: "pullConfig"))
            } else {
                rules.checkPull(use, &list)
            }
        }
        if !features.secrets, !container.files.isEmpty {
            list.featureSecrets(
                "/container/volumes", at: container.object.name(of: "volumes"))
        }
        for use in container.files {
            let path = String(use.path.dropLast("/secret".count))
            rules.checkKey(of: use, "SECRET-VOLUME-UNDEFINED", path, &list)
        }
        for volume in container.object.objects("volumes") ?? []
        where !features.externalVolumes && volume.object("external") != nil {
            list.add(
                "FEATURE-EXTERNAL-VOLUMES", volume.path,
                "the feature \"external_volumes\" is not enabled",
                "start Marathon with --enable_features external_volumes", at: volume.json)
        }
    }

    /// `AppDefinition.validAppDefinition`: what only the finished app shows.
    private func checkRunSpec(_ list: inout ViolationList) {
        if app.cmd == nil, app.args.isEmpty, app.container?.image == nil {
            reportNothingToRun(&list)
        }
        if app.container?.type == .docker, let check = app.object.name(of: "check") {
            list.add(
                "A-CHECK-DOCKER", "/", "the Docker containerizer knows no \"check\"",
                "use \"healthChecks\", or \"type\": \"MESOS\"", at: check)
        }
    }
}
