/// A modification time with nanoseconds.
public struct FileTime: Sendable, Hashable {
    /// Seconds since 1970, negative before.
    public var seconds: Int64
    /// Nanoseconds behind the second, 0 to 999,999,999.
    public var nanoseconds: Int32

    /// A time by its parts.
    public init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }
}
