import LocatedJSON

/// What a status of Vault other than success means.
struct VaultRefusal {
    private let answer: StoreAnswer
    private let errors: [String]

    init(_ answer: StoreAnswer) {
        self.answer = answer
        let listed = answer.status >= 400 ? answer.json?["errors"] : nil
        errors = listed?.elements.compactMap { $0.stringValue?.lowercased() } ?? []
    }

    /// Whether Vault says that it is sealed.
    var isSealed: Bool { answer.status == 503 && says("sealed") }

    private func says(_ word: String) -> Bool { errors.contains { $0.contains(word) } }

    func error(
        _ source: String, mount: String, connection: StoreConnection
    ) -> SecretStoreError {
        let base = connection.base
        switch answer.status {
        case 503 where isSealed:
            return SecretStoreError(
                .sealed, source, "\(base) is sealed", advice: "have an operator unseal it")
        case 403 where says("invalid token") || says("bad token") || says("expired"),
            401:
            return SecretStoreError(
                .authExpired, source, "\(base) does not accept the token",
                advice: "log in again (vault login) and set VAULT_TOKEN")
        case 403:
            // Vault says the same of a bad token, a forbidden path and one that does not exist.
            return SecretStoreError(
                .forbidden, source, "the token may not use it in \(mount) at \(base)",
                advice: "check the token (vault token lookup), its policy, and VAULT_NAMESPACE")
        case 404:
            return SecretStoreError(
                .notFound, source, "\(mount) at \(base) has no such secret",
                advice: "put it there, or correct \"source\" (and VAULT_NAMESPACE)")
        case 429, 472, 473:
            return SecretStoreError(
                .unavailable, source, "\(base) serves no requests now (HTTP \(answer.status))",
                advice: "name the active server, or try again later")
        case 501:
            return SecretStoreError(
                .unavailable, source, "\(base) is not initialised",
                advice: "have an operator initialise it")
        default: return connection.unexpected(answer, source)
        }
    }
}
