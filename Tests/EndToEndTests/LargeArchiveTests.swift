import Foundation
import Testing

/// Memory stays flat whatever comes through the pipe; `scripts/test --deep` sends it all.
@Suite struct `Large archives` {
    /// Whether the sizes are those of the requirement, which take minutes.
    static let isDeep = DeepTesting.isOn && !DeepTesting.isSanitized
    // What a sanitizer keeps beside every byte is not the program's.
    static let allowance = DeepTesting.isSanitized ? 32 : 1

    struct Result: Decodable {
        let status: Int32
        let lines: Int
        let peak: Int
    }

    @Test(arguments: ["bytes", "gzip"])
    func `of 10 GB from standard input are listed in 24 MB`(kind: String) throws {
        let megabytes = Self.isDeep ? 10_240 : 400
        let result = try run(kind, megabytes, ["list", "-"])
        #expect(result.status == 0)
        #expect(result.lines == 3)
        #expect(result.peak <= Self.allowance * 24 << 20)
    }

    @Test func `of a million empty members are listed in 64 MB`() throws {
        let count = Self.isDeep ? 1_000_000 : 60_000
        let result = try run("members", count, ["list", "-"])
        #expect(result.status == 0)
        #expect(result.lines == count)
        #expect(result.peak <= Self.allowance * 64 << 20)
    }

    @Test func `of a million empty members are unpacked in 64 MB`() throws {
        let folder = try TemporaryFolder()
        let into = folder.url.appendingPathComponent("out").path
        let count = Self.isDeep ? 1_000_000 : 20_000
        let result = try run("members", count, ["extract", "-", "--into", into, "--quiet"])
        #expect(result.status == 0)
        #expect(result.peak <= Self.allowance * 64 << 20)
        let folders = try FileManager.default.contentsOfDirectory(atPath: into)
        #expect(folders.count == count / 1_000)
    }

    /// Long names are kept for no report: 20,000 of them are 80 MB.
    @Test(arguments: [
        ["list"], ["list", "--format", "json"], ["extract"], ["extract", "--quiet"],
    ])
    func `of pipes with long names take no memory for them`(command: [String]) throws {
        let folder = try TemporaryFolder()
        let into = ["--into", folder.url.appendingPathComponent("out").path]
        let count = Self.isDeep ? 100_000 : DeepTesting.isSanitized ? 2_000 : 20_000
        let arguments =
            [command[0], "-"] + command.dropFirst() + (command[0] == "extract" ? into : [])
        let result = try run("pipes", count, arguments)
        #expect(result.status == 0)
        #expect(result.peak <= Self.allowance * 40 << 20)
    }

    /// Many threads run ahead of each other with buffers full of names.
    @Test func `of small gzip members and long names take no memory for threads`() throws {
        let folder = try TemporaryFolder()
        let into = folder.url.appendingPathComponent("out").path
        let count = DeepTesting.isSanitized ? 1_000 : 8_000
        let result = try run(
            "names", count, ["extract", "-", "--into", into, "--threads", "8", "--quiet"])
        #expect(result.status == 0)
        // A build for debugging takes 6 MB more than one for use.
        #expect(result.peak <= Self.allowance * 30 << 20)
    }

    private func run(_ kind: String, _ count: Int, _ arguments: [String]) throws -> Result {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Programs/large-archive.py")
        let program = BuiltProgram.folder.appendingPathComponent("simagent").path
        let result = try BuiltProgram.runTool(
            "python3", [script.path, kind, "\(count)", program] + arguments)
        #expect(result.status == 0, "\(result.errors)")
        return try JSONDecoder().decode(Result.self, from: Data(result.output.utf8))
    }
}
