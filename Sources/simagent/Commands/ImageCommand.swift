import ArgumentParser
import DockerCredentials
import Vocabulary

/// `simagent image REFERENCE`.
struct ImageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image", _superCommandName: "simagent",
        abstract: "Parse an image reference as Docker and Mesos do.")

    @Argument(help: "The reference as it stands in a definition.") var reference: String
    @OptionGroup var output: OutputOptions

    @Option(help: "The version of Docker that reads it (default: the newest known).")
    var docker: String?

    func run() throws {
        let behavior = DockerBehavior(try version())
        do throws(ImageReferenceError) {
            let image = try ImageReference(parsing: reference, behavior: behavior)
            let report = ImageReport(reference, image)
            try? output.show(report) { report.text($0) }
        } catch {
            if output.format == .json {
                try output.show(InvalidImageReport(reference, error)) { _ in "" }
                throw ExitStatus.fails
            }
            let shown = String(reference.prefix(200)).terminalSafe
            let reason = String(error.description.prefix(400)).terminalSafe
            throw CommandFailure("\(shown): \(reason); write [HOST[:PORT]/]PATH[:TAG][@DIGEST]")
        }
    }

    private func version() throws -> DockerVersion {
        guard let docker else { return .newest }
        guard let version = DockerVersion(docker) else {
            throw CommandFailure(
                "--docker \(docker.terminalSafe): not a version such as 28.2.2", status: .usage)
        }
        return version
    }
}

/// The name as Mesos takes it apart, in every answer about an image.
private struct MesosJSON: Encodable {
    let registry: String?
    let repository: String
    let tag: String?
    let digest: String?

    init(_ text: String) {
        let image = MesosImageReference(text)
        registry = image.registry
        repository = image.repository
        tag = image.tag
        digest = image.digest
    }
}

/// The answer about a valid reference; absent tags and digests are `null`.
private struct ImageReport: Encodable {
    let input: String
    let image: ImageReference

    init(_ input: String, _ image: ImageReference) {
        self.input = input
        self.image = image
    }

    private enum Key: String, CodingKey {
        case input, valid, domain, path, familiar, tag, digest, indexKey, canonical
        case familiarString, withDefaultTag, dockerRef, registryHost, dockerPullQuery, mesos
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(input, forKey: .input)
        try container.encode(true, forKey: .valid)
        try container.encode(image.host, forKey: .domain)
        try container.encode(image.path, forKey: .path)
        try container.encode(image.familiarName, forKey: .familiar)
        try container.encode(image.tag, forKey: .tag)
        try container.encode(image.digest, forKey: .digest)
        try container.encode(image.configKey, forKey: .indexKey)
        try container.encode(image.canonical, forKey: .canonical)
        try container.encode(image.familiarText, forKey: .familiarString)
        try container.encode(image.withDefaultTag, forKey: .withDefaultTag)
        try container.encode(image.engineReference, forKey: .dockerRef)
        try container.encode(image.registryHost, forKey: .registryHost)
        try container.encode(image.pullQuery, forKey: .dockerPullQuery)
        try container.encode(MesosJSON(input), forKey: .mesos)
    }

    /// A line for each part that a person asks for.
    func text(_ palette: Palette) -> String {
        let rows = [
            ("registry", image.host.isEmpty ? "(none)" : image.host),
            ("repository", image.path),
            ("tag", image.tag ?? (image.digest == nil ? "latest (not given)" : "(none)")),
            ("digest", image.digest ?? "(none)"),
            ("docker pulls", image.engineReference),
            ("login under", image.configKey.isEmpty ? "\"\"" : image.configKey),
            ("asks", image.registryHost),
        ]
        let lines = rows.map { name, value in
            let blanks = String(repeating: " ", count: 14 - name.utf8.count)
            return palette.faint(name) + blanks + value.terminalSafe + "\n"
        }
        return palette.strong(image.familiarText.terminalSafe) + "\n" + lines.joined()
    }
}

/// The answer about a text that is no reference.
private struct InvalidImageReport: Encodable {
    let input: String
    let valid = false
    let error: String
    let mesos: MesosJSON

    init(_ input: String, _ error: ImageReferenceError) {
        self.input = input
        self.error = error.description
        mesos = MesosJSON(input)
    }
}
