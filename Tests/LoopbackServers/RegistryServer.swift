import Foundation

/// A real `docker-registry` with htpasswd and TLS, and a proxy by which any registry's name leads
/// to it.
public final class RegistryServer: Sendable {
    private let registry: ServerProgram
    private let tunnel: LoopbackServer
    private let authority: TestAuthority

    /// The registry's own port on 127.0.0.1.
    public var port: Int { registry.ports[0] }

    private static let configuration = """
        version: 0.1
        log: {level: info, accesslog: {disabled: true}}
        storage: {inmemory: {}}
        http:
          addr: 127.0.0.1:@PORT1@
          tls: {certificate: "CERTIFICATE", key: "KEY"}
        auth:
          htpasswd: {realm: test, path: "@FOLDER@/htpasswd"}
        """

    /// Starts both.
    ///
    /// - Parameters:
    ///   - user: The one user that may read and write.
    ///   - password: Their password.
    ///   - names: The hosts that the certificate is for, besides 127.0.0.1 and localhost.
    /// - Throws: What the system says, or a program that ended with an error.
    public init(user: String, password: String, names: [String]) throws {
        authority = try TestAuthority(
            names: ["IP:127.0.0.1", "DNS:localhost"] + names.map { "DNS:\($0)" })
        let configuration = Self.configuration
            .replacingOccurrences(of: "CERTIFICATE", with: authority.serverCertificate)
            .replacingOccurrences(of: "KEY", with: authority.serverKey)
        // bcrypt at its lowest cost: the registry checks it with every request.
        let start = """
            htpasswd -nbBC 4 "$1" "$2" >@FOLDER@/htpasswd &&
            exec docker-registry serve @FOLDER@/config.yml 2>@FOLDER@/log
            """
        registry = try ServerProgram(
            ["sh", "-c", start, "registry", user, password], ports: 1,
            files: ["config.yml.in": configuration])
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Programs/tunnel.py").path
        tunnel = try LoopbackServer(script: script, arguments: ["\(registry.ports[0])"])
    }

    /// The variables of a program in Go, which then meets this registry under every name.
    public var clientVariables: [String: String] {
        [
            "HTTPS_PROXY": "http://127.0.0.1:\(tunnel.port)",
            "SSL_CERT_FILE": authority.certificate,
        ]
    }

    /// What the registry has written to its log since the last look.
    ///
    /// - Parameter offset: Where the last look ended; moved on to the end.
    /// - Returns: The lines of logrus.
    /// - Throws: What the system says.
    public func log(from offset: inout Int) throws -> [Substring] {
        let data = try Data(contentsOf: registry.folder.appendingPathComponent("log"))
        let new = data.dropFirst(offset)
        offset = data.count
        return String(decoding: new, as: UTF8.self).split(separator: "\n")
    }
}
