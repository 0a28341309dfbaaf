import Foundation
import Testing

@Suite struct `Bad input to simagent run` {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let status: Int32
        let says: String
        var testDescription: String { String(text.prefix(40)) }
    }

    static let cases = [
        Case(text: "", status: 2, says: "J-SYNTAX: this is not JSON: the text is empty"),
        Case(
            text: "{\"id\": \"/a\",\n  cmd: 1}", status: 2,
            says: ":2:3: error J-SYNTAX: this is not JSON: unexpected 'c'"),
        Case(text: "{\"id\": \"/a\"} x", status: 2, says: ":1:14: error J-SYNTAX"),
        Case(text: "{}", status: 2, says: "J-MISSING: \"id\" is missing (/id)"),
        Case(text: "[]", status: 0, says: "nothing to run"),
        Case(text: "5", status: 2, says: "J-TYPE"),
        Case(
            text: #"{"id": "/a", "cmd": "ab", "fetch": [{"uri": 5}]}"#, status: 2,
            says: ":1:45: error J-TYPE: /fetch(0)/uri must be a string, not a number"),
        Case(
            text: #"{"id": "/a", "cmd": "ab", "container": "x"}"#, status: 2,
            says: "error J-TYPE: /container must be an object, not a string"),
        Case(
            text: String(repeating: "[", count: 100_000_000), status: 2,
            says: ":1:10001: error J-SYNTAX: this is not JSON: more than 10000 nested"),
    ]

    @Test(arguments: cases)
    func `gives a clear error and the right exit code`(_ example: Case) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("app.json", example.text)
        let work = try TemporaryFolder()
        let result = try BuiltProgram.run(
            ["run", file], environment: ["TMPDIR": work.url.path])
        #expect(result.status == example.status)
        #expect(result.output.contains(example.says), "\(result.output.prefix(300))")
        #expect(try FileManager.default.contentsOfDirectory(atPath: work.url.path).isEmpty)
    }

    @Test func `is a missing, a closed or a folder instead of a file`() throws {
        let folder = try TemporaryFolder()
        let missing = folder.url.appendingPathComponent("no.json").path
        let first = try BuiltProgram.run(["run", missing])
        #expect(first.status == 2)
        #expect(
            first.errors
                == "simagent: \(missing): cannot be opened: No such file or directory\n")
        let asJSON = try BuiltProgram.run(["run", missing, "--format", "json"])
        #expect(asJSON.status == 2)
        #expect(asJSON.output.contains(#""outcome" : "INVALID""#))
        #expect(asJSON.output.contains("cannot be opened"))
        let second = try BuiltProgram.run(["run", folder.url.path])
        #expect(second.status == 2)
        #expect(second.errors.contains("is a directory"))
        let closed = try folder.write("closed.json", "{}")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: closed)
        // Root reads everything: then another user tries, with a copy that it can reach.
        let copy = folder.url.appendingPathComponent("simagent").path
        try FileManager.default.copyItem(
            atPath: BuiltProgram.folder.appendingPathComponent("simagent").path, toPath: copy)
        let asUser =
            geteuid() == 0
            ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", copy] : [copy]
        let third = try BuiltProgram.runTool("env", asUser + ["run", closed])
        #expect(third.status == 2)
        #expect(third.errors == "simagent: \(closed): cannot be opened: Permission denied\n")
    }

    @Test func `in an archive never reaches beyond the sandbox`() throws {
        let folder = try TemporaryFolder()
        let work = folder.url.appendingPathComponent("work").path
        let fixtures = BuiltProgram.checkout.appendingPathComponent("sandbox-fixtures").path
        for name in ["escaping-member", "escaping-link"] {
            let result = try BuiltProgram.run(
                [
                    "run", "\(fixtures)/apps/\(name).json", "--keep", "--work-dir", work,
                    "--frameworks-home", fixtures,
                ])
            #expect(result.status == 1)
        }
        let files = try BuiltProgram.runTool("find", [folder.url.path, "-name", "x"])
        #expect(files.output.isEmpty)
        let links = try BuiltProgram.runTool("find", [work, "-name", "etc-link"])
        #expect(links.output.isEmpty)
    }

    @Test func `that never ends is left by Ctrl-C, and nothing stays`() throws {
        let folder = try TemporaryFolder()
        let work = try TemporaryFolder()
        let big = folder.url.appendingPathComponent("big.bin").path
        // A hole of 200 GB takes no disk in its own file; its copy would take minutes.
        let made = try BuiltProgram.runTool("truncate", ["-s", "200G", big])
        #expect(made.status == 0)
        let file = try folder.write(
            "app.json", #"{"id": "/a", "cmd": "ab", "fetch": [{"uri": "\#(big)"}]}"#)
        let program = BuiltProgram.folder.appendingPathComponent("simagent").path
        let result = try BuiltProgram.runTool(
            "sh",
            ["-c", "timeout --preserve-status -s INT 0.5 '\(program)' run '\(file)'; echo $?"],
            environment: ["TMPDIR": work.url.path])
        #expect(result.output == "130\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: work.url.path).isEmpty)
    }
}
