/// A file of a sandbox, as the rules about credentials look at it.
public struct SandboxFile: Sendable, Hashable {
    /// The path relative to the sandbox.
    public let path: String
    /// Whether it is a regular file; anything else holds no credentials.
    public let isRegular: Bool
    /// Permission bits.
    public let mode: UInt32

    /// A file by what is known of it.
    public init(path: String, isRegular: Bool, mode: UInt32) {
        self.path = path
        self.isRegular = isRegular
        self.mode = mode
    }
}
