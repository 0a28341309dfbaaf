import Glibc

/// What a client finds around it: its home, its variables, the files.
public struct ClientEnvironment: Sendable {
    /// What came of opening a file.
    public enum File: Sendable {
        /// Its bytes.
        case bytes([UInt8])
        /// There is none, or a link leads nowhere.
        case missing
        /// It is there and cannot be read; the system's words.
        case unreadable(String)
    }

    /// The HOME that the client sees, `nil` where it is not set.
    public var home: String?
    /// All its other variables.
    public var variables: [String: String]
    /// Opens a file as the client would: links are followed.
    public var read: @Sendable (String) -> File
    /// Whether there is something of that name, a link that leads nowhere included.
    public var exists: @Sendable (String) -> Bool = { hasEntry($0) }
    /// How long a credential helper may run, and how much it may say.
    public var helperLimits = HelperLimits()

    /// An environment over the real file system.
    public init(
        home: String?, variables: [String: String] = [:],
        read: @escaping @Sendable (String) -> File = { readFile($0) }
    ) {
        self.home = home
        self.variables = variables
        self.read = read
    }

    /// A variable that is set and not empty.
    public func variable(_ name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Where a program lies on the client's PATH.
    ///
    /// - Parameter name: The program's name, without a slash.
    /// - Returns: The path of the first one that may be executed; a folder may not.
    public func program(_ name: String) -> String? {
        for folder in (variable("PATH") ?? "").split(separator: ":") {
            let path = "\(folder)/\(name)"
            var status = stat()
            guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
                continue
            }
            if unsafe access(path, X_OK) == 0 { return path }
        }
        return nil
    }
}

/// Whether something has that path; the last link is not followed (`lstat`).
private func hasEntry(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0
}

/// Reads a credentials file of at most 64 MiB from the file system, links followed.
///
/// - Parameter path: An ordinary path.
/// - Returns: What came of it.
public func readFile(_ path: String) -> ClientEnvironment.File {
    // O_NONBLOCK: a pipe of that name must not hold the reader.
    let number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else {
        return errno == ENOENT ? .missing : .unreadable(unsafe String(cString: strerror(errno)))
    }
    defer { close(number) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= 64 << 20 {
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe Glibc.read(number, $0.baseAddress, $0.count)
        }
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { return .unreadable(unsafe String(cString: strerror(errno))) }
        if count == 0 { return .bytes(bytes) }
        bytes += buffer[..<count]
    }
    return .unreadable("File too large")
}
