import LocatedJSON
import Vocabulary

extension DefinitionFindings {
    /// What the list of files of a task shows.
    mutating func lookAtArtifacts(of task: TaskDefinition) {
        var targets: [String: Artifact] = [:]
        for artifact in task.artifacts {
            look(at: artifact)
            for target in artifact.targets {
                if let other = targets[target] {
                    add(
                        "L-COLLISION", artifact.path, at: artifact.location,
                        "\(redactedURI(artifact.uri)) and \(redactedURI(other.uri)) are both"
                            + " written to \(shown(redactedURI(target)))",
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
    }

    private mutating func look(at artifact: Artifact) {
        let (uri, path, place) = (artifact.uri, artifact.path, artifact.location)
        if let fault = artifact.fetcherFault {
            return add("L-FETCHER-CHARS", path, at: place, fault.message, fault.advice)
        }
        if uri.hasPrefix("file:") || uri.firstRange(of: "://") == nil {
            add(
                "L-LOCAL-FILE", path, at: place,
                "\(redactedURI(shown(uri))) is a file of the agent: every agent must have it",
                "copy it to all agents, or serve it over HTTP")
        }
        let name = artifact.savedName
        if name == ".dockercfg" {
            add(
                "L-LEGACY-DOCKERCFG", path, at: place,
                ".dockercfg is read by Docker before 23.0 alone",
                "fetch a docker.tar.gz with .docker/config.json")
        }
        if artifact.hasExpiringQuery {
            add(
                "L-EXPIRING-URL", path, at: place,
                "this URI is signed and will expire: tasks that start later fail to fetch it",
                "use a URI that lasts, or send the definition anew with every signature")
        }
        guard artifact.extract, !artifact.executable, !isArchiveName(name) else { return }
        let pathName = artifact.pathName
        if artifact.outputFile == nil, name != pathName, isArchiveName(pathName) {
            add(
                "L-QUERY-BASENAME", path, at: place,
                "the fetcher saves this under a name with its query, \(shown(redactedURI(name))),"
                    + " and does not unpack it", "add \"destPath\": \"\(shown(pathName))\"")
        } else {
            add(
                "L-NOT-ARCHIVE", path, at: place,
                "\(shown(redactedURI(name))) has no archive's suffix: it is copied, not unpacked",
                "write \"extract\": false to say so")
        }
    }
}

/// Whether Mesos' fetcher unpacks a file of that name.
private func isArchiveName(_ name: String) -> Bool {
    [".tar", ".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz", ".zip", ".gz"]
        .contains(where: name.hasSuffix)
}

extension Artifact {
    /// The name under which Mesos' fetcher saves it (`Fetcher::basename`), query included.
    var savedName: String {
        outputFile
            ?? String(uri[(uri.lastIndex(of: "/").map(uri.index(after:)) ?? uri.startIndex)...])
    }

    /// The last part of its path alone.
    var pathName: String {
        let path = uri.prefix { $0 != "?" && $0 != "#" }
        return String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
    }

    /// Whether its name is one that a login for images usually has.
    var isLogin: Bool {
        let target = outputFile ?? pathName
        return [
            "docker.tar.gz", "docker.tgz", "docker.tar", "docker.tar.bz2", "docker.tar.xz",
            "docker.zip", ".dockercfg", ".docker/config.json",
        ].contains(target)
    }

    /// The files of the sandbox that are written for it and known without fetching.
    fileprivate var targets: [String] {
        let name = savedName.hasPrefix("./") ? String(savedName.dropFirst(2)) : savedName
        let isGzip = name.hasSuffix(".gz") && !name.hasSuffix(".tar.gz")
        return isGzip && extract && !executable ? [name, String(name.dropLast(3))] : [name]
    }

    fileprivate var fetcherFault: (message: String, advice: String)? {
        if uri.contains(where: { "\\'\0".contains($0) }) {
            return (
                "Mesos' fetcher refuses a backslash, a quote or NUL in a URI", "escape it as %XX"
            )
        }
        if let scheme = uri.firstRange(of: "://") {
            let rest = uri[scheme.upperBound...]
            guard let slash = rest.firstIndex(of: "/"), rest.index(after: slash) < rest.endIndex
            else {
                return (
                    "Mesos' fetcher refuses a URI without a path", "add the path of the file"
                )
            }
        }
        guard let outputFile else { return nil }
        if outputFile.hasPrefix("/") {
            return (
                "Mesos' fetcher refuses an absolute \"destPath\"", "write it below the sandbox"
            )
        }
        return outputFile.split(separator: "/").contains("..")
            ? ("this \"destPath\" leads out of the sandbox", "write it below the sandbox") : nil
    }

    fileprivate var hasExpiringQuery: Bool {
        guard let question = uri.firstIndex(of: "?") else { return false }
        let names = Set(
            uri[question...].dropFirst().split(separator: "&").map {
                $0.prefix { $0 != "=" }.lowercased()
            })
        let signed: Set<String> = [
            "x-amz-expires", "x-amz-signature", "x-goog-expires", "x-goog-signature", "expires",
            "x-oss-expires",
        ]
        return !names.isDisjoint(with: signed) || names.contains("se") && names.contains("sig")
    }
}
