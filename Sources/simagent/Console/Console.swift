import Glibc
import Synchronization

/// The one writer to standard output and standard error.
///
/// `print` to a full disk succeeds; this checks every write. A closed pipe ends the program
/// quietly, as `head` expects; anything else is an error.
enum Console {
    private static let failure = Mutex<CommandFailure?>(nil)

    /// Says how the command is going to end, for the case that its report cannot be written.
    static func expect(_ ending: CommandFailure?) {
        failure.withLock { $0 = ending }
    }

    /// Writes a result to standard output.
    static func write(_ text: String) {
        write(Array(text.utf8))
    }

    /// Writes bytes to standard output.
    static func write(_ bytes: [UInt8]) {
        guard let code = writeAll(bytes, to: 1) else { return }
        let ending = failure.withLock { $0 }
        if let ending { writeError("simagent: \(ending.message)\n") }
        if code == EPIPE { exit((ending?.status ?? .works).rawValue) }
        let reason = unsafe String(cString: strerror(code))
        writeError("simagent: standard output cannot be written: \(reason)\n")
        exit((ending?.status ?? .fails).rawValue)
    }

    /// Writes progress, a warning or an error to standard error; nobody is left to tell if that
    /// fails.
    static func writeError(_ text: String) {
        _ = writeAll(Array(text.utf8), to: 2)
    }

    /// Whether a descriptor is a terminal.
    static func isTerminal(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }

    /// `errno` of the write that failed, `nil` when all is written.
    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            written += count
        }
        return nil
    }
}
