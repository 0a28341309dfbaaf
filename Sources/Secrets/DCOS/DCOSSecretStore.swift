import FoundationEssentials
import LocatedJSON
import Synchronization
import Transfer
public import Vocabulary

/// The Secrets API v1 of DC/OS Enterprise, store `default`.
///
/// The space rule is checked before anything is asked. A token that is refused with 401 is
/// replaced once by logging in, where user and password are known; 503 is asked again with
/// growing pauses.
public final class DCOSSecretStore: SecretStore {
    let connection: StoreConnection
    private let session: DCOSSession

    init(connection: StoreConnection, login: SecretStoreLogin) {
        self.connection = connection
        session = DCOSSession(connection: connection, login: login)
    }

    /// The cluster's address.
    public var name: String { "dcos+" + connection.base }

    /// The value of a secret, bytes or text.
    ///
    /// - Parameters:
    ///   - source: The path in the store.
    ///   - service: The id of the app or pod; `nil` leaves the space rule out.
    /// - Returns: The value.
    /// - Throws: ``SecretStoreError``.
    public func resolve(
        _ source: String, for service: String?
    ) throws(SecretStoreError) -> StoredSecret {
        let path = try SecretPath(source)
        if let service, !SecretSpace.allows(source, for: service) {
            let folder = SecretSpace.folder(of: source)
            throw SecretStoreError(
                .outOfSpace, source,
                "\(service.terminalSafe) is outside \(folder.terminalSafe), whose secret it is",
                advice: "move the secret into the space of the service, or to the root")
        }
        // Without Accept the stored form comes back; `*/*` would be one.
        var answer = try send(
            StoreRequest(path: address(path), headers: [.init("Accept", "")]), source)
        if answer.status == 400 || answer.status == 406 {
            let headers = [TransferRequest.Header("Accept", "application/octet-stream")]
            answer = try send(StoreRequest(path: address(path), headers: headers), source)
        }
        guard answer.status == 200 else { throw try refusal(answer, source, action: "read") }
        return StoredSecret(value: try value(of: answer, path, source))
    }

    /// The names below a path.
    ///
    /// - Parameter prefix: A folder, empty for the whole store.
    /// - Returns: Paths from the store's root, sorted.
    /// - Throws: ``SecretStoreError``.
    public func list(_ prefix: String = "") throws(SecretStoreError) -> [String] {
        let path = try SecretPath(folder: prefix)
        let answer = try send(StoreRequest(path: address(path) + "?list=true"), prefix)
        guard answer.status == 200 else { throw try refusal(answer, prefix, action: "list") }
        guard let names = answer.json?["array"], names.kind == .array else {
            throw connection.malformed(prefix)
        }
        let folder = path.segments.isEmpty ? "" : path.text + "/"
        return names.elements.compactMap(\.stringValue).map { folder + $0 }.sorted()
    }

    /// Stores text as text and any other bytes as a binary secret.
    ///
    /// - Parameters:
    ///   - value: The bytes.
    ///   - source: The path in the store.
    /// - Throws: ``SecretStoreError``.
    public func put(_ value: Secret, at source: String) throws(SecretStoreError) {
        let path = try SecretPath(source)
        let bytes = value.reveal()
        let isText = isUTF8(bytes)
        let type = isText ? "application/json" : "application/octet-stream"
        var request = StoreRequest(
            method: "PUT", path: address(path), headers: [.init("Content-Type", type)],
            body: isText ? Secret(jsonObject([("value", bytes)])) : value)
        var answer = try send(request, source)
        if answer.status == 409 {
            request.method = "PATCH"
            answer = try send(request, source)
        }
        guard [200, 201, 204].contains(answer.status) else {
            throw try refusal(answer, source, action: "create")
        }
    }

    /// Removes a secret.
    ///
    /// - Parameter source: The path in the store.
    /// - Throws: ``SecretStoreError``.
    public func remove(_ source: String) throws(SecretStoreError) {
        let path = try SecretPath(source)
        let answer = try send(StoreRequest(method: "DELETE", path: address(path)), source)
        guard [200, 204].contains(answer.status) else {
            throw try refusal(answer, source, action: "delete")
        }
    }

    private func address(_ path: SecretPath) -> String {
        "/secrets/v1/secret/default/" + path.encoded
    }

    private func send(
        _ request: StoreRequest, _ source: String
    ) throws(SecretStoreError) -> StoreAnswer {
        try session.send(request, source)
    }

    private func value(
        of answer: StoreAnswer, _ path: SecretPath, _ source: String
    ) throws(SecretStoreError) -> Secret {
        guard !answer.contentType.hasPrefix("application/octet-stream") else {
            return Secret(answer.content)
        }
        guard let text = answer.json?["value"]?.stringBytes else {
            throw connection.malformed(source)
        }
        // Services before DC/OS 1.11 marked base64 in the name and decoded it before use.
        guard path.segments.last?.hasPrefix("__dcos_base64__") == true else { return Secret(text) }
        guard let data = Data(base64Encoded: Data(text), options: .ignoreUnknownCharacters) else {
            throw SecretStoreError(
                .unreadable, source, "its name promises base64, which it does not hold",
                advice: "store it again")
        }
        return Secret(Array(data))
    }

    /// What a status other than success means; asks for the seal where nobody is served.
    private func refusal(
        _ answer: StoreAnswer, _ source: String, action: String
    ) throws(SecretStoreError) -> SecretStoreError {
        switch answer.status {
        case 403:
            return SecretStoreError(
                .forbidden, source, "the login may not \(action) it at \(connection.base)",
                advice: "grant it dcos:secrets:default:/\(source.drop { $0 == "/" }) \(action)")
        case 404:
            return SecretStoreError(
                .notFound, source, "\(connection.base) has no such secret",
                advice: "put it there, or correct \"source\"")
        case 503:
            let status = try session.sendOnce(
                StoreRequest(path: "/secrets/v1/seal-status/default"), source)
            guard status.json?["sealed"]?.boolValue == true else { break }
            return SecretStoreError(
                .sealed, source, "the store of \(connection.base) is sealed",
                advice: "have an operator unseal it")
        default: break
        }
        return connection.unexpected(answer, source)
    }
}
