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
    /// Every tree is compared with one that GNU tar made before the first round, and goes before
    /// the next is made: the memory that it gives back is what the next one takes. A virtual
    /// machine whose trees pile up measures its host instead, which finds it new memory.
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
        let start = time(nil) - 1
        let log = "\(folder)/log"
        let made = ["\(folder)/reference", "\(folder)/tree"]
        _ = try unpack(archive, contenders[0], into: made[0], log: log)
        let reference = try Tree(made[0], begunAt: start)
        for round in 0..<rounds {
            progress("\(archive.name): round \(round + 1) of \(rounds)")
            for step in contenders.indices {
                let index = (step + round) % contenders.count
                results[index].runs.append(
                    try unpack(archive, contenders[index], into: made[1], log: log))
                let tree = try Tree(made[1], begunAt: start)
                if let difference = tree.difference(
                    from: reference, isStrict: contenders[index].isOurs)
                {
                    throw BenchmarkFailure(
                        "\(contenders[index].name) made another tree than GNU tar: \(difference)")
                }
                try remove([made[1]], log: log)
            }
        }
        try remove(made, log: log)
        return Series(archive: archive, results: results)
    }

    private static func unpack(
        _ archive: CorpusArchive, _ contender: Contender, into tree: String, log: String
    ) throws(BenchmarkFailure) -> Measurement {
        guard unsafe mkdir(tree, 0o755) == 0 else { throw BenchmarkFailure(failed: "make", tree) }
        let words = contender.command(archive.path, tree)
        let run = try ChildProcess.run(words, log: log)
        guard run.status == 0 else {
            throw BenchmarkFailure(
                "\(words.joined(separator: " ")) ended with \(run.status); its words are in \(log)")
        }
        return run
    }

    private static func remove(_ trees: [String], log: String) throws(BenchmarkFailure) {
        let removal = try ChildProcess.run(["rm", "-rf"] + trees, log: log)
        guard removal.status == 0 else {
            throw BenchmarkFailure("cannot remove \(trees.joined(separator: ", "))")
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
