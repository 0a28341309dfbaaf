import LocatedJSON
import Synchronization
import Transfer
public import Vocabulary

/// A mount of the engine KV of HashiCorp Vault, version 1 or 2.
///
/// The engine's version is found out with the first request. The value is the map's one field, or the field
/// named behind `@` in the source; `?version=N` names an older version of it. 412, 429 and 503 are asked again with growing pauses; a sealed
/// Vault is told at once, since it does not open by itself.
public final class VaultSecretStore: SecretStore {
    let connection: StoreConnection
    private let mount: VaultMount
    private let login: SecretStoreLogin
    private let version = Mutex<VaultMount.Version?>(nil)

    init(connection: StoreConnection, mount: String, login: SecretStoreLogin) {
        self.connection = connection
        self.mount = VaultMount(path: mount)
        self.login = login
    }

    /// The Vault's address and mount.
    public var name: String { "vault+\(connection.base)/\(mount.path)" }

    /// The value of a field.
    ///
    /// - Parameters:
    ///   - source: `PATH` or `PATH@FIELD`, and `?version=N` where not the newest is meant.
    ///   - service: Has no meaning here: Vault's policies are about tokens.
    /// - Returns: The value.
    /// - Throws: ``SecretStoreError``.
    public func resolve(
        _ source: String, for service: String? = nil
    ) throws(SecretStoreError) -> StoredSecret {
        let wanted = try VaultSource(source)
        let isSecond = try isVersionTwo(source)
        if wanted.version != nil, !isSecond {
            throw SecretStoreError(
                .invalidSource, source,
                "\(mount.path.terminalSafe) is a KV of version 1, which"
                    + " keeps no versions", advice: "leave ?version= out")
        }
        let query = wanted.version.map { "?version=\($0)" } ?? ""
        let answer = try send(path: try address(of: wanted.path, .data, source) + query, source)
        if isSecond, let metadata = answer.json?["data"]?["metadata"],
            let fault = VaultMount.deletion(metadata)
        {
            throw SecretStoreError(
                .deleted, source, fault, advice: "restore it (vault kv undelete), or put a new one")
        }
        guard answer.status == 200 else { throw refusal(answer, source) }
        let data = isSecond ? answer.json?["data"]?["data"] : answer.json?["data"]
        guard let data, data.kind == .object else { throw connection.malformed(source) }
        return StoredSecret(value: try wanted.value(in: data))
    }

    /// The names in a folder; folders have a slash at their end.
    ///
    /// - Parameter prefix: A folder, empty for the whole mount.
    /// - Returns: Paths from the mount, sorted.
    /// - Throws: ``SecretStoreError``.
    public func list(_ prefix: String = "") throws(SecretStoreError) -> [String] {
        let path = try SecretPath(folder: prefix)
        let answer = try send(
            path: try address(of: path, .metadata, prefix) + "?list=true", prefix)
        // An empty folder is a 404 without any error.
        if answer.status == 404, answer.json?["errors"]?.isEmpty == true { return [] }
        guard answer.status == 200 else { throw refusal(answer, prefix) }
        guard let keys = answer.json?["data"]?["keys"], keys.kind == .array else {
            throw connection.malformed(prefix)
        }
        let folder = path.segments.isEmpty ? "" : path.text + "/"
        return keys.elements.compactMap(\.stringValue).map { folder + $0 }.sorted()
    }

    /// Writes a map with one field, `value` unless the source names another behind `@`.
    ///
    /// - Parameters:
    ///   - value: Text in UTF-8; Vault keeps JSON, which carries nothing else.
    ///   - source: `PATH` or `PATH@FIELD`.
    /// - Throws: ``SecretStoreError``.
    public func put(_ value: Secret, at source: String) throws(SecretStoreError) {
        let wanted = try VaultSource(source)
        try wanted.withoutVersion("written")
        guard isUTF8(value.reveal()) else {
            throw SecretStoreError(
                .unreadable, source, "Vault keeps text, and these bytes are none",
                advice: "encode them (base64) and decode them where they are used")
        }
        let map = jsonObject([(wanted.field ?? "value", value.reveal())])
        let path = try address(of: wanted.path, .data, source)
        let body = try isVersionTwo(source) ? Array("{\"data\":".utf8) + map + [0x7d] : map
        let answer = try send(method: "POST", path: path, body: Secret(body), source)
        guard [200, 204].contains(answer.status) else { throw refusal(answer, source) }
    }

    /// Removes a secret; in version 2 its last version is deleted and may be restored.
    ///
    /// - Parameter source: The path in the mount.
    /// - Throws: ``SecretStoreError``.
    public func remove(_ source: String) throws(SecretStoreError) {
        let wanted = try VaultSource(source)
        try wanted.withoutVersion("removed")
        let answer = try send(
            method: "DELETE", path: try address(of: wanted.path, .data, source), source)
        guard [200, 204].contains(answer.status) else { throw refusal(answer, source) }
    }

    private func isVersionTwo(_ source: String) throws(SecretStoreError) -> Bool {
        try knownVersion(source) == .two
    }

    private func address(
        of path: SecretPath, _ part: VaultMount.Part, _ source: String
    ) throws(SecretStoreError) -> String {
        mount.address(of: path, part, version: try knownVersion(source))
    }

    /// Asks once which version the mount has.
    private func knownVersion(_ source: String) throws(SecretStoreError) -> VaultMount.Version {
        if let known = version.withLock({ $0 }) { return known }
        let answer = try send(path: mount.question, source)
        let found: VaultMount.Version
        switch answer.status {
        case 200:
            guard let told = VaultMount.version(in: answer.json) else {
                throw SecretStoreError(
                    .invalidSource, source, "the mount \(mount.path.terminalSafe) is no KV engine",
                    advice: "name a mount of the engine kv")
            }
            found = told
        case 400, 404, 405: found = try probedVersion(source)
        default: throw refusal(answer, source)
        }
        version.withLock { $0 = found }
        return found
    }

    /// Where the question is not known (Vault before 0.10, some proxies): the answer's form tells.
    private func probedVersion(_ source: String) throws(SecretStoreError) -> VaultMount.Version {
        let path = try SecretPath(folder: try VaultSource.pathText(of: source))
        let answer = try send(path: mount.address(of: path, .data, version: .two), source)
        return answer.json?["data"]?["metadata"]?.kind == .object ? .two : .one
    }

    private func send(
        method: String = "GET", path: String, body: Secret? = nil, _ source: String
    ) throws(SecretStoreError) -> StoreAnswer {
        guard let token = login.vaultToken else {
            throw SecretStoreError(
                .loginRefused, source, "there is no login for \(connection.base)",
                advice: "set VAULT_TOKEN, or log in (vault login)")
        }
        var headers: [TransferRequest.Header] = [
            .init("X-Vault-Token", token), .init("X-Vault-Request", "true"),
        ]
        if let namespace = login.vaultNamespace {
            headers.append(.init("X-Vault-Namespace", namespace))
        }
        if body != nil { headers.append(.init("Content-Type", "application/json")) }
        let request = StoreRequest(method: method, path: path, headers: headers, body: body)
        return try connection.send(request, for: source) { answer in
            [412, 429, 503].contains(answer.status) && !VaultRefusal(answer).isSealed
        }
    }

    private func refusal(_ answer: StoreAnswer, _ source: String) -> SecretStoreError {
        VaultRefusal(answer).error(source, mount: mount.path, connection: connection)
    }
}
