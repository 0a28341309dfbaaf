import DockerCredentials
import Glibc

/// How many image references are read in a second, and how long a decision takes.
///
/// `--check` ends with 1 where a goal is missed: a million references a second.
@main struct Main {
    static let goal = 1_000_000.0

    static func main() {
        let references = References.mixture()
        let perSecond = rate(of: references.count) {
            var valid = 0
            for text in references where (try? ImageReference(parsing: text)) != nil { valid += 1 }
            return valid
        }
        let pull = DockerPull(
            behavior: .newest,
            environment: ClientEnvironment(home: "/", read: References.file))
        let decisions = rate(of: 100) {
            var found = 0
            for _ in 0..<100 where pull.decide(reference: "quay.io/team/app:1").kind == .basic {
                found += 1
            }
            return found
        }
        report("image references", perSecond, "a second")
        report("decisions of docker pull", decisions, "a second")
        if CommandLine.arguments.contains("--check"), perSecond < goal {
            report("fewer references than the goal of", goal, "a second")
            exit(1)
        }
    }

    /// The best of several rounds of a fifth of a second: what else runs only slows a round down.
    private static func rate(of count: Int, _ work: () -> Int) -> Double {
        let clock = ContinuousClock()
        var best = 0.0
        for _ in 0..<7 {
            var done = 0
            let start = clock.now
            while clock.now - start < .milliseconds(200) {
                guard work() > 0 else { return 0 }
                done += count
            }
            best = max(best, Double(done) / ((clock.now - start) / .seconds(1)))
        }
        return best
    }

    private static func report(_ name: String, _ value: Double, _ unit: String) {
        let thousands = Int(value / 1_000)
        print("\(name): \(thousands) thousand \(unit)")
    }
}
