import LocatedJSON
import Vocabulary

extension DefinitionFindings {
    /// What the list of files of a task shows.
    mutating func lookAtArtifacts(of task: TaskDefinition) {
        var targets: [String: Artifact] = [:]
        for artifact in task.artifacts {
            look(at: artifact)
            for target in artifact.targets(on: agent) where !target.isEmpty {
                if let other = targets[target] {
                    add(
                        "L-COLLISION", artifact.path, at: artifact.location,
                        "\(redactedURI(shown(artifact.uri))) and \(redactedURI(shown(other.uri)))"
                            + " are both written to \(shown(redactedURI(target)))",
                        "give one of them a \"destPath\" of its own")
                    break
                }
                targets[target] = artifact
            }
        }
        if task.containerizer == .mesos, task.image != nil, task.pullSecret == nil,
            let login = task.artifacts.first(where: \.isLogin)
        {
            add(
                "L-MECHANISM", login.path, at: login.location,
                "the Mesos containerizer takes no login from the sandbox: this file has no effect",
                "use \"pullConfig\" with a key of \"secrets\"")
        }
        lookAtVersions(of: task)
    }

    private mutating func look(at artifact: Artifact) {
        let (uri, path, place) = (artifact.uri, artifact.path, artifact.location)
        if artifact.outputFile != nil, !agent.knowsOutputFile {
            add(
                "L-VERSION", path, at: place,
                "Mesos \(agent.mesos) ignores \"destPath\": the file is saved as"
                    + " \(shown(redactedURI(artifact.baseName)))",
                "serve it under the name that is wanted, or use Mesos 1.0 or newer")
        }
        if let fault = artifact.fetcherFault(on: agent) {
            return add("L-FETCHER-CHARS", path, at: place, fault.message, fault.advice)
        }
        if uri.hasPrefix("file:") || uri.firstRange(of: "://") == nil {
            add(
                "L-LOCAL-FILE", path, at: place,
                "\(redactedURI(shown(uri))) is a file of the agent: every agent must have it",
                uri.hasPrefix("/") || uri.hasPrefix("file:///") || uri.hasPrefix("file://localhost")
                    ? "copy it to all agents, or serve it over HTTP"
                    : "write an absolute path (a relative one lies below the agents'"
                        + " --frameworks_home), or serve it over HTTP")
        }
        let name = artifact.savedName(on: agent)
        if name == ".dockercfg" { lookAtLegacyLogin(path, place) }
        if artifact.hasExpiringQuery {
            add(
                "L-EXPIRING-URL", path, at: place,
                "this URI is signed and will expire: tasks that start later fail to fetch it",
                "use a URI that lasts, or send the definition anew with every signature")
        }
        if artifact.extract, !artifact.executable { lookAtUnpacking(artifact) }
    }

    private mutating func lookAtUnpacking(_ artifact: Artifact) {
        let (path, place) = (artifact.path, artifact.location)
        let name = artifact.recognizedName(on: agent)
        guard !agent.unpacks(name) else { return }
        let pathName = artifact.pathName
        if name != pathName, name == artifact.baseName, agent.unpacks(pathName),
            artifact.outputFile == nil || artifact.cache
        {
            add(
                "L-QUERY-BASENAME", path, at: place,
                "the fetcher saves this under a name with its query, \(shown(redactedURI(name))),"
                    + " and does not unpack it",
                artifact.cache
                    ? "add \"destPath\": \"\(shown(pathName))\" and leave \"cache\" out: through"
                        + " the cache the URI's own name counts"
                    : "add \"destPath\": \"\(shown(pathName))\"")
        } else if agent.couldUnpack(name) {
            add(
                "L-NOT-ARCHIVE", path, at: place,
                "Mesos \(agent.mesos) does not unpack \(shown(redactedURI(name))): it is copied",
                "use a .tar.gz, which every Mesos unpacks")
        } else {
            add(
                "L-NOT-ARCHIVE", path, at: place,
                "\(shown(redactedURI(name))) has no archive's suffix: it is copied, not unpacked",
                "write \"extract\": false to say so")
        }
    }

    private mutating func lookAtLegacyLogin(_ path: String, _ place: JSONLocation?) {
        add(
            "L-LEGACY-DOCKERCFG", path, at: place,
            agent.readsDockercfg
                ? "Docker \(agent.docker) reads .dockercfg where there is no config.json, and"
                    + " Docker 23.0 and newer do not"
                : "Docker \(agent.docker) does not read .dockercfg (Docker before 23.0 did):"
                    + " the pull is anonymous",
            "fetch a docker.tar.gz with .docker/config.json")
    }

    /// What the chosen versions do not know, apart from fetching.
    private mutating func lookAtVersions(of task: TaskDefinition) {
        if let secret = task.pullSecret, !agent.knowsImagePullSecret {
            add(
                "L-MECHANISM", secret.path, at: secret.location,
                "Mesos \(agent.mesos) takes no login from a secret (1.4 and newer do)",
                "use a newer Mesos, or the Docker containerizer with a docker.tar.gz")
        }
        if task.containerizer == .docker, !agent.readsConfigFile,
            let login = task.artifacts.first(where: \.isLoginArchive)
        {
            add(
                "L-VERSION", login.path, at: login.location,
                "Docker \(agent.docker) does not read .docker/config.json (1.7 and newer do)",
                "fetch a .dockercfg, or use a newer Docker")
        }
    }
}
