import Vocabulary

/// How Google Cloud Storage is asked over its XML API.
public struct GoogleStorageSettings: Sendable, Hashable {
    /// An HMAC key of a service account, `nil` to ask anonymously.
    public var keys: ObjectStoreKeys?
    /// The address of an emulator, `nil` for Google's own.
    public var endpoint: String?

    /// Google's own storage, asked anonymously.
    public init() {}

    /// What the customary variables and `gsutil`'s file say.
    ///
    /// HMAC keys come from `GS_ACCESS_KEY_ID` and `GS_SECRET_ACCESS_KEY`, else from the section
    /// `Credentials` of the boto file; the endpoint from `STORAGE_EMULATOR_HOST`.
    ///
    /// - Parameters:
    ///   - environment: Names to values; only those above are looked at.
    ///   - boto: The text of `~/.boto`.
    public init(environment: [String: String], boto: [UInt8]?) {
        if let host = environment["STORAGE_EMULATOR_HOST"], !host.isEmpty {
            endpoint = host.firstRange(of: "://") == nil ? "http://" + host : host
        }
        if let access = environment["GS_ACCESS_KEY_ID"], !access.isEmpty,
            let secret = environment["GS_SECRET_ACCESS_KEY"], !secret.isEmpty
        {
            keys = ObjectStoreKeys(
                accessKey: access, secretKey: Secret(secret), place: "GS_ACCESS_KEY_ID")
        } else if let section = INISections(parsing: boto ?? [])["Credentials"],
            let access = section["gs_access_key_id"],
            let secret = section["gs_secret_access_key"]
        {
            keys = ObjectStoreKeys(
                accessKey: access, secretKey: Secret(secret), place: "the boto file")
        }
    }
}
