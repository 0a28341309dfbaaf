/// How long a credential helper may run, and how much it may say.
///
/// docker/cli has no limit at all and would hang with the helper.
public struct HelperLimits: Sendable {
    /// The longest run of one question; then the helper is killed with its children.
    public var timeout: Duration
    /// The most bytes on standard output, and as many on standard error.
    public var maxOutputBytes: Int
    /// Whether the answer is no longer wanted; polled ten times a second.
    public var isCancelled: @Sendable () -> Bool

    /// Limits; 30 seconds and a mebibyte unless told otherwise.
    public init(
        timeout: Duration = .seconds(30), maxOutputBytes: Int = 1 << 20,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.timeout = timeout
        self.maxOutputBytes = maxOutputBytes
        self.isCancelled = isCancelled
    }
}
