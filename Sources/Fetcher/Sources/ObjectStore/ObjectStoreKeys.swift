public import Vocabulary

/// The keys of an account of an object store, and where they were found.
public struct ObjectStoreKeys: Sendable, Hashable {
    /// The public half.
    public var accessKey: String
    /// The other half.
    public var secretKey: Secret
    /// What comes with keys that expire.
    public var sessionToken: Secret?
    /// Where they were found, for messages: `AWS_ACCESS_KEY_ID`, `profile default`.
    public var place: String

    /// Keys from a place.
    public init(
        accessKey: String, secretKey: Secret, sessionToken: Secret? = nil, place: String
    ) {
        self.accessKey = accessKey
        self.secretKey = secretKey
        self.sessionToken = sessionToken
        self.place = place
    }
}
