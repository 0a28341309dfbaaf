/// What a credential helper did: the bytes of its output and how it ended.
struct HelperRun: Sendable {
    /// How it ended.
    enum End: Sendable, Hashable {
        /// It exited by itself.
        case exited(Int32)
        /// A signal ended it.
        case signalled(Int32)
        /// It ran longer than the limit and was killed with its children.
        case timedOut(Duration)
        /// It wrote more than the limit and was killed with its children.
        case tooMuchOutput(maxBytes: Int)
        /// Whoever asked no longer wants to know, and it was killed with its children.
        case cancelled
        /// It could not be started; the system's words.
        case notStarted(String)
    }

    /// Its standard output.
    var output: [UInt8] = []
    /// Its standard error.
    var errors: [UInt8] = []
    /// How it ended.
    var end: End
}
