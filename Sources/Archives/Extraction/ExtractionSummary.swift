/// What an extraction did.
public struct ExtractionSummary: Sendable, Hashable {
    /// A member that was passed over.
    public struct Skipped: Sendable, Hashable {
        /// The member's name as bytes.
        public let member: [UInt8]
        /// Why, in words.
        public let because: String
    }

    /// Members of any kind.
    public internal(set) var members = 0
    /// Regular files that were made.
    public internal(set) var files = 0
    /// Directories that the archive names.
    public internal(set) var directories = 0
    /// Symbolic and hard links that were made.
    public internal(set) var links = 0
    /// Bytes of all files.
    public internal(set) var bytes: UInt64 = 0
    /// Members that were passed over: devices, pipes; the first thousand of them.
    public internal(set) var skipped: [Skipped] = []
    /// What a person should know though it is no error: trailing garbage, stripped slashes.
    public internal(set) var notes: [String] = []

    /// Nothing done yet.
    public init() {}
}
