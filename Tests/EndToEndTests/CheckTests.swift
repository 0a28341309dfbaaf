import Foundation
import Testing

@Suite struct `simagent check` {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func json(_ text: String) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
        return try #require(object as? [String: Any])
    }

    @Test func `shows the place with carets beneath it`() throws {
        let path = try folder.write(
            "app.json",
            """
            {
              "id": "/a", "cmd": "run",
              "uris": ["https://u:hunter2@h/docker.tar.gz"],
              "fetch": [{"uri": "a"}]
            }
            """)
        let result = try BuiltProgram.run(["check", path])
        #expect(result.status == 2)
        #expect(result.output.contains("app.json:3:3: error A-URIS-AND-FETCH:"))
        #expect(result.output.contains("    3 |   \"uris\": [\"https://***@h/docker.tar.gz\"],\n"))
        #expect(result.output.contains("\n      |   ^^^^^^\n"))
        #expect(!result.output.contains("hunter2"))
    }

    @Test func `gives results as JSON`() throws {
        let path = try folder.write(
            "pod.json",
            """
            {"id": "/p", "containers": [{"name": "a", "resources": {},
             "image": {"kind": "DOCKER", "id": "i", "pullConfig": {"secret": "k"}}}],
             "secrets": {"k": {"source": "/p/login"}}}
            """)
        let result = try BuiltProgram.run(["check", path, "--format", "json"])
        #expect(result.status == 0)
        let report = try json(result.output)
        #expect(report["schema"] as? String == "simagent.check/1")
        #expect(report["form"] as? String == "pod")
        #expect(report["valid"] as? Bool == true)
        let task = try #require((report["results"] as? [[String: Any]])?.first)
        #expect(task["container"] as? String == "a")
        #expect(task["forcePull"] is NSNull)
        let secret = try #require(task["pullSecret"] as? [String: Any])
        #expect(secret["reference"] as? String == "k")
        #expect(secret["inSpace"] as? Bool == true)
        let off = try BuiltProgram.run(["check", path, "--no-feature", "secrets"])
        #expect(off.status == 2)
        #expect(off.output.contains("PULLCFG-NOT-EMPTY"))
    }

    @Test func `takes folders and writes SARIF`() throws {
        _ = try folder.write("one.json", #"{"id": "/a", "cmd": "run"}"#)
        _ = try folder.write("two.json", #"{"id": "/A", "cmd": "run"}"#)
        _ = try folder.write("three.txt", "no definition")
        let files = try BuiltProgram.run(["check", folder.url.path, "--format", "json"])
        #expect(files.status == 2)
        #expect((try json(files.output)["files"] as? [Any])?.count == 2)
        let result = try BuiltProgram.run(["check", folder.url.path, "--format", "sarif"])
        let log = try json(result.output)
        #expect(log["version"] as? String == "2.1.0")
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        let found = try #require(run["results"] as? [[String: Any]])
        #expect(found.map { $0["ruleId"] as? String } == ["J-PATTERN"])
    }

    @Test func `fails on findings when it is strict`() throws {
        let path = try folder.write(
            "app.json", #"{"id": "/a", "cmd": "run", "fetch": [{"uri": "http://h"}]}"#)
        #expect(try BuiltProgram.run(["check", path]).status == 0)
        #expect(try BuiltProgram.run(["check", path, "--strict"]).status == 1)
        #expect(try BuiltProgram.run(["check", "/does/not/exist"]).status == 2)
        #expect(try BuiltProgram.run(["check"]).status == 64)
    }
}
