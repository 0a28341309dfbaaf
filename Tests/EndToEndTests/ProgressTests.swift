import Foundation
import LoopbackServers
import Testing

@Suite struct `Progress of simagent fetch` {
    /// Runs a program with a terminal for its standard error, and gives what came there.
    private static let terminal = """
        import os, pty, subprocess, sys
        ours, theirs = pty.openpty()
        process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=theirs)
        os.close(theirs)
        while True:
            try:
                data = os.read(ours, 65536)
            except OSError:
                break
            if not data:
                break
            os.write(1, data)
        sys.exit(process.wait())
        """

    private func run(_ arguments: [String]) throws -> ProgramResult {
        let program = BuiltProgram.folder.appendingPathComponent("simagent").path
        return try BuiltProgram.runTool(
            "python3", ["-c", Self.terminal, program, "fetch"] + arguments,
            environment: ["TERM": "xterm"])
    }

    @Test func `shows on a terminal, for what takes long, and without secrets`() throws {
        let (folder, served) = (try TemporaryFolder(), try TemporaryFolder())
        _ = try served.write("slow.bin", String(repeating: "x", count: 300_000))
        let server = try fileServer(served)
        defer { withExtendedLifetime(server) {} }
        let base = "http://user:hunter2@127.0.0.1:\(server.port)/slow.bin"
        let into = ["--into", folder.url.path]
        let long = try run([base + "?rate=200000&token=t0ken"] + into)
        #expect(long.status == 0)
        #expect(long.output.contains("slow.bin"))
        #expect(long.output.contains("%") && long.output.contains("KB/s"))
        #expect(!long.output.contains("hunter2") && !long.output.contains("t0ken"))
        // The bars are gone at the end.
        #expect(long.output.hasSuffix("\u{1b}[J"))
        let endless = try run([base + "?rate=200000&nolength"] + into)
        #expect(endless.output.contains("KB/s") && !endless.output.contains("%"))
        #expect(try run([base + "?rate=200000", "-q"] + into).output.isEmpty)
        let plain = try BuiltProgram.run(["fetch", base + "?rate=200000"] + into)
        #expect(plain.errors.isEmpty)
    }
}
