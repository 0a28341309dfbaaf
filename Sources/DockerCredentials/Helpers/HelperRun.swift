/// What a credential helper did: the bytes of its output and how it ended.
public struct HelperRun: Sendable {
    /// How it ended.
    public enum End: Sendable, Hashable {
        /// It exited by itself.
        case exited(Int32)
        /// A signal ended it.
        case signalled(Int32)
        /// It ran longer than the limit and was killed with its children.
        case timedOut(seconds: Int)
        /// It wrote more than the limit and was killed with its children.
        case tooMuchOutput(maxBytes: Int)
        /// It could not be started; the system's words.
        case notStarted(String)
    }

    /// Its standard output.
    public var output: [UInt8]
    /// Its standard error.
    public var errors: [UInt8]
    /// How it ended.
    public var end: End

    /// A run that ended.
    public init(output: [UInt8], errors: [UInt8], end: End) {
        self.output = output
        self.errors = errors
        self.end = end
    }
}
