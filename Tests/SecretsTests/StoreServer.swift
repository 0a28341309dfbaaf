import Foundation
import LoopbackServers
import Testing
import Transfer
import Vocabulary

@testable import Secrets

/// The store server of this folder, and clients of it that do not wait long.
final class StoreServer: Sendable {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let server: LoopbackServer
    let authority: TestAuthority?

    init(tls: Bool = false, publicKey: String? = nil) throws {
        authority = tls ? try TestAuthority() : nil
        let certificates = authority.map { ["tls=\($0.serverCertificate),\($0.serverKey)"] }
        server = try LoopbackServer(
            script: Self.folder.appendingPathComponent("Servers/store-server.py").path,
            arguments: (certificates ?? []) + (publicKey.map { ["public=\($0)"] } ?? []))
    }

    var base: String { "\(authority == nil ? "http" : "https")://127.0.0.1:\(server.port)" }

    func connection(
        settings: TransferSettings = TransferSettings(), cancellation: Cancellation? = nil
    ) -> StoreConnection {
        var settings = settings
        settings.certificateFile = authority?.certificate
        var connection = StoreConnection(
            base: base, settings: settings, cancellation: cancellation)
        connection.retry.firstPause = .milliseconds(10)
        return connection
    }

    func dcos(
        _ environment: [String: String] = ["DCOS_ACS_TOKEN": "good"],
        settings: TransferSettings = TransferSettings()
    ) -> DCOSSecretStore {
        DCOSSecretStore(
            connection: connection(settings: settings),
            login: SecretStoreLogin(environment: environment))
    }

    func vault(
        _ mount: String, _ environment: [String: String] = ["VAULT_TOKEN": "good"],
        settings: TransferSettings = TransferSettings()
    ) -> VaultSecretStore {
        VaultSecretStore(
            connection: connection(settings: settings), mount: mount,
            login: SecretStoreLogin(environment: environment))
    }

    /// What was asked so far, as "METHOD PATH".
    func seen() throws -> [String] {
        let (_, content) = try TransferClient().content(
            of: TransferRequest(url: base + "/seen"), maxBytes: 1 << 20)
        return String(decoding: content, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

/// Lines of a tab-separated file of this folder's data.
func rows(_ name: String) throws -> [[String]] {
    let file = StoreServer.folder.appendingPathComponent("Data/" + name)
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
        line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
}

extension SecretStore {
    /// The value as text.
    func text(_ source: String, for service: String? = nil) throws -> String {
        String(decoding: try resolve(source, for: service).value.reveal(), as: UTF8.self)
    }

    /// The error of a secret that is not to be had.
    func failure(_ source: String, for service: String? = nil) -> SecretStoreError? {
        do throws(SecretStoreError) {
            _ = try resolve(source, for: service)
            return nil
        } catch {
            return error
        }
    }
}
