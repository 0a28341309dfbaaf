import Agent
import ArgumentParser
import DockerCredentials
import Fetcher
import Marathon
import Vocabulary

/// `simagent check`: what Marathon would say of definitions, and what else is wrong with them.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", _superCommandName: "simagent",
        abstract: "Validate definitions and look for trouble: no network, no sandbox.")

    @Argument(help: "Marathon apps, pods or groups, or folders of them; - reads standard input.")
    var definitions: [String]

    @OptionGroup var features: FeatureOptions

    @Option(help: ArgumentHelp("The version of Mesos (default: newest).", valueName: "version"))
    var mesos: String?

    @Option(help: ArgumentHelp("The version of Docker (default: newest).", valueName: "version"))
    var docker: String?

    @OptionGroup var strict: StrictOption
    @OptionGroup var output: CheckOutputOptions

    func validate() throws {
        if definitions.isEmpty { throw ValidationError("name a definition") }
        if let mesos, MesosVersion(mesos) == nil {
            throw ValidationError("--mesos: '\(mesos)' is no version; write 1.11.0 for example")
        }
        if let docker, DockerVersion(docker) == nil {
            throw ValidationError("--docker: '\(docker)' is no version; write 28.2 for example")
        }
    }

    func run() throws {
        var agent = AgentConfiguration()
        agent.mesos = MesosBehavior(mesos.flatMap(MesosVersion.init) ?? .newest)
        agent.docker = DockerBehavior(docker.flatMap(DockerVersion.init) ?? .newest)
        var reports: [CheckReport] = []
        for file in try DefinitionFiles.list(definitions) {
            reports.append(CheckReport(file: file, features: features.features, agent: agent))
        }
        switch output.format {
        case .json where reports.count == 1:
            Console.write(try JSONReport.encode(CheckJSON(reports[0], names: false)))
        case .json: Console.write(try JSONReport.encode(CheckFilesJSON(reports)))
        case .sarif: Console.write(try JSONReport.encode(SARIFLog(reports)))
        case .text:
            for report in reports {
                if let error = report.error { Console.writeError("simagent: \(error)\n") }
                if !output.quiet {
                    Console.write(CheckText(palette: output.palette).render(report))
                }
            }
        }
        if reports.contains(where: { !$0.isValid }) { throw ExitStatus.invalid }
        if reports.contains(where: { strict.fails($0.findings) }) { throw ExitStatus.fails }
    }
}

/// The output of `check`, which has one format more.
struct CheckOutputOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case sarif
    }

    @Option(help: "How the result is written: text, json, or sarif for code-hosting sites.")
    var format = Format.text

    @Option(help: "When to use colour; auto also respects NO_COLOR.")
    var color = OutputOptions.Color.auto

    @Flag(name: .shortAndLong, help: "Print nothing but errors and a JSON result.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Tell more.")
    var verbose = false

    /// The colours for standard output.
    var palette: Palette { color.palette(for: 1) }
}
