import Vocabulary

/// Why an artifact was not fetched: what Mesos says, and what to do.
public struct FetchError: Error, Sendable {
    /// What a caller may act on; more may come.
    public struct Code: Hashable, Sendable {
        let name: String
        /// The URI has characters or a form that Mesos refuses.
        public static let invalidURI = Code(name: "invalid-uri")
        /// `output_file` is empty, absolute, or leaves the sandbox.
        public static let invalidOutputFile = Code(name: "invalid-output-file")
        /// A relative path without `--frameworks-home`.
        public static let relativePath = Code(name: "relative-path")
        /// The source does not exist or cannot be read.
        public static let unreadable = Code(name: "unreadable")
        /// The server or the transfer failed.
        public static let transferFailed = Code(name: "transfer-failed")
        /// No program or library here fetches that scheme.
        public static let unsupportedScheme = Code(name: "unsupported-scheme")
        /// The file cannot be written in the sandbox.
        public static let unwritable = Code(name: "unwritable")
        /// The archive is damaged, refused, or no archive.
        public static let notExtracted = Code(name: "not-extracted")
        /// The work was interrupted.
        public static let cancelled = Code(name: "cancelled")
    }

    /// The stable code.
    public let code: Code
    /// The URI, without its secrets.
    public let uri: String
    /// What failed, in the words of Mesos where it has some; one line.
    public let message: String
    /// What to do.
    public let advice: String
    /// Whether an archive's member was refused that another program would have unpacked.
    var isRefusedMember = false
    /// Whether Mesos finds it before it fetches anything, and then fetches nothing at all.
    public var isFoundBeforeFetching: Bool {
        code == .invalidURI && message != "File URI only supports absolute paths"
            || code == .invalidOutputFile
    }

    init(_ code: Code, uri: String, _ message: String, advice: String) {
        self.code = code
        self.uri = redacted(uri)
        // Names of members and of files stand in it as they are.
        self.message = message.terminalSafe
        self.advice = advice
    }
}

extension FetchError {
    /// Somebody asked the work to stop.
    static func interrupted(_ uri: String) -> FetchError {
        FetchError(.cancelled, uri: uri, "interrupted", advice: "run it again")
    }
}

extension FetchError: CustomStringConvertible {
    /// `URI: what failed; what to do`.
    public var description: String { "\(uri): \(message); \(advice)" }
}

/// A URI for people: without secrets, and without characters that drive a terminal.
func redacted(_ uri: String) -> String {
    redactedURI(uri).terminalSafe
}
