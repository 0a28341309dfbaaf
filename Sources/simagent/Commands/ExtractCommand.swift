import Archives
import ArgumentParser

/// `simagent extract ARCHIVE --into DIR`.
struct ExtractCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract", _superCommandName: "simagent",
        abstract: "Unpack an archive of a stranger: nothing is ever written outside the directory.")

    @OptionGroup var source: ArchiveOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Where to unpack; made with mode 0755 if only its parent exists.")
    var into: String

    @Option(help: "hardened: for a stranger's archive; mesos: what Mesos would accept, inside.")
    var policy = Policy.hardened

    @Option(help: "Threads that work on it: 1 for a straight loop (default: the cores, at most 8).")
    var threads: Int?

    static let threadCounts = 1...64

    func validate() throws {
        if let threads, !Self.threadCounts.contains(threads) {
            throw ValidationError("--threads must be between 1 and 64.")
        }
    }

    enum Policy: String, ExpressibleByArgument, CaseIterable {
        case hardened
        case mesos

        var value: ExtractionPolicy { self == .mesos ? .mesos : .hardened }
    }

    func run() throws {
        var extraction = Extraction(archive: source.archive, into: into)
        extraction.policy = policy.value
        extraction.limits = source.limits
        extraction.reading = source.reading
        extraction.reading.threads = threads ?? 0
        extraction.format = output.format
        extraction.isQuiet = output.quiet
        extraction.isVerbose = output.verbose
        try extraction.run()
    }
}
