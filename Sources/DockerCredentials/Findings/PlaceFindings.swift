import LocatedJSON
public import Vocabulary

/// What is wrong with the place of a credentials file: rules A01 to A11.
///
/// A01 speaks only where no other rule says why there is no file.
///
/// - Parameters:
///   - files: All files of the sandbox after fetching and unpacking, or an archive's members.
///   - behavior: The Docker that pulls.
///   - agentUser: The user that runs Docker's client, where that is known; 0 reads everything.
///   - content: What a file holds, by its path; asked of a `config.json` at another place than
///     Docker's alone, which may as well be an application's.
/// - Returns: Findings with the file they are about as their place, the weightiest first.
public func findings(
    aboutPlaceIn files: [SandboxFile], behavior: DockerBehavior, agentUser: UInt32? = nil,
    content: (String) -> [UInt8]?
) -> [Finding] {
    PlaceRules(
        files: files, behavior: behavior, agentUser: agentUser,
        strayLogins: files.filter(\.isStrayConfig).map(\.path).filter {
            content($0).map(namesLogins) == true
        }
    ).findings.byWeight
}

extension SandboxFile {
    /// Whether it has the name of Docker's file and lies where Docker does not look.
    fileprivate var isStrayConfig: Bool { path == "config.json" || path == "docker/config.json" }
}

/// Whether a text has a field in which Docker keeps logins.
private func namesLogins(_ text: [UInt8]) -> Bool {
    guard let document = try? JSONDocument(parsing: text) else { return false }
    return document.root.members.contains {
        ["auths", "credsstore", "credhelpers"].contains($0.name.lowercased())
    }
}

extension [Finding] {
    /// What the reading of a file found, and what its place shows: of a file that cannot be read
    /// only the one that names the fault speaks.
    ///
    /// - Parameter places: Findings about the places of files.
    /// - Returns: The places' findings first.
    public func besides(_ places: [Finding]) -> [Finding] {
        let isNoFile = places.contains { ["A07", "A08"].contains($0.id) }
        let isUnreadable = contains { $0.id == "A10" }
        return places.filter { $0.id != "A10" || !isUnreadable }
            + filter { $0.id != "A08" || !isNoFile }
    }
}

private struct PlaceRules {
    let files: [SandboxFile]
    let behavior: DockerBehavior
    let agentUser: UInt32?
    /// The paths of the files at another place that hold logins.
    let strayLogins: [String]

    var findings: [Finding] {
        let config = files.last { $0.path == ".docker/config.json" }
        let legacy = files.last { $0.path == ".dockercfg" }
        var found: [Finding] = []
        for file in [config, legacy].compactMap({ $0 }) {
            found += faults(of: file)
        }
        found += luggage
        if config != nil, legacy != nil, behavior.readsConfigFile {
            found.append(
                make("A05", ".dockercfg", "Docker uses .docker/config.json only, not .dockercfg"))
        }
        if config == nil || !behavior.readsConfigFile { found += missing(legacy) }
        return found
    }

    private func make(
        _ id: String, _ path: String, severity: Severity? = nil, _ message: String,
        advice: String? = nil
    ) -> Finding {
        var sink = FindingSink(file: path)
        sink.add(id, severity: severity, message, advice: advice)
        return sink.findings[0]
    }

    /// A07 to A10: the file is at its place, but is no file, or may not be read.
    private func faults(of file: SandboxFile) -> [Finding] {
        switch file.kind {
        case .symbolicLink(let target, leadsToFile: false),
            .hardLink(let target, leadsToFile: false):
            return [
                make(
                    "A07", file.path,
                    "\(file.path) is a link to \(target), which is not in the sandbox")
            ]
        case .directory: return [make("A08", file.path, "\(file.path) is a folder, not a file")]
        case .other: return [make("A08", file.path, "\(file.path) is not a regular file")]
        default: break
        }
        let octal = String(file.mode & 0o7777, radix: 8)
        let isLink = if case .symbolicLink = file.kind { true } else { false }
        if isLink { return [] }
        if file.mode & 0o400 == 0, agentUser != 0 {
            return [
                make(
                    "A10", file.path, severity: agentUser == nil ? .warning : .error,
                    "\(file.path) cannot be read by its owner (mode \(octal))")
            ]
        }
        if let agentUser, agentUser != 0, let owner = file.owner, owner != agentUser,
            file.mode & 0o004 == 0
        {
            return [
                make(
                    "A10", file.path,
                    "\(file.path) belongs to user \(owner), and user \(agentUser) cannot read it")
            ]
        }
        guard file.mode & 0o077 != 0 else { return [] }
        return [
            make(
                "A09", file.path,
                "\(file.path) is readable by group or others (mode \(octal)); Docker reads it"
                    + " anyway")
        ]
    }

