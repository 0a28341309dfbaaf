import Glibc

/// What a program took, with all processes that it started and waited for.
struct Measurement {
    /// From start to end, in seconds.
    let wall: Double
    /// User and system time, in seconds.
    let cpu: Double
    /// Resident memory of the largest process, in bytes.
    let peak: Int
    /// The exit status, or the signal's number negated.
    let status: Int32
}

/// A program that is run to its end.
enum ChildProcess {
    /// Measures a program found on PATH; its output is thrown away, its errors go to `log`.
    static func run(_ words: [String], log: String) throws(BenchmarkFailure) -> Measurement {
        let result = "\(log).result"
        let launcher = try spawn(
            ["/proc/self/exe", Launcher.argument, result, log] + words, log: "/dev/null")
        defer { unsafe unlink(result) }
        guard launcher.status == 0, let run = Launcher.result(in: result) else {
            throw BenchmarkFailure("cannot start \(words.joined(separator: " "))")
        }
        return run
    }

    /// Runs a program and waits for it.
    static func spawn(_ words: [String], log: String) throws(BenchmarkFailure) -> Measurement {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        unsafe posix_spawn_file_actions_addopen(
            &actions, 2, log, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var process: pid_t = 0
        let clock = ContinuousClock()
        let start = clock.now
        let code = unsafe posix_spawnp(
            &process, words[0], &actions, nil, &arguments, environ)
        guard code == 0 else {
            throw BenchmarkFailure("cannot start \(words.joined(separator: " ")): error \(code)")
        }
        var status: Int32 = 0
        var usage = rusage()
        while unsafe wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
        let wall = start.duration(to: clock.now) / .seconds(1)
        return Measurement(
            wall: wall, cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            peak: usage.ru_maxrss << 10,
            status: status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f))
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }

    /// Whether a program of that name is on PATH.
    static func exists(_ name: String) -> Bool {
        let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/bin:/bin"
        return path.split(separator: ":").contains { unsafe access("\($0)/\(name)", X_OK) == 0 }
    }
}
