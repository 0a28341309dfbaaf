import Foundation
import Testing

@Suite struct `simagent extract and list` {
    @Test func `unpack and list what tar packed, and refuse to be cut short`() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("in/a.txt", "text")
        let archive = folder.url.appendingPathComponent("a.tar.gz").path
        let into = folder.url.appendingPathComponent("out").path
        let inside = folder.url.appendingPathComponent("in").path
        _ = try BuiltProgram.runTool("tar", ["-C", inside, "-czf", archive, "a.txt"])
        let listed = try BuiltProgram.run(["list", archive, "--format", "json"])
        #expect(listed.status == 0)
        #expect(listed.output.contains(#""name" : "a.txt""#))
        let result = try BuiltProgram.run(["extract", archive, "--into", into, "--format", "json"])
        #expect(result.status == 0)
        #expect(result.output.contains(#""schema" : "simagent.extract/1""#))
        #expect(try String(contentsOfFile: into + "/a.txt", encoding: .utf8) == "text")
    }

    @Test func `name the member that no disk holds, and leave no part of it`() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("in/small", "text")
        _ = try folder.write("in/zlarge", String(repeating: "x", count: 100_000))
        let archive = folder.url.appendingPathComponent("a.tar.gz").path
        let into = folder.url.appendingPathComponent("out").path
        let inside = folder.url.appendingPathComponent("in").path
        _ = try BuiltProgram.runTool(
            "tar", ["-C", inside, "-czf", archive, "small", "zlarge"])
        let program = BuiltProgram.folder.appendingPathComponent("simagent").path
        let result = try BuiltProgram.runTool(
            "bash",
            ["-c", "ulimit -f 16; exec '\(program)' extract '\(archive)' --into '\(into)'"])
        #expect(result.status == 1)
        #expect(result.errors.contains("zlarge"))
        #expect(result.errors.contains("File too large"))
        #expect(result.errors.contains("1 member was unpacked before"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: into) == ["small"])
    }
}
