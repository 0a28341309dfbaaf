import Archives
import ArgumentParser
import DockerCredentials
import Glibc
import Marathon
import Vocabulary

/// `simagent pack [HOST…]`.
struct PackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack", _superCommandName: "simagent",
        abstract: "Make a minimal docker.tar.gz: only the logins that are needed, nothing else.")

    @Argument(help: "Registries whose logins are packed (default: all).") var hosts: [String] = []

    @Option(help: ArgumentHelp("Where .docker/config.json is (default: HOME).", valueName: "dir"))
    var home: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write (default: docker.tar.gz).", valueName: "file"))
    var output: String?

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("Pack what the images of a definition need.", valueName: "definition"))
    var definition: String?

    @Flag(help: "Pack .dockercfg, which Docker reads up to 20.10.") var dockercfg = false
    @Flag(help: "Write the bare config.json, for a secret store.") var secret = false
    @Flag(help: "Ask credential helpers, and pack what they answer.") var resolveHelpers = false
    @Flag(help: "Overwrite the file if it exists.") var force = false
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if dockercfg, secret {
            throw ValidationError("--dockercfg and --secret make two different files.")
        }
    }

    func run() throws {
        let file = output ?? (secret ? "config.json" : "docker.tar.gz")
        var report = PackReport(output: file)
        do {
            try pack(file, &report)
        } catch let failure as CommandFailure where failure.status != .usage {
            report.error = failure.message
            if options.format == .json { try options.show(report) { _ in "" } }
            throw failure
        }
    }

    private func pack(_ file: String, _ report: inout PackReport) throws {
        let source = PackSource(home: try homeFolder())
        let config = try source.read()
        let ask: ((String) -> CredentialDecision)? =
            resolveHelpers ? { source.askHelper($0) } : nil
        let needs = try PackNeeds(hosts: hosts, definition: definition)
        let plan = PackPlan(
            file: config.file, wanted: needs.keys, behavior: source.behavior, helper: ask,
            stored: { resolveHelpers ? source.storedKeys(config.file) : [] })
        let layout: ConfigFile.Layout = dockercfg ? .dockercfg : .config
        let text = plan.logins.text(layout: layout)
        report = PackReport(output: file, plan)
        let context = ReviewContext(
            wanted: plan.logins.keys,
            behavior: dockercfg ? DockerBehavior(DockerVersion(20, 10, 27)) : .newest,
            now: Int64(time(nil)), isForMesosContainerizer: secret)
        let name = dockercfg ? ".dockercfg" : ".docker/config.json"
        if !plan.missing.isEmpty || plan.logins.keys.isEmpty {
            report.findings = config.findings(plan.missing.map(\.key), context)
            let words = plan.missing
                .map { "\(redactingUserInfo(in: $0.key)): \($0.because)" }.joined(separator: "; ")
            let reason = words.isEmpty ? config.emptiness : words
            try refuse(report, reason.terminalSafe)
        }
        let unsent = secret ? plan.logins.keysWithoutMesosLogin : []
        if !unsent.isEmpty {
            try refuse(
                report,
                "\(unsent.joined(separator: ", ")): the login is a token, and Mesos sends nothing but"
                    + " user and password; log in with a password or an access token")
        }
        report.findings = findings(
            aboutText: text, named: name, layout: layout, context: context)
        if needs.isForMesosAlone, !secret { report.findings += needs.unreadSandbox }
        if report.findings.contains(where: { $0.severity == .error }) {
            try refuse(report, "what would be packed does not work, so nothing is written")
        }
        let bytes = secret ? text : try archive(text)
        try OutputFile(path: file, replaces: force).write(bytes)
        try options.show(report) { report.text($0) }
    }

    private func refuse(_ report: PackReport, _ reason: String) throws {
        if options.format != .json {
            for finding in report.findings where finding.severity == .error {
                Console.writeError("\(finding.id) \(finding.message)\n  = \(finding.advice)\n")
            }
        }
        throw CommandFailure(reason)
    }

    private func homeFolder() throws -> String {
        if let home = home ?? ProcessEnvironment.home { return home }
        throw CommandFailure("HOME is not set; say where .docker is with --home", status: .usage)
    }

    /// Fixed times, owner 0:0: the same login gives the same bytes.
    private func archive(_ text: [UInt8]) throws -> [UInt8] {
        if dockercfg {
            return try packTar(
                [(TarEntry(file: ".dockercfg", size: UInt64(text.count), mode: 0o600), text)],
                format: .ustar)
        }
        return try packTar(
            [
                (TarEntry(directory: ".docker", mode: 0o700), []),
                (
                    TarEntry(
                        file: ".docker/config.json", size: UInt64(text.count), mode: 0o600), text
                ),
            ], format: .ustar)
    }
}