    /// A11: what else of `~/.docker` travels along.
    private var luggage: [Finding] {
        let known: Set<String> = [
            "contexts", "trust", "machine", "buildx", "cli-plugins", "desktop", "run", "scout",
            ".token_seed", ".token_seed.lock", "ca.pem", "cert.pem", "key.pem",
        ]
        var names: [String] = []
        for file in files {
            let parts = file.path.split(separator: "/")
            guard parts.count >= 2, parts[0] == ".docker", known.contains(String(parts[1])),
                !names.contains(String(parts[1]))
            else { continue }
            names.append(String(parts[1]))
        }
        guard let first = names.first else { return [] }
        return [
            make(
                "A11", ".docker/\(first)",
                "the archive also carries \(names.joined(separator: ", ")) of .docker")
        ]
    }

    /// A01 to A08: why there is no file where Docker looks.
    private func missing(_ legacy: SandboxFile?) -> [Finding] {
        if legacy != nil {
            guard !behavior.readsDockercfg else { return [] }
            return [
                make(
                    "A04", ".dockercfg",
                    "Docker \(behavior.version) ignores .dockercfg, as every version since 23.0"
                        + " does")
            ]
        }
        let reasons = files.compactMap(reason)
        if !reasons.isEmpty { return reasons }
        return [nothing]
    }

    /// A01: with what was found instead; a task that brings nothing of the kind may well mean it.
    private var nothing: Finding {
        let found = files.filter { $0.kind != .directory }.map(\.path)
        let isMeant = found.contains(where: isOfDockersHome)
        let shown = found.prefix(5).joined(separator: ", ")
        let rest = found.count > 5 ? " and \(found.count - 5) more" : ""
        return make(
            "A01", ".docker/config.json", severity: isMeant ? .error : .info,
            "no Docker credentials in the sandbox: there is no .docker/config.json"
                + (found.isEmpty ? "" : "; it holds \(shown)\(rest)"),
            advice: isMeant ? nil : "fetch a docker.tar.gz that holds it, if the image is private")
    }

    /// Whether a file comes from `~/.docker`, or is an archive of it that was not unpacked; a
    /// Dockerfile is neither.
    private func isOfDockersHome(_ path: String) -> Bool {
        let parts = path.lowercased().split(separator: "/")
        if parts.contains(where: { $0.hasPrefix(".docker") && $0 != ".dockerignore" }) {
            return true
        }
        guard let name = parts.last, name.contains("docker") else { return false }
        return [".tar", ".tgz", ".tbz", ".txz", ".gz", ".bz2", ".xz", ".zip"].contains {
            name.firstRange(of: $0) != nil
        }
    }

    private func reason(_ file: SandboxFile) -> Finding? {
        let path = file.path
        if path == ".docker" {
            switch file.kind {
            case .directory: return nil
            case .symbolicLink(let target, _), .hardLink(let target, _):
                return make(
                    "A07", path, ".docker is a link to \(target), which holds no config.json here")
            default: return make("A08", path, ".docker is a file, and must be a folder")
            }
        }
        guard file.kind != .directory else { return nil }
        if path.hasSuffix("/.docker/config.json") {
            return make(
                "A02", path, "\(path) is too deep: Docker looks for .docker/config.json alone")
        }
        if strayLogins.contains(path) {
            return make(
                "A03", path, "\(path) is not read by Docker: config.json must lie in .docker/")
        }
        return isNearMiss(path)
            ? make("A06", path, "found \(path); the file must be called .docker/config.json")
            : nil
    }

    /// Names that were meant to be `.docker/config.json` or `.dockercfg`.
    private func isNearMiss(_ path: String) -> Bool {
        let lower = path.lowercased()
        if path.utf8.count > 64 { return false }
        if lower == ".docker/config.json" || lower == ".dockercfg" { return true }
        if [".docker/config", ".docker/daemon.json", ".dockercfg.json", ".dockerconfigjson"]
            .contains(lower)
        {
            return true
        }
        let start = ".docker/config.json"
        guard lower.hasPrefix(start) else { return false }
        return !lower.dropFirst(start.count).contains("/")
    }
}
