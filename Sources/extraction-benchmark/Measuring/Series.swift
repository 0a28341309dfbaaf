import Glibc

/// What one contender took for one archive.
struct Result {
    let contender: String
    let isOurs: Bool
    var runs: [Measurement] = []

    /// The median of the wall times in seconds.
    var wall: Double { median(runs.map(\.wall)) }
    /// The median of user and system time in seconds.
    var cpu: Double { median(runs.map(\.cpu)) }
    /// The largest resident memory of any run in bytes.
    var peak: Int { runs.map(\.peak).max() ?? 0 }
}

/// All contenders on one archive.
struct Series {
    let archive: CorpusArchive
    var results: [Result]

    /// The other's median time divided by that of `name`.
    func ratio(of name: String, against other: String) -> Double? {
        guard let ours = results.first(where: { $0.contender == name }),
            let theirs = results.first(where: { $0.contender == other }), ours.wall > 0
        else { return nil }
        return theirs.wall / ours.wall
    }

    /// Runs every contender once in each round, so that what disturbs one disturbs all, each
    /// round in another order.
    ///
    /// - Parameters:
    ///   - archive: What is unpacked.
    ///   - contenders: The reference first.
    ///   - rounds: How often.
    ///   - folder: Where, on a file system in memory.
    ///   - progress: Called before every round.
    /// - Returns: Every run.
    /// - Throws: ``BenchmarkFailure`` where a contender fails or makes another tree than GNU tar.
    static func run(
        _ archive: CorpusArchive, _ contenders: [Contender], rounds: Int, below folder: String,
        progress: (String) -> Void
    ) throws(BenchmarkFailure) -> Series {
        var results = contenders.map { Result(contender: $0.name, isOurs: $0.isOurs) }
        for round in 0..<rounds {
            progress("\(archive.name): round \(round + 1) of \(rounds)")
            let start = time(nil) - 1
            let trees = contenders.indices.map { "\(folder)/tree-\($0)" }
            for step in contenders.indices {
                let index = (step + round) % contenders.count
                guard unsafe mkdir(trees[index], 0o755) == 0 else {
                    throw BenchmarkFailure(failed: "make", trees[index])
                }
                let words = contenders[index].command(archive.path, trees[index])
                let run = try ChildProcess.run(words, log: "\(folder)/log")
                guard run.status == 0 else {
                    throw BenchmarkFailure(
                        "\(words.joined(separator: " ")) ended with \(run.status); its words are"
                            + " in \(folder)/log")
                }
                results[index].runs.append(run)
            }
            try compare(trees, contenders, begunAt: start)
            let removal = try ChildProcess.run(["rm", "-rf"] + trees, log: "\(folder)/log")
            guard removal.status == 0 else { throw BenchmarkFailure("rm failed in \(folder)") }
        }
        return Series(archive: archive, results: results)
    }

    private static func compare(
        _ trees: [String], _ contenders: [Contender], begunAt start: Int
    ) throws(BenchmarkFailure) {
        let reference = try Tree(trees[0], begunAt: start)
        for index in contenders.indices.dropFirst() {
            let tree = try Tree(trees[index], begunAt: start)
            if let difference = tree.difference(
                from: reference, isStrict: contenders[index].isOurs)
            {
                throw BenchmarkFailure(
                    "\(contenders[index].name) made another tree than GNU tar: \(difference)")
            }
        }
    }
}

/// The middle of some numbers; of an even count, the mean of the two.
func median(_ numbers: [Double]) -> Double {
    let sorted = numbers.sorted()
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
