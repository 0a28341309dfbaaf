import Vocabulary

/// Why a store gives no value.
public struct SecretStoreError: Error, Sendable, Hashable {
    /// What a caller may act on; more may come.
    public struct Code: Hashable, Sendable {
        /// The code's name, as JSON shows it.
        public let name: String
        /// The source is no path that a store can have.
        public static let invalidSource = Code(name: "invalid-source")
        /// The store's address is none of the known forms.
        public static let invalidStore = Code(name: "invalid-store")
        /// There is no such secret.
        public static let notFound = Code(name: "not-found")
        /// The version that is wanted was deleted or destroyed.
        public static let deleted = Code(name: "deleted")
        /// It is there and cannot be read or written.
        public static let unreadable = Code(name: "unreadable")
        /// The value is larger than any store keeps.
        public static let tooLarge = Code(name: "too-large")
        /// The login may not use it.
        public static let forbidden = Code(name: "forbidden")
        /// The service's id does not lie below the secret's folder.
        public static let outOfSpace = Code(name: "out-of-space")
        /// There is no login, or the store refuses it.
        public static let loginRefused = Code(name: "login-refused")
        /// The login was good once, and is not any more.
        public static let authExpired = Code(name: "auth-expired")
        /// The store is sealed: an operator must open it.
        public static let sealed = Code(name: "sealed")
        /// The store does not answer, or not as it should.
        public static let unavailable = Code(name: "unavailable")
        /// Somebody asked the work to stop.
        public static let cancelled = Code(name: "cancelled")
    }

    /// The stable code.
    public let code: Code
    /// The secret's path, or the store's address.
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
    public var description: String {
        let subject = code == .invalidStore ? "secret store" : "secret"
        return "\(subject) \(source.terminalSafe): \(reason); \(advice)"
    }
}
