public import Foundation

/// pyftpdlib, for FTP or FTPS.
///
/// Lets in everybody, and `user` with `p@ss`; files whose name begins with `slow-` come at 20 kB/s.
public final class FTPServer: Sendable {
    private let server: LoopbackServer
    private let authority: TestAuthority?
    /// What it serves.
    public let folder: URL
    /// The port that it accepts at.
    public var port: Int { server.port }
    /// The certificate of its authority in PEM, where it speaks TLS.
    public var certificate: String? { authority?.certificate }

    /// Starts it with some files.
    ///
    /// - Parameters:
    ///   - files: Contents by name.
    ///   - speaksTLS: Whether both of its connections have to be encrypted.
    /// - Throws: ``LoopbackServer/StartFailure``, or what the system says.
    public init(files: [String: [UInt8]], speaksTLS: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("simagent-ftp-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, bytes) in files {
            try Data(bytes).write(to: folder.appendingPathComponent(name))
        }
        authority = speaksTLS ? try TestAuthority() : nil
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Programs/ftp-server.py").path
        var arguments = [folder.path]
        if let authority { arguments += [authority.serverCertificate, authority.serverKey] }
        // The system's Python is the one that its packages are for.
        server = try LoopbackServer(
            script: script, arguments: arguments, interpreter: "/usr/bin/python3")
    }

    /// Ends it at once.
    public func stop() { server.stop() }

    deinit {
        server.stop()
        try? FileManager.default.removeItem(at: folder)
    }
}
