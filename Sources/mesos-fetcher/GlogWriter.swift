import Glibc

/// The log, in the form of glog: on standard error, and in a file where `--log_dir` names one.
///
/// Mirrors `logging::initialize` of `src/logging/logging.cpp`: quiet means that nothing but the
/// last words of an abort comes to standard error.
struct GlogWriter {
    private let threshold: LogFlags.Severity
    private let level: LogFlags.Severity
    private let file: Int32?

    init(_ flags: LogFlags) throws(LogFlags.Fault) {
        level = flags.level
        threshold = flags.isQuiet ? .fatal : flags.level
        guard let directory = flags.directory else {
            file = nil
            return
        }
        _ = unsafe mkdir(directory, 0o755)
        let path = "\(directory)/mesos-fetcher.log.\(getpid())"
        let number = unsafe open(
            path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard number >= 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw LogFlags.Fault(
                message: "Could not initialize logging: Failed to create '\(path)': \(reason)")
        }
        file = number
    }

    /// Writes one line, or several for a text that has them.
    func write(_ severity: LogFlags.Severity, _ text: String, line: Int = #line) {
        let shown = Self.prefix(severity, line) + Self.oneLine(text) + "\n"
        if severity.rawValue >= threshold.rawValue { mesos_fetcher.write(shown, to: 2) }
        if let file, severity.rawValue >= level.rawValue { mesos_fetcher.write(shown, to: file) }
    }

    /// The last line of a failure, and exit status 1 (`EXIT` of stout's `exit.hpp`).
    func exit(_ text: String, line: Int = #line) -> Never {
        write(.error, "EXIT with status 1: \(text)", line: line)
        Glibc.exit(1)
    }

    /// The last line of a request that no agent makes, and SIGABRT (`CHECK` of glog).
    func abort(_ text: String, line: Int = #line) -> Never {
        write(.fatal, "Check failed: \(text)", line: line)
        signal(SIGABRT, SIG_DFL)
        Glibc.abort()
    }

    /// `IMMDD hh:mm:ss.uuuuuu tid fetcher.cpp:line] `, in local time.
    private static func prefix(_ severity: LogFlags.Severity, _ line: Int) -> String {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        var local = unsafe tm()
        unsafe localtime_r(&now.tv_sec, &local)
        let (month, day) = unsafe (local.tm_mon + 1, local.tm_mday)
        let (hour, minute, second) = unsafe (local.tm_hour, local.tm_min, local.tm_sec)
        let thread = String(getpid())
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let micros = String(now.tv_nsec / 1_000)
        let fraction = String(repeating: "0", count: 6 - micros.count) + micros
        return severity.letter + two(month) + two(day)
            + " \(two(hour)):\(two(minute)):\(two(second)).\(fraction) "
            + String(repeating: " ", count: max(0, 5 - thread.count)) + thread
            + " fetcher.cpp:\(line)] "
    }

    /// Control characters never reach a log: a URI could write lines of its own.
    private static func oneLine(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            if scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) {
                let digits = String(scalar.value, radix: 16)
                line += "\\x" + (digits.count < 2 ? "0" : "") + digits
            } else {
                line.unicodeScalars.append(scalar)
            }
        }
        return line
    }
}
