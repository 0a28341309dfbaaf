import ArgumentParser
import Glibc

/// Where the program begins: as the benchmark, or as the launcher of one contender.
@main enum Entry {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == Launcher.argument { exit(Launcher.run(arguments)) }
        ExtractionBenchmark.main(arguments)
    }
}

/// `extraction-benchmark`: how fast archives are unpacked, by simagent and by the tools that a
/// user would take instead.
struct ExtractionBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extraction-benchmark",
        abstract: "Unpack archives with simagent and with every other tool that is installed.",
        discussion: """
            Contenders take turns, so that what disturbs one disturbs all; after every round each \
            tree is compared with GNU tar's. Measure on a quiet machine.
            """)

    @Option(help: "An archive of your own (.tar.gz) instead of the corpora; may be repeated.")
    var archive: [String] = []

    @Option(help: "Only this corpus: small, binary, logs, multi, stored, tiny; may be repeated.")
    var corpus: [Corpus] = []

    @Option(help: "MB that the tar of each corpus has; stored has half of it.")
    var megabytes = 256

    @Option(help: "How often each contender unpacks each archive; tiny takes 40 times as many.")
    var rounds = 5

    @Option(help: "The corpora come from this number.")
    var seed: UInt64 = 1

    @Option(help: "Where archives and trees lie; should be in memory.")
    var folder = "/dev/shm"

    @Option(help: "The simagent to measure (by default the one beside this program).")
    var simagent: String?

    @Option(help: "Go source of the contender that is compiled where Go is installed.")
    var goSource: String?

    @Option(help: "Only contenders whose name contains this; GNU tar always runs.")
    var only: [String] = []

    @Option(help: "Write every run as JSON to this file.")
    var json: String?

    @Option(help: "Draw the medians as an SVG picture into this file.")
    var svg: String?

    @Flag(help: "End with 1 when a ratio that must be reached is missed.")
    var check = false

    func validate() throws {
        guard rounds > 0, megabytes > 0, megabytes <= 16_384 else {
            throw ValidationError("--rounds and --megabytes must be positive.")
        }
    }

    func run() throws {
        let work = "\(folder)/extraction-benchmark-\(getpid())"
        guard unsafe mkdir(work, 0o700) == 0 else { throw BenchmarkFailure(failed: "make", work) }
        defer { _ = try? ChildProcess.spawn(["rm", "-rf", work], log: "/dev/null") }
        let contenders = try contenders(below: work)
        var series: [Series] = []
        for name in sources {
            progress("\(name): making the archive")
            let archive = try makeArchive(name, below: work)
            let factor = archive.roundsFactor
            series.append(
                try Series.run(
                    archive, contenders, rounds: rounds * factor, below: work, progress: progress))
            if archive.path.hasPrefix(work) { unsafe unlink(archive.path) }
        }
        progress("")
        let missed = RequiredRatio.missed(in: series)
        print(TextTable.text(of: series), terminator: "")
        for line in missed { print("missed: \(line)") }
        if let json {
            let report = JSONReport(series, rounds: rounds, missed: missed)
            try write(try report.encoded(), to: json)
        }
        if let svg { try write(Array(BarChart.svg(of: series).utf8), to: svg) }
        if check, !missed.isEmpty { throw ExitCode(1) }
    }

    /// Names of corpora, or paths of archives.
    private var sources: [String] {
        if !archive.isEmpty { return archive }
        return (corpus.isEmpty ? Corpus.allCases : corpus).map(\.rawValue)
    }

    private func makeArchive(
        _ name: String, below work: String
    ) throws(BenchmarkFailure) -> CorpusArchive {
        guard archive.isEmpty, let corpus = Corpus(rawValue: name) else {
            return try CorpusArchive(own: name)
        }
        let size = megabytes << (corpus == .stored ? 19 : 20)
        return try CorpusArchive(corpus, bytes: size, seed: seed, below: work)
    }

    private func contenders(below work: String) throws(BenchmarkFailure) -> [Contender] {
        let beside = CommandLine.arguments[0].split(separator: "/").dropLast()
        let prefix = CommandLine.arguments[0].hasPrefix("/") ? "/" : ""
        let program = simagent ?? prefix + (beside + ["simagent"]).joined(separator: "/")
        let go = GoProgram.build(from: goSource, below: work)
        let all = Contender.installed(simagent: try absolutePath(program), goProgram: go)
        guard !only.isEmpty else { return all }
        return all.filter { contender in
            contender.name == Contender.reference.name
                || only.contains { contender.name.contains($0) }
        }
    }

    /// One line on a terminal, written over by the next.
    private func progress(_ text: String) {
        guard isatty(2) == 1 else { return }
        let line = Array("\r\u{1b}[K\(text)".utf8)
        _ = unsafe line.withUnsafeBytes { bytes in
            unsafe bytes.baseAddress.map { unsafe Glibc.write(2, $0, bytes.count) }
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws(BenchmarkFailure) {
        let file = try OutputFile(path)
        try file.write(bytes.span)
        file.close()
    }
}

extension Corpus: ExpressibleByArgument {}
