public import Vocabulary

/// Where the values behind the `source` of a definition are kept.
///
/// Every call blocks its thread, and none prints or logs a value.
public protocol SecretStore: Sendable {
    /// The store as people know it, without any login.
    var name: String { get }

    /// The value of a secret.
    ///
    /// - Parameters:
    ///   - source: The path in the store; a leading slash does not matter.
    ///   - service: The id of the app or pod that wants it, for stores that let a service read
    ///     only what lies in its space; `nil` where a person asks.
    /// - Returns: The value and what is to be said about how it is kept.
    /// - Throws: ``SecretStoreError``.
    func resolve(
        _ source: String, for service: String?
    ) throws(SecretStoreError) -> StoredSecret

    /// The names of the secrets below a path, sorted; a name with a slash at its end is a folder.
    ///
    /// - Parameter prefix: The path of a folder, empty for the whole store.
    /// - Returns: Paths from the store's root.
    /// - Throws: ``SecretStoreError``.
    func list(_ prefix: String) throws(SecretStoreError) -> [String]

    /// Stores a value, in place of one that is there.
    ///
    /// - Parameters:
    ///   - value: The bytes.
    ///   - source: The path in the store.
    /// - Throws: ``SecretStoreError``.
    func put(_ value: Secret, at source: String) throws(SecretStoreError)

    /// Removes a secret.
    ///
    /// - Parameter source: The path in the store.
    /// - Throws: ``SecretStoreError``, with `notFound` where there is none.
    func remove(_ source: String) throws(SecretStoreError)
}

/// A value as a store gave it.
public struct StoredSecret: Sendable, Hashable {
    /// The value.
    public let value: Secret
    /// What is to be said about how it is kept; empty where it is kept well.
    public let findings: [Finding]

    /// A value that was found.
    public init(value: Secret, findings: [Finding] = []) {
        self.value = value
        self.findings = findings
    }
}
