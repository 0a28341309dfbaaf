import Vocabulary

/// Why a store gives no value.
public struct SecretStoreError: Error, Sendable, Hashable {
    /// What a caller may act on; more may come.
    public struct Code: Hashable, Sendable {
        let name: String
        /// The source is no path that a store can have.
        public static let invalidSource = Code(name: "invalid-source")
        /// There is no such secret.
        public static let notFound = Code(name: "not-found")
        /// It is there and cannot be read.
        public static let unreadable = Code(name: "unreadable")
        /// The value is larger than any store keeps.
        public static let tooLarge = Code(name: "too-large")
    }

    /// The stable code.
    public let code: Code
    /// The secret's path.
    public let source: String
    /// What is wrong; one line.
    public let reason: String
    /// What to do.
    public let advice: String

    init(_ code: Code, _ source: String, _ reason: String, advice: String) {
        self.code = code
        self.source = source
        self.reason = reason
        self.advice = advice
    }
}

extension SecretStoreError: CustomStringConvertible {
    /// `secret SOURCE: what is wrong; what to do`.
    public var description: String { "secret \(source.terminalSafe): \(reason); \(advice)" }
}
