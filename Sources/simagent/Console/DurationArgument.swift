import ArgumentParser

/// A length of time on the command line, as Mesos writes it: `500ms`, `30secs`, `1mins`; the short
/// units of everybody else are understood too.
struct DurationArgument: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let number = Double(digits), number >= 0, number < 1e9,
            let unit = Self.units[argument[digits.endIndex...].lowercased()]
        else { return nil }
        let milliseconds = number * unit * 1_000
        guard milliseconds < 1e15 else { return nil }
        duration = .milliseconds(Int(milliseconds.rounded(.up)))
    }

    /// Seconds of each unit.
    private static let units: [String: Double] = [
        "": 1, "ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1, "sec": 1, "secs": 1, "m": 60,
        "min": 60, "mins": 60, "h": 3_600, "hr": 3_600, "hrs": 3_600, "d": 86_400, "day": 86_400,
        "days": 86_400, "weeks": 604_800,
    ]
}
