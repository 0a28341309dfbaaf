/// A ratio that must be reached: the other's median wall time divided by ours.
struct RequiredRatio: Sendable {
    /// The contender that is ours, without its threads.
    private let ours: String
    private let other: String
    /// The least ratio for each corpus.
    private let least: [Corpus: Double]

    /// The table: measured with 2 cores on tmpfs, what a fast extraction reaches.
    static let all: [RequiredRatio] = [
        fast("GNU tar", small: 3, binary: 4, logs: 3.8, multi: 3.8, tiny: 0.65),
        fast("bsdtar", small: 4.2, binary: 2.1, logs: 2.2, multi: 2.2, tiny: 0.7),
        fast("Go", small: 4.2, binary: 3.8, logs: 4, multi: 4, tiny: 0.55),
        fast("igzip | tar", small: 2.2, binary: 1.6, logs: 1.5, multi: 2, tiny: 0.7),
        fast("rapidgzip | tar", small: 2, binary: 1.7, logs: 1.7, multi: 1.5, tiny: 1),
        RequiredRatio(
            ours: "simagent zlib", other: "GNU tar",
            least: [.small: 1.9, .binary: 1.9, .logs: 1.9, .multi: 1.9, .tiny: 0.65]),
    ]

    private static func fast(
        _ other: String, small: Double, binary: Double, logs: Double, multi: Double, tiny: Double
    ) -> RequiredRatio {
        RequiredRatio(
            ours: "simagent isal", other: other,
            least: [.small: small, .binary: binary, .logs: logs, .multi: multi, .tiny: tiny])
    }

    /// The contender that counts: a small archive is given one thread unless somebody says how many.
    private func contender(on corpus: Corpus) -> String {
        "\(ours) \(corpus == .tiny ? 1 : 2)"
    }

    /// The peak memory that no extraction may pass, in bytes.
    static let mostMemory = 24 << 20

    /// What was missed, one line each.
    static func missed(in series: [Series]) -> [String] {
        var missed: [String] = []
        for series in series {
            for result in series.results where result.isOurs && result.peak > mostMemory {
                missed.append(
                    "\(series.archive.name): \(result.contender) took \(megabytes(result.peak)),"
                        + " not at most \(megabytes(mostMemory))")
            }
            guard let corpus = Corpus(rawValue: series.archive.name) else { continue }
            for required in all {
                let ours = required.contender(on: corpus)
                guard let least = required.least[corpus],
                    let ratio = series.ratio(of: ours, against: required.other),
                    ratio < least
                else { continue }
                missed.append(
                    "\(corpus.rawValue): \(ours) is \(fixed(ratio, 2)) times"
                        + " \(required.other), not \(fixed(least, 2))")
            }
        }
        return missed
    }
}

/// A number with some decimals; the C locale's point.
func fixed(_ number: Double, _ decimals: Int) -> String {
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let rounded = Int((number * Double(scale)).rounded())
    guard decimals > 0 else { return "\(rounded)" }
    let digits = String(rounded % scale)
    return "\(rounded / scale)." + String(repeating: "0", count: decimals - digits.count) + digits
}

/// Bytes as MB of 2^20.
func megabytes(_ bytes: Int) -> String {
    fixed(Double(bytes) / Double(1 << 20), 1) + " MB"
}
