import Glibc
import Vocabulary

/// Files that the caller names on the command line.
enum InputFile {
    /// The most bytes that a definition may have.
    static let maxBytes = 128 << 20

    /// The bytes of a file, or of standard input for `-`.
    ///
    /// - Throws: ``CommandFailure`` with exit 2: missing, unreadable, a directory, too large.
    static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
        func failed(_ reason: String) -> CommandFailure {
            CommandFailure("\(path.terminalSafe): \(reason)", status: .invalid)
        }
        let number = path == "-" ? dup(0) : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else {
            throw failed("cannot be opened: \(unsafe String(cString: strerror(errno)))")
        }
        defer { close(number) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe Glibc.read(number, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw errno == EISDIR
                    ? failed("is a directory; name a file with a definition")
                    : failed("cannot be read: \(unsafe String(cString: strerror(errno)))")
            }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= maxBytes else {
                throw failed("is larger than 128 MB, which no definition is")
            }
        }
    }

    /// The absolute path of a folder that exists.
    static func absolutePath(_ path: String) throws(CommandFailure) -> String {
        guard let resolved = unsafe realpath(path, nil) else {
            let reason = unsafe String(cString: strerror(errno))
            throw CommandFailure("\(path.terminalSafe): \(reason)", status: .usage)
        }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}
