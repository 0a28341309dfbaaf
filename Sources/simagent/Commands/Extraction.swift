import Archives
import ConfinedFiles
import Vocabulary

/// What `extract` does, however its arguments were read.
struct Extraction {
    let archive: String
    let into: String
    var policy = ExtractionPolicy.hardened
    var limits = ExtractionLimits()
    var reading = ArchiveReadingOptions.ofCaller
    var format = OutputOptions.Format.text
    var isQuiet = false
    var isVerbose = false

    init(archive: String, into: String) {
        self.archive = archive
        self.into = into
    }

    /// Reads a line that holds nothing but an archive, `--into DIR` and what is said of the work:
    /// `--inflate`, `--threads` and `--quiet`, each once at most.
    ///
    /// So plain a line needs no parser, and building one takes longer than a small archive's whole
    /// extraction. Whatever else there is, and every error, is the parser's.
    init?(plainly words: [String]) {
        var archive: String?
        var values: [String: String] = [:]
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--into", "--inflate", "--threads":
                guard let value = rest.popFirst(), !value.hasPrefix("-"),
                    values.updateValue(value, forKey: word) == nil
                else { return nil }
            case "--quiet":
                guard values.updateValue("", forKey: word) == nil else { return nil }
            default:
                guard archive == nil, word == "-" || !word.hasPrefix("-") else { return nil }
                archive = word
            }
        }
        guard let archive, let into = values["--into"] else { return nil }
        self.init(archive: archive, into: into)
        isQuiet = values["--quiet"] != nil
        if let name = values["--inflate"] {
            guard let inflate = ArchiveOptions.Inflate(rawValue: name),
                inflate.backEnd.isAvailable
            else { return nil }
            reading.backEnd = inflate.backEnd
        }
        if let number = values["--threads"] {
            guard let threads = Int(number), ExtractCommand.threadCounts.contains(threads) else {
                return nil
            }
            reading.threads = threads
        }
    }

    func run() throws {
        let interruption = Interruption(waitsForWork: true)
        let directory = try openDirectory()
        let clock = ContinuousClock()
        let start = clock.now
        var summary = ExtractionSummary()
        var failure: ArchiveError?
        var observe: ((TarMember) -> Void)?
        if isVerbose { observe = { Self.show($0) } }
        // Names that go by and a line that stays do not go together.
        let line = ExtractionLine(isQuiet: isQuiet || isVerbose)
        var onProgress: ((ExtractionProgress) -> Void)?
        if let line { onProgress = { line.show($0) } }
        do throws(ArchiveError) {
            summary = try extractArchive(
                at: archive, into: directory, limits: limits, policy: policy, options: reading,
                cancellation: interruption.cancellation, onProgress: onProgress, observe: observe)
        } catch {
            failure = error
            summary = error.summary
        }
        line?.end()
        let report = ExtractionReport(summary, after: start.duration(to: clock.now), failure)
        for note in summary.notes where !isQuiet {
            Console.writeError("simagent: warning: \(note)\n")
        }
        let ending = failure.map(CommandFailure.init)
        Console.expect(ending)
        if failure == nil || format == .json {
            try format.show(report, isQuiet: isQuiet) { report.text }
        }
        if let ending { throw ending }
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
