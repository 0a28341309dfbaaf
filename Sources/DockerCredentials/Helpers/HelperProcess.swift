import Glibc

/// Runs a credential helper: the text on its standard input, its output collected, and no longer
/// than a limit.
///
/// It gets the variables it is given and nothing else, a process group of its own, no blocked
/// signal and no open file but its three.
struct HelperProcess {
    let path: String
    let variables: [String: String]
    /// The longest run; docker/cli has no limit, and would hang with the helper.
    var maxSeconds = 30
    /// The most bytes of one output.
    var maxBytes = 1 << 20

    /// Runs it to its end, or to the limit.
    func run(_ action: String, input: [UInt8]) -> HelperRun {
        var outcome = HelperRun(output: [], errors: [], end: .notStarted(""))
        guard let stdin = Pipe(), let stdout = Pipe(), let stderr = Pipe() else {
            outcome.end = .notStarted(unsafe String(cString: strerror(errno)))
            return outcome
        }
        var child = pid_t()
        var code = spawn(action, stdin, stdout, stderr, &child)
        // A program that was written a moment ago may still be open in another process.
        for _ in 0..<50 where code == ETXTBSY {
            usleep(20_000)
            code = spawn(action, stdin, stdout, stderr, &child)
        }
        guard code == 0 else {
            outcome.end = .notStarted(unsafe String(cString: strerror(code)))
            return outcome
        }
        stdout.closeWriter()
        stderr.closeWriter()
        // A key is shorter than a pipe's buffer, and a helper may end without reading it: while our
        // own reading end is open, that is no SIGPIPE, which would end the whole program.
        _ = fcntl(stdin.writer, F_SETFL, O_NONBLOCK)
        _ = unsafe input.withUnsafeBytes { unsafe write(stdin.writer, $0.baseAddress, $0.count) }
        stdin.closeReader()
        stdin.closeWriter()
        let limit = collect(stdout.reader, stderr.reader, into: &outcome)
        if limit != nil { kill(-child, SIGKILL) }
        var status: Int32 = 0
        while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
        // Whatever it left behind goes with it.
        kill(-child, SIGKILL)
        let signal = status & 0x7f
        outcome.end = limit ?? (signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal))
        return outcome
    }

    private func spawn(
        _ action: String, _ stdin: Pipe, _ stdout: Pipe, _ stderr: Pipe, _ child: inout pid_t
    ) -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, stdin.reader, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, stdout.writer, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, stderr.writer, 2)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var mask = sigset_t()
        unsafe sigemptyset(&mask)
        unsafe posix_spawnattr_setsigmask(&attributes, &mask)
        var defaults = sigset_t()
        unsafe sigemptyset(&defaults)
        unsafe sigaddset(&defaults, SIGPIPE)
        unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
        var arguments = unsafe [strdup(path), strdup(action), nil]
        var environment =
            unsafe variables.sorted { $0.key < $1.key }
            .map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            unsafe (arguments + environment).forEach { text in unsafe free(text) }
        }
        return unsafe posix_spawn(&child, path, &actions, &attributes, &arguments, &environment)
    }

    /// Reads both outputs to their ends; the limit that was reached, if one was.
    private func collect(_ out: Int32, _ err: Int32, into run: inout HelperRun) -> HelperRun.End? {
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(maxSeconds)
        var polls = [
            pollfd(fd: out, events: Int16(POLLIN), revents: 0),
            pollfd(fd: err, events: Int16(POLLIN), revents: 0),
        ]
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while polls.contains(where: { $0.fd >= 0 }) {
            let left = clock.now.duration(to: deadline)
            guard left > .zero else { return .timedOut(seconds: maxSeconds) }
            let milliseconds = Int32(min(left / .milliseconds(1), 60_000).rounded(.up))
            guard unsafe poll(&polls, 2, milliseconds) > 0 else { continue }
            for index in polls.indices where polls[index].revents != 0 {
                let count = unsafe buffer.withUnsafeMutableBytes {
                    unsafe read(polls[index].fd, $0.baseAddress, $0.count)
                }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    polls[index].fd = -1
                    continue
                }
                if index == 0 {
                    run.output += buffer[..<count]
                } else {
                    run.errors += buffer[..<count]
                }
                guard max(run.output.count, run.errors.count) <= maxBytes else {
                    return .tooMuchOutput(maxBytes: maxBytes)
                }
            }
        }
        return nil
    }
}

/// A pipe whose ends close with it and are not inherited.
private final class Pipe {
    private(set) var reader: Int32
    private(set) var writer: Int32

    init?() {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return nil }
        reader = ends[0]
        writer = ends[1]
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    func closeReader() {
        if reader >= 0 { close(reader) }
        reader = -1
    }

    func closeWriter() {
        if writer >= 0 { close(writer) }
        writer = -1
    }

    deinit {
        closeReader()
        closeWriter()
    }
}
