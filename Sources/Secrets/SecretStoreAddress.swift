public import Transfer
public import Vocabulary

/// What `--secrets` names: a directory, a DC/OS cluster, or a mount of a Vault.
public enum SecretStoreAddress: Sendable, Hashable {
    /// A directory whose files are the values.
    case directory(String)
    /// A DC/OS cluster, `https://HOST[:PORT]`.
    case dcos(base: String)
    /// A mount of a Vault, without slashes at its ends.
    case vault(base: String, mount: String)

    /// Reads `DIR`, `dcos+https://HOST` or `vault+https://HOST/MOUNT`.
    ///
    /// `dcos+http` and `vault+http` are taken for this machine alone: a token would cross the
    /// network in clear.
    ///
    /// - Parameter text: The argument.
    /// - Throws: ``SecretStoreError`` of code `invalidStore`.
    public init(parsing text: String) throws(SecretStoreError) {
        func refused(_ reason: String, _ advice: String) -> SecretStoreError {
            SecretStoreError(.invalidStore, redactedURI(text), reason, advice: advice)
        }
        let forms = "write DIR, dcos+https://HOST or vault+https://HOST/MOUNT"
        guard let mark = text.firstRange(of: "://") else {
            guard !text.isEmpty, !text.utf8.contains(0) else {
                throw refused("it names nothing", forms)
            }
            self = .directory(text)
            return
        }
        let scheme = text[..<mark.lowerBound].lowercased()
        let words = scheme.split(separator: "+", omittingEmptySubsequences: false)
        guard words.count == 2, ["dcos", "vault"].contains(words[0]),
            ["http", "https"].contains(words[1])
        else { throw refused("the scheme is not known", forms) }
        let rest = text[mark.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        let path = rest[authority.endIndex...].split(separator: "/").map(String.init)
        guard !rest.contains(where: { $0 == "?" || $0 == "#" || $0 == "%" || $0.isWhitespace }),
            !rest.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f })
        else { throw refused("it holds more than a host and a path", forms) }
        guard !authority.contains("@") else {
            throw refused(
                "a login does not belong into an address",
                "give it by DCOS_ACS_TOKEN or VAULT_TOKEN")
        }
        guard !Self.host(of: authority).isEmpty else { throw refused("it has no host", forms) }
        if words[1] == "http", !Self.isLoopback(Self.host(of: authority)) {
            throw refused(
                "http would send the login in clear", "write \(words[0])+https, or name 127.0.0.1")
        }
        let base = "\(words[1])://\(authority)"
        if words[0] == "dcos" {
            guard path.isEmpty else {
                throw refused("a cluster has no path", "write dcos+https://\(authority)")
            }
            self = .dcos(base: base)
        } else {
            guard !path.isEmpty, !path.contains(".."), !path.contains(".") else {
                throw refused("it names no mount", "write vault+https://\(authority)/secret")
            }
            self = .vault(base: base, mount: path.joined(separator: "/"))
        }
    }

    /// Opens the store; nothing is asked of a server before the first secret.
    ///
    /// - Parameters:
    ///   - login: The logins that the program found.
    ///   - settings: How servers are asked; redirects are never followed.
    ///   - cancellation: Ends whatever is under way.
    /// - Returns: The store.
    public func open(
        login: SecretStoreLogin = SecretStoreLogin(),
        settings: TransferSettings = TransferSettings(), cancellation: Cancellation? = nil
    ) -> any SecretStore {
        func connection(_ base: String) -> StoreConnection {
            StoreConnection(base: base, settings: settings, cancellation: cancellation)
        }
        return switch self {
        case .directory(let root): DirectorySecretStore(root: root)
        case .dcos(let base): DCOSSecretStore(connection: connection(base), login: login)
        case .vault(let base, let mount):
            VaultSecretStore(connection: connection(base), mount: mount, login: login)
        }
    }

    private static func host(of authority: Substring) -> String {
        if authority.hasPrefix("[") {
            return String(authority.dropFirst().prefix { $0 != "]" })
        }
        return authority.prefix { $0 != ":" }.lowercased()
    }

    /// 127.0.0.0/8, `::1` and `localhost`.
    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
