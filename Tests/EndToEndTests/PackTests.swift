import Foundation
import Testing

@Suite struct `simagent pack` {
    let folder: TemporaryFolder
    let config = """
        {"auths": {
          "https://quay.io/v2/": {"auth": "dXNlcjppbnZlbnRlZA=="},
          "gcr.io": {"auth": "b3RoZXI6aW52ZW50ZWQy"},
          "ghcr.io": {}
        }, "HttpHeaders": {"User-Agent": "x"}}
        """

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.write("home/.docker/config.json", config)
    }

    private func pack(_ arguments: [String]) throws -> ProgramResult {
        try BuiltProgram.run(
            ["pack", "--home", folder.url.appendingPathComponent("home").path] + arguments,
            directory: folder.url)
    }

    private func json(_ result: ProgramResult) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return try #require(object as? [String: Any])
    }

    private func file(_ name: String) -> URL { folder.url.appendingPathComponent(name) }

    @Test func `writes an archive of one login that GNU tar reads`() throws {
        let result = try pack(["quay.io", "--format", "json"])
        #expect(result.status == 0, "\(result.errors)")
        let report = try json(result)
        #expect(report["schema"] as? String == "simagent.pack/1")
        #expect(report["kept"] as? [String] == ["quay.io"])
        #expect(report["leftOut"] as? [String] == ["gcr.io", "ghcr.io"])
        #expect((report["findings"] as? [Any])?.isEmpty == true)
        let listing = try BuiltProgram.runTool(
            "tar", ["-tvzf", "docker.tar.gz", "--numeric-owner"], directory: folder.url)
        let lines = listing.output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix("drwx------ 0/0") && lines[0].hasSuffix(" .docker/"))
        #expect(lines[1].hasPrefix("-rw------- 0/0"))
        #expect(lines[1].hasSuffix(" .docker/config.json"))
        let text = try BuiltProgram.runTool(
            "tar", ["-xOzf", "docker.tar.gz", ".docker/config.json"], directory: folder.url)
        let written = try JSONSerialization.jsonObject(with: Data(text.output.utf8))
        let wanted = ["auths": ["quay.io": ["auth": "dXNlcjppbnZlbnRlZA=="]]]
        #expect(NSDictionary(dictionary: wanted).isEqual(written))
        let attributes = try FileManager.default.attributesOfItem(
            atPath: file("docker.tar.gz").path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `gives the same bytes again, and overwrites only when told to`() throws {
        #expect(try pack([]).status == 0)
        let first = try Data(contentsOf: file("docker.tar.gz"))
        let second = try pack([])
        #expect(second.status == 1)
        #expect(second.errors.contains("--force"))
        #expect(try pack(["--force"]).status == 0)
        #expect(try Data(contentsOf: file("docker.tar.gz")) == first)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(Set(names) == ["home", "docker.tar.gz"])
    }

    @Test func `writes the bare file for a secret store, and the old form`() throws {
        #expect(try pack(["quay.io", "--secret", "--output", "secret.json"]).status == 0)
        let secret = try String(contentsOf: file("secret.json"), encoding: .utf8)
        #expect(secret.hasPrefix("{\n  \"auths\": {\n    \"quay.io\": {\n"))
        #expect(try pack(["quay.io", "--dockercfg", "--output", "old.tar.gz"]).status == 0)
        let old = try BuiltProgram.runTool(
            "tar", ["-xOzf", "old.tar.gz", ".dockercfg"], directory: folder.url)
        let written = try JSONSerialization.jsonObject(with: Data(old.output.utf8))
        let wanted = ["quay.io": ["auth": "dXNlcjppbnZlbnRlZA=="]]
        #expect(NSDictionary(dictionary: wanted).isEqual(written))
    }

    @Test func `packs what the images of a definition need`() throws {
        let definition = try folder.write(
            "app.json",
            """
            {"id": "/a", "cmd": "sleep 9", "container":
              {"type": "DOCKER", "docker": {"image": "gcr.io/p/app:1"}}}
            """)
        let result = try pack(["--for", definition, "--format", "json"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try json(result)["kept"] as? [String] == ["gcr.io"])
    }

    @Test func `writes nothing where a login is missing`() throws {
        for host in ["ghcr.io", "example.com", "docker.io"] {
            let result = try pack([host, "--format", "json"])
            #expect(result.status == 1)
            #expect(try json(result)["error"] != nil)
        }
        #expect(!FileManager.default.fileExists(atPath: file("docker.tar.gz").path))
    }

    @Test func `writes nothing that would not work`() throws {
        _ = try folder.write(
            "home/.docker/config.json", #"{"auths": {"quay.io": {"auth": "user:inv3nted"}}}"#)
        let result = try pack([])
        #expect(result.status == 1)
        #expect(result.errors.contains("V01"))
        #expect(!(result.output + result.errors).contains("inv3nted"))
    }

    @Test func `carries a login through a simulated agent`() throws {
        #expect(try pack(["gcr.io"]).status == 0)
        let definition = try folder.write(
            "app.json",
            """
            {"id": "/a", "cmd": "sleep 9", "fetch": [{"uri": "\(file("docker.tar.gz").path)"}],
             "container": {"type": "DOCKER", "docker": {"image": "gcr.io/p/app:1"}}}
            """)
        let result = try BuiltProgram.run(
            ["run", definition], environment: ["TMPDIR": folder.url.path])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("would pull gcr.io/p/app:1 as other"))
    }

    @Test(arguments: [
        (#"{"auths": {"docker.io": {"auth": "dTpw"}}}"#, "K02"),
        (#"{"auths": {"index.docker.io": {"auth": "dTpw"}}}"#, "K02"),
        (#"{"auths": {"x.io": {"username": "a:b", "password": "p"}}}"#, "its user has a colon"),
        (
            #"{"credsStore": "no-such-one"}"#,
            "name the registries that docker-credential-no-such-one"
        ),
        (#"{"auths": {"https://u:hunter2@x.io/": {}}}"#, "holds no login"),
    ])
    func `refuses a login that would not work as it did`(text: String, words: String) throws {
        _ = try folder.write("home/.docker/config.json", text)
        let result = try pack([])
        #expect(result.status == 1)
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(!result.errors.contains("hunter2"))
        #expect(!FileManager.default.fileExists(atPath: file("docker.tar.gz").path))
    }

    @Test(arguments: [
        (["--home", "missing"], 1), (["--output", "no/such/folder"], 1),
        (["--output", "taken"], 1), (["--for", "absent.json"], 2), (["--for", "taken"], 2),
    ])
    func `gives its failure as JSON as well`(arguments: [String], status: Int) throws {
        _ = try folder.write("taken", "[")
        let result = try pack(["--format", "json"] + arguments)
        #expect(Int(result.status) == status, "\(result.errors)")
        let report = try json(result)
        #expect(report["schema"] as? String == "simagent.pack/1")
        #expect((report["error"] as? String)?.isEmpty == false)
        #expect((report["kept"] as? [String])?.isEmpty == true)
    }
}
