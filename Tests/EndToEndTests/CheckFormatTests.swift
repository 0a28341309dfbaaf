import Foundation
import Testing

/// The forms of a check's result that other programs and people hold on to.
@Suite struct `The result of simagent check` {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func check(_ arguments: [String], input: String = "") throws -> ProgramResult {
        try BuiltProgram.run(
            ["check"] + arguments, input: Data(input.utf8), directory: folder.url)
    }

    private func object(_ text: String) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
        return try #require(value as? [String: Any])
    }

    @Test func `reads like a compiler's, with carets under the name`() throws {
        _ = try folder.write(
            "app.json",
            """
            {
              "id": "/shop/checkout",
              "cpus": 0.5,
              "mem": 256,
              "container": {
                "docker": {"image": "registry.example/shop"}
              },
              "fetch": [{"uri": "file:///etc/docker.tar.gz"}],
              "uris": ["file:///etc/docker.tar.gz"],
              "instances": 2
            }
            """)
        let result = try check(["app.json"])
        #expect(result.status == 2)
        #expect(
            result.output == """
                app.json:9:3: error A-URIS-AND-FETCH: both "uris" and "fetch" are given
                    9 |   "uris": ["file:///etc/docker.tar.gz"],
                      |   ^^^^^^
                      = Marathon refuses this with HTTP 422. Keep "fetch": \
                [{"uri": "file:///etc/docker.tar.gz"}].
                app.json: INVALID  Marathon refuses this: 1 violation

                """)
    }

    @Test func `puts carets under tabs, wide letters and the end of a long line`() throws {
        let text = "{\t\"id\": \"/a\",\t\"é😀\": 1, \"cmd\": \"run\", \"cpus\": \"" + "x" + "\"}"
        let result = try check(["-"], input: text)
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(
            lines[0] == "standard input:1:46: error J-TYPE: /cpus must be a number, not a string")
        let caret = try #require(lines[2].firstIndex(of: "^"))
        let column = lines[2].distance(from: lines[2].startIndex, to: caret)
        #expect(lines[1].dropFirst(column).hasPrefix("\"x\""))
        let long =
            #"{"id": "/a", "labels": {"#
            + (0..<5_000).map { "\"label-\($0)\": \"value\"" }.joined(separator: ", ")
            + #"}, "cmd": 5}"#
        let found = try check(["-"], input: long)
        #expect(found.output.contains(": error J-TYPE: /cmd must be a string, not a number"))
        #expect(found.output.contains("| … 5}\n      |   ^\n"))
    }

    @Test func `takes files, folders and standard input at once`() throws {
        let good = try folder.write("good.json", #"{"id": "/a", "cmd": "run"}"#)
        _ = try folder.write("tree/deep/bad.json", #"{"id": "/A", "cmd": "run"}"#)
        _ = try folder.write("tree/notes.txt", "no definition")
        _ = try folder.write("tree/.hidden/x.json", "no definition")
        let result = try check([good, "tree", "-", "gone.json", "--format", "json"], input: "{}")
        #expect(result.status == 2)
        let files = try #require(try object(result.output)["files"] as? [[String: Any]])
        #expect(
            files.map { $0["file"] as? String }
                == [good, "tree/deep/bad.json", "standard input", "gone.json"])
        #expect(files.map { $0["valid"] as? Bool } == [true, false, false, false])
        #expect(files[3]["error"] is String)
        let one = try object(try check(["tree", "--format", "json"]).output)
        #expect(one["file"] == nil && one["form"] as? String == "app")
        _ = try folder.write("empty/notes.txt", "no definition")
        #expect(try check(["empty"]).status == 2)
    }

    @Test func `is a SARIF log whose parts fit each other`() throws {
        _ = try folder.write(
            "apps/one app.json",
            """
            {"id": "/a", "cmd": "run", "zürich": 1, "cpuz": 2,
             "fetch": [{"uri": "file:///etc/x.zip"}]}
            """)
        let absolute = folder.url.appendingPathComponent("apps/two.json").path
        try Data("{\n  \"id\": \"/é\", 5}".utf8).write(to: URL(fileURLWithPath: absolute))
        let result = try check(["apps/one app.json", absolute, "gone.json", "--format", "sarif"])
        #expect(result.status == 2)
        let log = try object(result.output)
        #expect(log["version"] as? String == "2.1.0")
        #expect((log["$schema"] as? String)?.hasSuffix("sarif-2.1.0.json") == true)
        let runs = try #require(log["runs"] as? [[String: Any]])
        #expect(runs.count == 1)
        #expect(runs[0]["columnKind"] as? String == "unicodeCodePoints")
        let tool = try #require(runs[0]["tool"] as? [String: Any])
        let driver = try #require(tool["driver"] as? [String: Any])
        #expect(driver["name"] as? String == "simagent")
        let rules = try #require(driver["rules"] as? [[String: Any]])
        let ids = rules.compactMap { $0["id"] as? String }
        #expect(Set(ids).count == rules.count)
        for rule in rules {
            for part in ["shortDescription", "fullDescription", "help"] {
                #expect((rule[part] as? [String: Any])?["text"] is String, "\(rule)")
            }
        }
        let results = try #require(runs[0]["results"] as? [[String: Any]])
        var places: [String] = []
        for result in results {
            let id = try #require(result["ruleId"] as? String)
            #expect(ids[try #require(result["ruleIndex"] as? Int)] == id)
            let level = try #require(result["level"] as? String)
            #expect(["error", "warning", "note"].contains(level))
            let message = try #require(result["message"] as? [String: Any])
            #expect((message["text"] as? String)?.isEmpty == false)
            let locations = try #require(result["locations"] as? [[String: Any]])
            #expect(locations.count == 1)
            let place = try #require(locations[0]["physicalLocation"] as? [String: Any])
            let artifact = try #require(place["artifactLocation"] as? [String: Any])
            let uri = try #require(artifact["uri"] as? String)
            #expect(URL(string: uri) != nil)
            let region = (place["region"] as? [String: Int]) ?? [:]
            let numbers = ["startLine", "startColumn", "endColumn"].compactMap { region[$0] }
            #expect(numbers.allSatisfy { $0 > 0 })
            places.append(
                "\(id) \(level) \(uri) " + numbers.map(String.init).joined(separator: ":"))
        }
        #expect(
            Set(places) == [
                "L-UNKNOWN-FIELD warning apps/one%20app.json 1:28:36",
                "L-UNKNOWN-FIELD warning apps/one%20app.json 1:41:47",
                "L-LOCAL-FILE note apps/one%20app.json 2:20:39",
                "J-SYNTAX error apps/two.json 2:15:16", "J-SYNTAX error gone.json ",
            ])
    }

    @Test func `knows what only some versions do`() throws {
        let app = """
            {"id": "/a", "container": {"docker": {"image": "i"}}, "fetch": [
              {"uri": "https://h/.dockercfg", "extract": false},
              {"uri": "https://h/a.tar", "destPath": "b.tar"}]}
            """
        func ids(_ versions: String...) throws -> String {
            let result = try check(["-", "--format", "json"] + versions, input: app)
            let findings = try object(result.output)["findings"] as? [[String: Any]]
            return (findings ?? []).compactMap { $0["id"] as? String }.joined(separator: " ")
        }
        #expect(try ids() == "L-LEGACY-DOCKERCFG")
        #expect(try ids("--mesos", "0.28") == "L-LEGACY-DOCKERCFG L-VERSION")
        #expect(try ids("--mesos", "0.26") == "L-LEGACY-DOCKERCFG L-VERSION L-NOT-ARCHIVE")
        #expect(try ids("--docker", "1.5") == "L-LEGACY-DOCKERCFG M01")
        let old = try check(["-", "--docker", "20.10"], input: app)
        #expect(
            old.output.contains("Docker 20.10.0 reads .dockercfg where there is no config.json"))
        let new = try check(["-", "--docker", "28"], input: app)
        #expect(new.output.contains("Docker 28.0.0 does not read .dockercfg"))
    }

    @Test func `names the features that there are`() throws {
        for command in ["check", "run"] {
            for flag in ["--feature", "--no-feature"] {
                let result = try BuiltProgram.run([command, "-", flag, "secret"])
                #expect(result.status == 64)
                #expect(
                    result.errors.contains(
                        "Marathon has no feature 'secret'; it has external_volumes, gpu_resources,"
                            + " secrets, task_killing, vips"))
            }
        }
    }
}
