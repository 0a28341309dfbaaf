import Archives
import ArgumentParser
import ConfinedFiles
import Vocabulary

/// `simagent extract ARCHIVE --into DIR`.
struct ExtractCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Unpack an archive of a stranger: nothing is ever written outside the directory.")

    @OptionGroup var source: ArchiveOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Where to unpack; made with mode 0755 if only its parent exists.")
    var into: String

    @Option(help: "hardened: for a stranger's archive; mesos: what Mesos would accept, inside.")
    var policy = Policy.hardened

    @Option(help: "Threads that work on it: 1 for a straight loop (default: the cores, at most 8).")
    var threads: Int?

    func validate() throws {
        if let threads, !(1...64).contains(threads) {
            throw ValidationError("--threads must be between 1 and 64.")
        }
    }

    enum Policy: String, ExpressibleByArgument, CaseIterable {
        case hardened
        case mesos

        var value: ExtractionPolicy { self == .mesos ? .mesos : .hardened }
    }

    func run() throws {
        let interruption = Interruption()
        let directory = try openDirectory()
        let clock = ContinuousClock()
        let start = clock.now
        var summary = ExtractionSummary()
        var failure: ArchiveError?
        var options = source.reading
        options.threads = threads ?? 0
        var observe: ((TarMember) -> Void)?
        if output.verbose { observe = { Self.show($0) } }
        // Names that go by and a line that stays do not go together.
        let line = ExtractionLine(isQuiet: output.quiet || output.verbose)
        var onProgress: ((ExtractionProgress) -> Void)?
        if let line { onProgress = { line.show($0) } }
        do throws(ArchiveError) {
            summary = try extractArchive(
                at: source.archive, into: directory, limits: source.limits,
                policy: policy.value, options: options, cancellation: interruption.cancellation,
                onProgress: onProgress, observe: observe)
        } catch {
            failure = error
            summary = error.summary
        }
        line?.end()
        let report = ExtractionReport(summary, after: start.duration(to: clock.now), failure)
        for note in summary.notes where !output.quiet {
            Console.writeError("simagent: warning: \(note)\n")
        }
        if failure == nil || output.format == .json {
            try output.show(report) { _ in report.text }
        }
        if let failure {
            throw CommandFailure(
                failure.description, status: ArchiveOptions.status(for: failure))
        }
    }

    private static func show(_ member: TarMember) {
        Console.writeError(String(decoding: member.name, as: UTF8.self).terminalSafe + "\n")
    }

    private func openDirectory() throws -> ConfinedDirectory {
        do throws(ConfinedFilesError) {
            return try ConfinedDirectory(opening: into, makingWith: 0o755)
        } catch {
            throw CommandFailure("\(error.description.terminalSafe); \(error.advice)")
        }
    }
}

/// Schema `simagent.extract/1`.
struct ExtractionReport: Encodable {
    struct Skipped: Encodable {
        let member: String
        let because: String
    }

    let schema = "simagent.extract/1"
    let members: Int
    let files: Int
    let directories: Int
    let links: Int
    let bytes: UInt64
    let skipped: [Skipped]
    let notes: [String]
    let seconds: Double
    let error: String?

    init(_ summary: ExtractionSummary, after duration: Duration, _ failure: ArchiveError?) {
        members = summary.members
        files = summary.files
        directories = summary.directories
        links = summary.links
        bytes = summary.bytes
        skipped = summary.skipped.map {
            Skipped(member: String(decoding: $0.member, as: UTF8.self), because: $0.because)
        }
        notes = summary.notes
        seconds = duration / .seconds(1)
        error = failure?.description
    }

    /// One line for a person, and one for each member that was passed over.
    var text: String {
        var text =
            "\(members) members: \(files) files, \(directories) directories, \(links) links; "
            + "\(bytes) bytes\n"
        for member in skipped {
            text += "skipped \(member.member.terminalSafe): \(member.because)\n"
        }
        return text
    }
}
