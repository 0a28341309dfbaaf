import Glibc
import LocatedJSON
import Synchronization
import Transfer
import Vocabulary

/// A login at a DC/OS cluster: sends requests with its token, and renews it once when refused.
final class DCOSSession: Sendable {
    private let connection: StoreConnection
    private let login: SecretStoreLogin
    private let token: Mutex<Secret?>

    init(connection: StoreConnection, login: SecretStoreLogin) {
        self.connection = connection
        self.login = login
        token = Mutex(login.dcosToken)
    }

    func send(_ request: StoreRequest, _ source: String) throws(SecretStoreError) -> StoreAnswer {
        try send(request, source, while: { $0.status == 503 })
    }

    /// Without asking again on 503.
    func sendOnce(
        _ request: StoreRequest, _ source: String
    ) throws(SecretStoreError) -> StoreAnswer {
        try send(request, source, while: { _ in false })
    }

    private func send(
        _ request: StoreRequest, _ source: String, while isPassing: (StoreAnswer) -> Bool
    ) throws(SecretStoreError) -> StoreAnswer {
        let known = token.withLock { $0 }
        let first: Secret
        if let known { first = known } else { first = try logIn(source) }
        let answer = try connection.send(
            authorized(request, first), for: source, while: isPassing)
        guard answer.status == 401 else { return answer }
        guard known != nil, canLogIn else { throw expired(source) }
        let second = try logIn(source)
        let again = try connection.send(
            authorized(request, second), for: source, while: isPassing)
        guard again.status != 401 else { throw expired(source) }
        return again
    }

    private func authorized(_ request: StoreRequest, _ token: Secret) -> StoreRequest {
        var request = request
        // The word is `token=`, not `Bearer`.
        let value = Secret(Array("token=".utf8) + token.reveal())
        request.headers.append(.init("Authorization", value))
        return request
    }

    private func expired(_ source: String) -> SecretStoreError {
        SecretStoreError(
            .authExpired, source, "\(connection.base) does not accept the token (HTTP 401)",
            advice: "log in again (dcos auth login) and set DCOS_ACS_TOKEN, or DCOS_UID and"
                + " DCOS_PASSWORD")
    }

    private var canLogIn: Bool { login.dcosUser != nil || login.dcosServiceAccount != nil }

    /// What a login sends: a password, or a proof that was made just now.
    private func loginBody(
        _ source: String
    ) throws(SecretStoreError) -> (uid: String, names: String, body: [UInt8]) {
        if let user = login.dcosUser {
            let password = user.password.reveal()
            let body = jsonObject([("uid", Array(user.uid.utf8)), ("password", password)])
            return (user.uid, "DCOS_UID and DCOS_PASSWORD", body)
        }
        guard let account = login.dcosServiceAccount, let proof = account.proof(now: time(nil))
        else {
            throw SecretStoreError(
                .loginRefused, source, "there is no login for \(connection.base)",
                advice: "set DCOS_ACS_TOKEN, DCOS_UID and DCOS_PASSWORD, or"
                    + " DCOS_SERVICE_ACCOUNT_CREDENTIAL")
        }
        let body = jsonObject([("uid", Array(account.uid.utf8)), ("token", proof.reveal())])
        return (account.uid, "DCOS_SERVICE_ACCOUNT_CREDENTIAL and this machine's clock", body)
    }

    private func logIn(_ source: String) throws(SecretStoreError) -> Secret {
        let (uid, names, body) = try loginBody(source)
        let answer = try connection.send(
            StoreRequest(
                method: "POST", path: "/acs/api/v1/auth/login",
                headers: [.init("Content-Type", "application/json")], body: Secret(body)),
            for: source, while: { $0.status == 503 })
        switch answer.status {
        case 200:
            guard let fresh = answer.json?["token"]?.stringBytes, !fresh.isEmpty else {
                throw connection.malformed(source)
            }
            let secret = Secret(fresh)
            token.withLock { $0 = secret }
            return secret
        case 400, 401, 403:
            throw SecretStoreError(
                .loginRefused, source,
                "\(connection.base) refuses the login of \(uid.terminalSafe)"
                    + " (HTTP \(answer.status))",
                advice: "check \(names)")
        default: throw connection.unexpected(answer, source)
        }
    }
}
