import Agent
import ArgumentParser
import Fetcher
import FoundationEssentials
import Marathon
import Vocabulary

/// `simagent run`: a definition through a simulated agent, up to where its containers would start.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", _superCommandName: "simagent",
        abstract: "Launch a definition on a simulated agent, up to where containers would start.")

    @Argument(help: "A Marathon app, pod or group; - reads standard input.")
    var definition: String

    @Option(help: ArgumentHelp("Where sandboxes are made.", valueName: "dir"))
    var workDir: String?

    @Flag(help: "Leave the sandboxes and print where they are; they hold credentials.")
    var keep = false

    @OptionGroup var features: FeatureOptions
    @OptionGroup var agent: AgentOptions
    @OptionGroup var strict: StrictOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        let interruption = Interruption()
        var configuration = try agent.configuration(cancellation: interruption.cancellation)
        let text: [UInt8]
        do throws(CommandFailure) {
            text = try InputFile.read(definition)
        } catch {
            if output.format == .json {
                Console.write(try JSONReport.encode(RunJSON(error: error.message)))
            }
            throw error
        }
        let file = definition == "-" ? "standard input" : definition
        let read = MarathonDefinition(
            parsing: text, file: file, features: features.features,
            agent: AgentTraits(configuration.mesos, configuration.docker))
        guard read.isValid else {
            try show(RunReport(file: file, definition: read, tasks: []))
            throw ExitStatus.invalid
        }
        let work = try WorkDirectory(workDir)
        configuration.fetch.sources.hadoop?.scratch = work.path
        let keeps = keep
        let usesCache = read.tasks.contains { $0.artifacts.contains(where: \.cache) }
        let cache = usesCache ? try agent.fetcher.cache() : nil
        defer { cache?.remove() }
        configuration.fetch.cache = cache?.cache
        let leftovers = configuration.fetch.leftovers
        interruption.onHang {
            leftovers.removeAll()
            cache?.remove()
            if !keeps { _ = work.remove() }
        }
        let bars = ProgressBars(isQuiet: output.quiet)
        if let bars { configuration.fetch.progress = { bars.show($0) } }
        let simulated = SimulatedAgent(
            workDirectory: work.path, configuration: configuration,
            version: Self.timestamp(), cancellation: interruption.cancellation,
            willMake: { work.willMake($0.runs) })
        let report = RunReport(file: file, definition: read, tasks: simulated.launch(read.tasks))
        bars?.end()
        if !keep, let problem = work.remove() {
            throw CommandFailure("the sandbox stays: \(problem)")
        }
        if interruption.hasCome { throw ExitStatus.interrupted }
        try show(report)
        if keep {
            for task in report.tasks {
                Console.writeError("kept: \(task.sandbox.terminalSafe)\n")
            }
        }
        if report.hasFailed || strict.fails(report.allFindings) { throw ExitStatus.fails }
    }

    private func show(_ report: RunReport) throws {
        let isVerbose = output.verbose
        try output.show(RunJSON(report)) { palette in
            RunText(palette: palette, isVerbose: isVerbose).render(report)
        }
    }

    /// Now as Marathon writes it: UTC with three decimals.
    private static func timestamp() -> String {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        return Date.now.formatted(style)
    }
}
