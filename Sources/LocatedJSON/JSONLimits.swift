/// How large and how deep a text may be.
public struct JSONLimits: Sendable {
    /// The longest text that is read, in bytes.
    public var maxBytes: Int
    /// The deepest nesting of arrays and objects.
    public var maxDepth: Int

    /// Limits of one's own; the defaults hold any definition or credentials file of good will.
    public init(maxBytes: Int = 128 << 20, maxDepth: Int = 1_000) {
        self.maxBytes = maxBytes
        self.maxDepth = maxDepth
    }
}
