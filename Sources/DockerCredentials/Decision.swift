public import Vocabulary

/// Which credential a client would use, and how it came to it.
public struct CredentialDecision: Sendable {
    /// What the engine or the registry would be given.
    public enum Kind: String, Sendable {
        /// User and password.
        case basic
        /// A refresh token for the registry's token server.
        case identityToken = "identitytoken"
        /// A ready bearer token.
        case registryToken = "registrytoken"
        /// Nothing.
        case anonymous
        /// The client stops before it asks anybody.
        case error
        /// One of several, by chance: the client iterates a map in random order.
        case nondeterministic
    }

    /// What would be used.
    public var kind: Kind
    /// The key of the entry that decided, as the registry's address is called that Docker sends with
    /// it: an entry that was not decoded has another one, or none.
    public var key: String?
    /// The user of that entry.
    public var username: String?
    /// The password or token.
    public var secret: Secret?
    /// The value of an `Authorization` header that is sent as it stands (Mesos).
    public var header: Secret?
    /// The value of an `auth` that was sent without being decoded; the engine does not use it.
    public var undecodedAuth: Secret?
    /// A stable word for the reason: `exact-key`, `hostname-of-key`, `no-entry`, `file-missing`.
    public var reason: String
    /// The credential helper that was involved: `docker-credential-NAME`.
    public var helper: String?
    /// The client's own error text.
    public var error: String?
    /// What the client prints to standard error though it goes on.
    public var stderr: String?
    /// Every outcome that can occur, for chance.
    public var anyOf: [CredentialDecision] = []
    /// The file that decided, relative to HOME where it lies below it.
    public var file: String?
    /// What was looked at, in the client's order.
    public var trace: [Step] = []

    /// A decision for a reason.
    public init(kind: Kind, key: String? = nil, reason: String) {
        self.kind = kind
        self.key = key
        self.reason = reason
    }

    /// Whether another decision gives the registry the same.
    func isSameLogin(as other: CredentialDecision) -> Bool {
        kind == other.kind && secret == other.secret
            && (kind != .basic || username == other.username)
    }
}
