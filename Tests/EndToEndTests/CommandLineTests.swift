import Foundation
import Testing

@Suite struct `The command line` {
    @Test func `explains itself`() throws {
        let result = try BuiltProgram.run(["--help"])
        #expect(result.status == 0)
        #expect(result.output.contains("USAGE: simagent"))
        #expect(result.errors.isEmpty)
    }

    @Test func `tells its version`() throws {
        #expect(try BuiltProgram.run(["--version"]).output == "0.1.0\n")
    }

    @Test func `ends with 64 on wrong usage, and prints nothing as a result`() throws {
        let result = try BuiltProgram.run(["--no-such-option"])
        #expect(result.status == 64)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("--no-such-option"))
    }

    @Test func `tells when standard output cannot be written`() throws {
        let program = BuiltProgram.folder.appendingPathComponent("simagent").path
        let result = try BuiltProgram.runTool("sh", ["-c", "'\(program)' --help > /dev/full"])
        #expect(result.status == 1)
        #expect(result.errors.contains("standard output cannot be written"))
    }

    @Test func `masks what a variable keeps secret on the lines it quotes`() throws {
        let folder = try TemporaryFolder()
        let text = #"{"id": "/a", "cmd": "ab", "env": {"DB_PASSWORD": "hunter2", "A B": 5}}"#
        let file = try folder.write("app.json", text)
        for arguments in [["check", file], ["check", file, "--format", "sarif"], ["run", file]] {
            let result = try BuiltProgram.run(arguments)
            #expect(result.status == 2)
            #expect(result.output.contains("J-TYPE"))
            #expect(!result.output.contains("hunter2"))
        }
    }
}
