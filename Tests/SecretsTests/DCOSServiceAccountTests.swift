import Foundation
import Testing
import Vocabulary

@testable import Secrets

/// A key pair that goes with its owner, made by openssl.
private final class KeyPair {
    let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("simagent-key-\(UUID().uuidString)")
    var publicKey: String { folder.appendingPathComponent("public.pem").path }

    init(bits: Int = 2_048) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try openssl(["genrsa", "-out", "private.pem", "\(bits)"])
        try openssl(["rsa", "-in", "private.pem", "-pubout", "-out", "public.pem"])
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The JSON of the account, with what is given in place of its own.
    func account(_ changes: [String: String] = [:]) throws -> Secret {
        let file = folder.appendingPathComponent("private.pem")
        var members: [String: String] = [
            "uid": "robot", "private_key": try String(contentsOf: file, encoding: .utf8),
            "scheme": "RS256", "login_endpoint": "https://leader.mesos/acs/api/v1/auth/login",
        ]
        for (name, value) in changes { members[name] = value }
        return Secret(Array(try JSONSerialization.data(withJSONObject: members)))
    }

    private func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = folder
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}

@Suite(.timeLimit(.minutes(5))) struct `A DC/OS service account` {
    @Test func `logs in with a proof of its key, and once more when the token has expired`() throws
    {
        let keys = try KeyPair()
        let server = try StoreServer(publicKey: keys.publicKey)
        defer { withExtendedLifetime(server) {} }
        var login = SecretStoreLogin(environment: ["DCOS_ACS_TOKEN": "old"])
        login.dcosServiceAccount = try DCOSServiceAccount(parsing: try keys.account())
        let store = DCOSSecretStore(connection: server.connection(), login: login)
        #expect(try store.text("pull") == "{\"auths\":{}}")
        let get = "GET /secrets/v1/secret/default/pull"
        #expect(try server.seen() == [get, "POST /acs/api/v1/auth/login", get])
    }

    @Test func `is refused with a key that is not the account's`() throws {
        let server = try StoreServer(publicKey: try KeyPair().publicKey)
        defer { withExtendedLifetime(server) {} }
        var login = SecretStoreLogin()
        login.dcosServiceAccount = try DCOSServiceAccount(parsing: try KeyPair().account())
        let store = DCOSSecretStore(connection: server.connection(), login: login)
        let error = try #require(store.failure("pull"))
        #expect(error.code == .loginRefused)
        #expect(error.reason.contains("refuses the login of robot (HTTP 401)"))
        #expect(error.advice.contains("DCOS_SERVICE_ACCOUNT_CREDENTIAL"))
    }

    @Test func `is read with care, and its key is never told`() throws {
        let keys = try KeyPair()
        let faults: [([String: String], String)] = [
            (["uid": ""], "it has no uid"),
            (["private_key": ""], "it has no private_key"),
            (["scheme": "HS256"], "its scheme is HS256, and DC/OS knows RS256"),
            (["private_key": "hunter2"], "its private_key is no RSA key"),
        ]
        for (changes, reason) in faults {
            let json = try keys.account(changes)
            let error = try #require(throws: SecretStoreError.self) {
                try DCOSServiceAccount(parsing: json)
            }
            #expect(error.reason.hasPrefix(reason))
            #expect(!error.description.contains("hunter2"))
        }
        #expect(throws: SecretStoreError.self) { try DCOSServiceAccount(parsing: Secret("[]")) }
        let small = try KeyPair(bits: 1_024).account()
        #expect(throws: SecretStoreError.self) { try DCOSServiceAccount(parsing: small) }
    }
}
