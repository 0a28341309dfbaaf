import FoundationEssentials

/// Schema `extraction-benchmark/1`: every run, so that other statistics can be had.
struct JSONReport: Encodable {
    struct Archive: Encodable {
        let name: String
        let packedBytes: Int
        let contenders: [Contender]
    }

    struct Contender: Encodable {
        let name: String
        let medianSeconds: Double
        let medianCPUSeconds: Double
        let peakBytes: Int
        let ratioToGNUTar: Double?
        let seconds: [Double]
    }

    let schema = "extraction-benchmark/1"
    let rounds: Int
    let archives: [Archive]
    let missed: [String]

    init(_ series: [Series], rounds: Int, missed: [String]) {
        self.rounds = rounds
        self.missed = missed
        archives = series.map { series in
            Archive(
                name: series.archive.name, packedBytes: series.archive.packedBytes,
                contenders: series.results.map { result in
                    Contender(
                        name: result.contender, medianSeconds: result.wall,
                        medianCPUSeconds: result.cpu, peakBytes: result.peak,
                        ratioToGNUTar: series.ratio(of: result.contender, against: "GNU tar"),
                        seconds: result.runs.map(\.wall))
                })
        }
    }

    /// The report's text.
    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return try Array(encoder.encode(self)) + [0x0a]
    }
}
