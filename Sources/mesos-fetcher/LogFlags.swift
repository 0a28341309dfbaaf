/// The flags of Mesos' logging, on the command line or as `MESOS_<NAME>`.
///
/// Mirrors `src/logging/flags.cpp` and the loading of stout's flags: the command line wins, a
/// variable that is no flag is ignored, an argument that is none is an error.
struct LogFlags {
    /// Why an argument is not understood.
    struct Fault: Error {
        let message: String
    }

    /// How much a line matters; the raw value is glog's letter.
    enum Severity: Int {
        case info
        case warning
        case error
        case fatal

        /// The letter that a line begins with.
        var letter: String { ["I", "W", "E", "F"][rawValue] }
    }

    private(set) var isQuiet = false
    private(set) var level = Severity.info
    private(set) var directory: String?
    private(set) var asksForHelp = false

    private static let names: Set<String> = [
        "external_log_file", "help", "initialize_driver_logging", "log_dir", "logbufsecs",
        "logging_level", "quiet",
    ]

    init(arguments: some Sequence<String>, _ environment: [String: String]) throws(Fault) {
        for name in Self.names.sorted() where name != "help" {
            guard let value = environment["MESOS_\(name.uppercased())"] else { continue }
            try set(name, value)
        }
        for argument in arguments {
            guard argument.hasPrefix("--") else {
                throw Fault(message: "Failed to load unknown argument '\(argument)'")
            }
            let text = argument.dropFirst(2)
            let name = String(text.prefix { $0 != "=" })
            let value = text.firstIndex(of: "=").map { String(text[text.index(after: $0)...]) }
            if Self.names.contains(name) {
                try set(name, value ?? "true")
            } else if name.hasPrefix("no-"), Self.names.contains(String(name.dropFirst(3))),
                value == nil
            {
                try set(String(name.dropFirst(3)), "false")
            } else {
                throw Fault(message: "Failed to load unknown flag '\(name)'")
            }
        }
    }

    private mutating func set(_ name: String, _ value: String) throws(Fault) {
        switch name {
        case "quiet": isQuiet = try bool(name, value)
        case "help": asksForHelp = try bool(name, value)
        case "initialize_driver_logging": _ = try bool(name, value)
        case "logbufsecs":
            // Lines are written at once, which no number of seconds forbids.
            guard Int32(value) != nil else { throw wrong(name, value, "a number") }
        case "log_dir": directory = value
        case "logging_level":
            switch value {
            case "INFO": level = .info
            case "WARNING": level = .warning
            case "ERROR": level = .error
            default:
                throw Fault(
                    message: "'\(value)' is not a valid logging level. Possible values for"
                        + " 'logging_level' flag are: 'INFO', 'WARNING', 'ERROR'.")
            }
        default: break
        }
    }

    private func bool(_ name: String, _ value: String) throws(Fault) -> Bool {
        switch value {
        case "true", "1": return true
        case "false", "0": return false
        default: throw wrong(name, value, "'true' or 'false'")
        }
    }

    private func wrong(_ name: String, _ value: String, _ expected: String) -> Fault {
        Fault(message: "Failed to load flag '\(name)': expected \(expected), not '\(value)'")
    }
}
