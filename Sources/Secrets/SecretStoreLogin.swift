public import Vocabulary

/// The logins for stores, from where their own programs take them.
///
/// The program hands over its environment; the library looks at none.
public struct SecretStoreLogin: Sendable, Hashable {
    /// `DCOS_ACS_TOKEN`.
    public var dcosToken: Secret?
    /// `DCOS_UID` with `DCOS_PASSWORD`: logs in when there is no token or it has expired.
    public var dcosUser: (uid: String, password: Secret)? {
        get { uid.flatMap { uid in password.map { (uid, $0) } } }
        set { (uid, password) = (newValue?.uid, newValue?.password) }
    }
    /// `DCOS_SERVICE_ACCOUNT_CREDENTIAL`: logs in where no user is known.
    public var dcosServiceAccount: DCOSServiceAccount?
    /// `VAULT_TOKEN`, else the content of `~/.vault-token`.
    public var vaultToken: Secret?
    /// `VAULT_NAMESPACE`.
    public var vaultNamespace: String?

    private var uid: String?
    private var password: Secret?

    /// No login at all.
    public init() {}

    /// The logins of an environment.
    ///
    /// - Parameters:
    ///   - environment: Names to values; empty values count as not set.
    ///   - vaultTokenFile: The bytes of `~/.vault-token`, where there is one.
    public init(environment: [String: String], vaultTokenFile: [UInt8]? = nil) {
        func value(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        dcosToken = value("DCOS_ACS_TOKEN").map { Secret($0) }
        uid = value("DCOS_UID")
        password = value("DCOS_PASSWORD").map { Secret($0) }
        vaultNamespace = value("VAULT_NAMESPACE")
        if let token = value("VAULT_TOKEN") {
            vaultToken = Secret(token)
        } else if let vaultTokenFile {
            let isBlank = { (byte: UInt8) in byte <= 0x20 }
            let text = vaultTokenFile.drop(while: isBlank).prefix { !isBlank($0) }
            vaultToken = text.isEmpty ? nil : Secret(Array(text))
        }
    }
}
