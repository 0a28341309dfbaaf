public import Foundation

/// A private certificate authority and a certificate of a server, made by openssl.
public final class TestAuthority: Sendable {
    /// The folder with everything; goes with its owner.
    public let folder: URL
    /// The authority's certificate in PEM.
    public var certificate: String { folder.appendingPathComponent("ca.pem").path }
    /// The server's certificate in PEM.
    public var serverCertificate: String { folder.appendingPathComponent("server.pem").path }
    /// The server's key in PEM.
    public var serverKey: String { folder.appendingPathComponent("server.key").path }

    /// Makes both.
    ///
    /// - Parameter names: What the server is called, as `subjectAltName` has it.
    /// - Throws: ``OpenSSLFailure``, or what the system says.
    public init(names: [String] = ["IP:127.0.0.1"]) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("simagent-ca-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        try openssl(
            ["req", "-x509", "-days", "2", "-subj", "/CN=Test authority", "-keyout", "ca.key"]
                + key + ["-out", "ca.pem"])
        try openssl(
            ["req", "-subj", "/CN=127.0.0.1", "-keyout", "server.key", "-out", "server.csr"] + key)
        try Data("subjectAltName=\(names.joined(separator: ","))\n".utf8)
            .write(to: folder.appendingPathComponent("names"))
        try openssl([
            "x509", "-req", "-days", "2", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
            "-CAcreateserial", "-extfile", "names", "-out", "server.pem",
        ])
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw OpenSSLFailure(arguments: arguments) }
    }

    /// openssl ended with an error.
    public struct OpenSSLFailure: Error {
        /// What it was asked.
        public let arguments: [String]
    }
}
