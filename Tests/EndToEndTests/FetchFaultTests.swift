import Foundation
import Glibc
import LoopbackServers
import Testing

/// Runs the built program into a directory, which must be as empty afterwards as before.
private func failedFetch(
    _ uri: String, _ arguments: [String] = [], shell: String = "", status: Int32 = 1,
    environment: [String: String] = [:], into directory: String? = nil
) throws -> String {
    let folder = try TemporaryFolder()
    let target = directory ?? folder.url.appendingPathComponent("sandbox").path
    let program = BuiltProgram.folder.appendingPathComponent("simagent").path
    let words = [program, "fetch", uri, "--into", target] + arguments
    let result = try BuiltProgram.runTool(
        "sh", ["-c", "\(shell) exec \"$@\"", "sh"] + words, environment: environment)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.output.isEmpty)
    let lines = result.errors.split(separator: "\n")
    #expect(lines.count == 1, "\(result.errors)")
    let left = (try? FileManager.default.contentsOfDirectory(atPath: target)) ?? []
    #expect(left.isEmpty, "\(left)")
    return lines.first.map(String.init) ?? ""
}

private let transferServer = BuiltProgram.checkout
    .appendingPathComponent("Tests/TransferTests/Servers/transfer-server.py").path

@Suite(.timeLimit(.minutes(5))) struct `A fetch that fails leaves nothing and says why` {
    @Test func `where the server is killed in the middle`() throws {
        let nginx = try Nginx(files: ["a.tar.gz": Array(repeating: 7, count: 400_000)])
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 3)
            nginx.stop()
        }
        let line = try failedFetch(nginx.base + "/slow/a.tar.gz")
        #expect(line.contains("Error downloading resource: "), "\(line)")
    }

    @Test func `where the disk is full`() throws {
        let server = try LoopbackServer(script: transferServer)
        let url = "http://127.0.0.1:\(server.port)/endless"
        let limited = try failedFetch(url, shell: "ulimit -f 2048;")
        #expect(limited.contains("File too large"), "\(limited)")
        guard let small = SmallDisk() else { return }
        let full = try failedFetch(url, into: small.path)
        #expect(full.contains("No space left on device"), "\(full)")
    }

    @Test(.enabled(if: geteuid() != 0 || isProgram("/usr/bin/setpriv")))
    func `where nobody may write or read`() throws {
        // Root may do everything: the program runs as nobody then.
        let asNobody = geteuid() == 0 ? "setpriv --reuid 65534 --regid 65534 --clear-groups" : ""
        let folder = try TemporaryFolder()
        let closed = folder.url.appendingPathComponent("closed").path
        try FileManager.default.createDirectory(
            atPath: closed, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o555])
        let secret = try folder.write("secret", "x")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret)

        guard asNobody.isEmpty || Self.canReachProgram(asNobody) else { return }
        let server = try LoopbackServer(script: transferServer)
        let line = try failedFetch(
            "http://127.0.0.1:\(server.port)/bytes?n=10", shell: "set -- \(asNobody) \"$@\";",
            into: closed)
        #expect(line.contains("Permission denied"), "\(line)")
    }

    private static func canReachProgram(_ asNobody: String) -> Bool {
        let program = BuiltProgram.folder.appendingPathComponent("simagent").path
        let result = try? BuiltProgram.runTool(
            "sh", ["-c", "\(asNobody) '\(program)' --version"])
        return result?.status == 0
    }

    @Test func `where a name is not known, or nobody answers`() throws {
        let unknown = try failedFetch("http://no-such-host.invalid/x")
        #expect(
            unknown
                == "simagent: http://no-such-host.invalid/x: Error downloading resource: the name"
                + " no-such-host.invalid is not known; check the spelling and the DNS")
        let silent = try failedFetch("https://127.0.0.1:1/x")
        #expect(silent.contains("no server answers at 127.0.0.1:1"))
    }

    @Test func `where nothing comes for as long as the stall timeout`() throws {
        let server = try LoopbackServer(script: transferServer)
        for path in ["/silent", "/slow"] {
            let line = try failedFetch(
                "http://127.0.0.1:\(server.port)\(path)", ["--fetcher-stall-timeout", "1secs"])
            #expect(line.contains("no byte came for 1.0 seconds"), "\(line)")
        }
    }

    @Test func `where a byte comes every second, and one interrupts`() throws {
        let server = try LoopbackServer(script: transferServer)
        let line = try failedFetch(
            "http://127.0.0.1:\(server.port)/second?n=600",
            shell: "set -- timeout --preserve-status -s INT 3 \"$@\";", status: 130)
        #expect(line.hasSuffix("interrupted; run it again"), "\(line)")
    }

    @Test func `where there are a hundred redirects`() throws {
        let server = try LoopbackServer(script: transferServer)
        let line = try failedFetch("http://127.0.0.1:\(server.port)/redirect?n=100")
        #expect(line.contains("more than 50 redirects"), "\(line)")
    }

    @Test func `where the name has three hundred bytes`() throws {
        let server = try LoopbackServer(script: transferServer)
        let name = String(repeating: "n", count: 300)
        let line = try failedFetch("http://127.0.0.1:\(server.port)/bytes/\(name)")
        #expect(line.contains("longer than 255 bytes"), "\(line)")
        // One that the file system takes is no fault: nothing is put behind it on the way.
        let folder = try TemporaryFolder()
        let longest = String(repeating: "n", count: 255)
        let result = try BuiltProgram.run([
            "fetch", "http://127.0.0.1:\(server.port)/bytes/\(longest)", "--into",
            folder.url.path,
        ])
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [longest])
    }
}

private func isProgram(_ path: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: path)
}

/// A file system of one megabyte, where one may be mounted.
private final class SmallDisk {
    let path: String
    private let folder: TemporaryFolder

    init?() {
        guard geteuid() == 0, let made = try? TemporaryFolder() else { return nil }
        folder = made
        path = made.url.appendingPathComponent("disk").path
        try? FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
        let result = try? BuiltProgram.runTool(
            "mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", path])
        guard result?.status == 0 else { return nil }
    }

    deinit { _ = try? BuiltProgram.runTool("umount", [path]) }
}
