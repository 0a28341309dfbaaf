/// tinyproxy, for HTTP and CONNECT.
public final class Tinyproxy: Sendable {
    private let program: ServerProgram
    private let login: String
    /// Its address, with the login that it wants.
    public var address: String { "http://\(login)127.0.0.1:\(program.ports[0])" }
    /// Its address without a login.
    public var bareAddress: String { "http://127.0.0.1:\(program.ports[0])" }

    /// Starts it.
    ///
    /// - Parameters:
    ///   - wantsLogin: Whether it lets in `porter` with `pr0xy` alone.
    ///   - connectPorts: The ports that it connects to; by default any.
    /// - Throws: ``LoopbackServer/StartFailure``, or what the system says.
    public init(wantsLogin: Bool = false, connectPorts: [Int] = []) throws {
        login = wantsLogin ? "porter:pr0xy@" : ""
        var lines = ["Listen 127.0.0.1", "Port @PORT1@", "Timeout 60", "LogLevel Critical"]
        lines += connectPorts.map { "ConnectPort \($0)" }
        if wantsLogin { lines.append("BasicAuth porter pr0xy") }
        program = try ServerProgram(
            ["tinyproxy", "-d", "-c", "@FOLDER@/tinyproxy.conf"], ports: 1,
            files: ["tinyproxy.conf.in": lines.joined(separator: "\n") + "\n"])
    }
}
