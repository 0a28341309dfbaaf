public import Vocabulary

/// What is wrong with the place of a credentials file: rules A01 to A09.
///
/// A01 speaks only where no other rule says why there is no file.
///
/// - Parameters:
///   - files: All files of the sandbox after fetching and unpacking.
///   - behavior: The Docker that pulls.
/// - Returns: Findings with the file they are about as their place.
public func findings(
    aboutPlaceIn files: [SandboxFile], behavior: DockerBehavior
) -> [Finding] {
    var findings: [Finding] = []
    func add(_ id: String, _ severity: Severity, _ path: String, _ what: String, _ todo: String) {
        findings.append(
            Finding(
                id: id, severity: severity, place: Place(file: path), message: what, advice: todo))
    }
    let config = files.first { $0.path == ".docker/config.json" }
    let legacy = files.first { $0.path == ".dockercfg" }
    for file in [config, legacy].compactMap({ $0 }) where file.isRegular && file.mode & 0o077 != 0 {
        add(
            "A09", .warning, file.path,
            "\(file.path) is readable by group or others (mode"
                + " \(String(file.mode, radix: 8))); Docker reads it anyway",
            "pack it with mode 0600")
    }
    if let config, !config.isRegular {
        add(
            "A08", .error, config.path, "\(config.path) is not a regular file",
            "pack the file itself")
    }
    if config != nil, legacy != nil {
        add(
            "A05", .warning, ".dockercfg",
            "Docker uses .docker/config.json only; .dockercfg beside it is ignored",
            "fetch one of them")
    }
    guard config == nil else { return findings }
    if legacy != nil {
        guard !behavior.readsDockercfg else { return findings }
        add(
            "A04", .error, ".dockercfg",
            "Docker \(behavior.version) ignores .dockercfg, as every version since 23.0 does",
            "convert it to .docker/config.json: {\"auths\": …} around its content")
        return findings
    }
    let before = findings.count
    for file in files {
        let parts = file.path.split(separator: "/")
        if file.path.hasSuffix("/.docker/config.json") {
            add(
                "A02", .error, file.path,
                "\(file.path.terminalSafe) is too deep: Docker looks for"
                    + " .docker/config.json alone",
                "pack with: cd ~ && tar -czf docker.tar.gz .docker")
        } else if file.path == "config.json" || file.path == "docker/config.json" {
            add(
                "A03", .error, file.path,
                "\(file.path) is not read by Docker: config.json must lie in .docker/",
                "fetch it with \"destPath\": \".docker/config.json\", or pack the folder .docker")
        } else if parts.count == 2, parts[0].lowercased() == ".docker",
            parts[1].lowercased().hasPrefix("config")
        {
            add(
                "A06", .error, file.path,
                "found \(file.path.terminalSafe); the file must be called .docker/config.json",
                "rename it")
        }
    }
    if findings.count == before {
        add(
            "A01", .info, ".docker/config.json",
            "no Docker credentials in the sandbox: there is no .docker/config.json",
            "fetch a docker.tar.gz that holds it, if the image is private")
    }
    return findings
}
