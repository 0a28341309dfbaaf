import ArgumentParser
import ConfinedFiles
import Fetcher
import Vocabulary

/// `simagent fetch URI… --into DIR`.
struct FetchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch", _superCommandName: "simagent",
        abstract: "Fetch as the Mesos fetcher does, and tell where Mesos would do otherwise.")

    @Argument(help: "What to fetch; an absolute path is a file of this machine.")
    var uris: [String]

    @Option(
        help: ArgumentHelp(
            "Where the files go; made with mode 0755 if only its parent exists.",
            valueName: "dir"))
    var into: String

    @Flag(inversion: .prefixedNo, help: "Unpack archives, told by their names.")
    var extract = true

    @Flag(help: "Make the files executable, and unpack nothing.")
    var executable = false

    @Flag(help: "Fetch through the cache.")
    var cache = false

    @Option(
        help: ArgumentHelp("The file's path in the directory; for one URI.", valueName: "name"))
    var outputFile: String?

    @OptionGroup var fetcher: FetcherOptions
    @OptionGroup var strict: StrictOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !uris.isEmpty else { throw ValidationError("name at least one URI") }
        guard outputFile == nil || uris.count == 1 else {
            throw ValidationError("--output-file names the file of one URI, not of several")
        }
    }

    func run() throws {
        let interruption = Interruption()
        var options = try fetcher.options(cancellation: interruption.cancellation)
        let directory = try openDirectory()
        options.sources.hadoop?.scratch = try InputFile.absolutePath(into)
        let own = cache ? try fetcher.cache() : nil
        defer { own?.remove() }
        options.cache = own?.cache
        let leftovers = options.leftovers
        interruption.onHang {
            leftovers.removeAll()
            own?.remove()
        }
        let bars = ProgressBars(isQuiet: output.quiet)
        if let bars { options.progress = { bars.show($0) } }
        let outcome = ArtifactFetcher(into: directory, options: options).fetchAll(
            uris.map {
                ArtifactRequest(
                    uri: $0, extract: extract, executable: executable, cache: cache,
                    outputFile: outputFile)
            })
        bars?.end()
        let ending = outcome.failure.map {
            CommandFailure($0.description, status: interruption.hasCome ? .interrupted : .fails)
        }
        Console.expect(ending)
        if outcome.failure == nil || output.format == .json {
            let isVerbose = output.verbose
            try output.show(FetchReport(outcome)) {
                FetchText(palette: $0, isVerbose: isVerbose).render(outcome)
            }
        }
        if let ending { throw ending }
        if interruption.hasCome { throw ExitStatus.interrupted }
        if strict.fails(outcome.findings) { throw ExitStatus.fails }
    }

    private func openDirectory() throws -> ConfinedDirectory {
        do throws(ConfinedFilesError) {
            return try ConfinedDirectory(opening: into, makingWith: 0o755)
        } catch {
            throw CommandFailure("\(error.description.terminalSafe); \(error.advice)")
        }
    }
}
