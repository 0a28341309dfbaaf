import Foundation
import Testing

/// `simagent credentials` as a user runs it: a home, an environment, programs on a PATH.
@Suite struct `simagent credentials` {
    let folder: TemporaryFolder
    /// `user:s3cret-word`.
    static let auth = Data("user:s3cret-word".utf8).base64EncodedString()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func ask(
        _ arguments: [String], config: String? = nil, helper: String? = nil
    ) throws -> ProgramResult {
        if let config { _ = try folder.write("home/.docker/config.json", config) }
        var path = "/usr/bin:/bin"
        if let helper {
            let program = try folder.write("bin/docker-credential-x", "#!/bin/sh\n\(helper)\n")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
            path = folder.url.appendingPathComponent("bin").path + ":" + path
        }
        let home = folder.url.appendingPathComponent("home").path
        return try BuiltProgram.run(
            ["credentials", "--home", home] + arguments, environment: ["PATH": path])
    }

    private func json(_ result: ProgramResult) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return try #require(object as? [String: Any])
    }

    private var one: String { #"{"auths": {"quay.io": {"auth": "\#(Self.auth)"}}}"# }

    @Test func `says in a few lines what is used, and why`() throws {
        let result = try ask(["quay.io/team/app:1"], config: one)
        #expect(result.status == 0)
        #expect(
            result.output == """
                quay.io → user user and a password, key "quay.io", from .docker/config.json \
                (exact-key)
                  + .docker/config.json: the client reads it
                  + auths/quay.io: its key is exactly quay.io

                """)
        #expect(result.errors.isEmpty)
    }

    @Test func `gives the whole decision as JSON`() throws {
        let result = try ask(
            ["quay.io/team/app:1", "--format", "json", "--docker", "28.2.2", "--containerd-store"],
            config: #"{"auths": {"docker://quay.io": {"auth": "\#(Self.auth)"}}}"#)
        let expected = """
            {"schema": "simagent.credentials/1", "image": "quay.io/team/app:1", "host": "quay.io",
             "configKey": "quay.io", "client": "docker", "version": "28.2.2",
             "decision": {"kind": "basic", "key": "docker://quay.io", "username": "user",
              "secret": "***", "reason": "hostname-of-key"}, "containerdStoreUsesIt": false,
             "trace": [
              {"step": "config-file", "place": ".docker/config.json", "outcome": "chosen",
               "because": "the client reads it"},
              {"step": "host-of-key", "place": "auths/docker://quay.io", "outcome": "chosen",
               "because": "its host is the registry's"}],
             "findings": [{"id": "K07", "severity": "warning",
              "place": {"file": ".docker/config.json", "line": 1, "column": 12},
              "message": "the key of quay.io is a URL that not every Docker reads (foreign scheme,\
             user info, query or empty port)", "advice": "store the login under quay.io"}]}
            """
        func sorted(_ text: String) throws -> Data {
            let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
            return try JSONSerialization.data(withJSONObject: object, options: .sortedKeys)
        }
        #expect(try sorted(result.output) == sorted(expected), "\(result.output)")
    }

    @Test func `never shows a secret unless told to, and then to the byte`() throws {
        let config = #"{"auths": {"quay.io": {"auth": "\#(Self.auth)"}}}"#
        for client in ["docker", "docker-build", "containers-image", "oras", "ggcr", "kubelet"] {
            for format in ["text", "json"] {
                let arguments = ["quay.io/x", "--client", client, "--format", format, "-v"]
                let hidden = try ask(arguments, config: config)
                #expect(!(hidden.output + hidden.errors).contains("s3cret"), "\(client)")
                #expect(!(hidden.output + hidden.errors).contains(Self.auth), "\(client)")
                let shown = try ask(arguments + ["--reveal"], config: config)
                #expect(shown.output.contains("s3cret-word"), "\(client) \(shown.output)")
            }
        }
        let mesos = try ask(
            ["quay.io/x", "--client", "mesos", "--config", config, "--reveal", "--format", "json"])
        let decision = try #require(try json(mesos)["decision"] as? [String: Any])
        #expect(decision["header"] as? String == "Basic \(Self.auth)")
        #expect(decision["username"] as? String == "user")
    }

    @Test func `reveals on a terminal only where yes is said`() throws {
        _ = try ask(["quay.io/x"], config: one)
        let program = BuiltProgram.folder.appendingPathComponent("simagent").path
        let home = folder.url.appendingPathComponent("home").path
        func onTerminal(_ flag: String) throws -> ProgramResult {
            let command = "'\(program)' credentials quay.io/x --home '\(home)' \(flag)"
            return try BuiltProgram.runTool("script", ["-qec", command, "/dev/null"])
        }
        let refused = try onTerminal("--reveal")
        #expect(refused.status == 64)
        #expect(refused.output.contains("--reveal=yes") && !refused.output.contains("s3cret"))
        #expect(try onTerminal("--reveal=yes").output.contains("s3cret-word"))
    }

    @Test func `shows every client in a table`() throws {
        let result = try ask(
            ["ubuntu", "--client", "all"],
            config: #"{"auths": {"docker.io": {"auth": "\#(Self.auth)"}}}"#)
        #expect(result.status == 0)
        let kinds = result.output.split(separator: "\n").map { line in
            let words = line.split { $0 == " " || $0 == "," }
            return "\(words[0]) \(words[1])"
        }
        #expect(
            kinds == [
                "docker anonymous", "docker-run anonymous", "docker-build anonymous",
                "mesos anonymous", "mesos-docker anonymous", "containers-image user",
                "oras anonymous", "ggcr anonymous", "kubelet user",
            ])
        let clients = try #require(
            try json(ask(["ubuntu", "--client", "all", "--format", "json"]))["clients"]
                as? [String: [String: Any]])
        #expect(clients.count == 9)
        #expect(clients.values.allSatisfy { $0["schema"] as? String == "simagent.credentials/1" })
        #expect(clients["kubelet"]?["client"] as? String == "kubelet")
    }

    @Test func `tells chance as chance`() throws {
        let config = """
            {"auths": {"https://quay.io/v1/": {"auth": "\(Self.auth)"},
                       "quay.io/team": {"auth": "b3RoZXI6c2VjcmV0"}}}
            """
        let result = try ask(["quay.io/x", "--format", "json"], config: config)
        let decision = try #require(try json(result)["decision"] as? [String: Any])
        #expect(decision["kind"] as? String == "nondeterministic")
        let outcomes = try #require(decision["anyOf"] as? [[String: Any]])
        #expect(Set(outcomes.compactMap { $0["username"] as? String }) == ["user", "other"])
        let text = try ask(["quay.io/x"])
        #expect(text.output.contains("one of 2, by chance"))
        #expect(text.output.contains("error K05"))
        #expect(try ask(["quay.io/x", "--strict"]).status == 1)
    }

    @Test func `asks a helper, and ends with 1 where the client would stop`() throws {
        let config = #"{"auths": {"quay.io": {"auth": "\#(Self.auth)"}}, "credsStore": "x"}"#
        let answer = #"echo '{"Username": "helped", "Secret": "h1dden"}'"#
        let helped = try ask(["quay.io/x"], config: config, helper: answer)
        #expect(helped.status == 0)
        #expect(helped.output.contains("user helped"))
        #expect(helped.output.contains("docker-credential-x answers for quay.io"))
        #expect(!helped.output.contains("h1dden"))
        let failing = "echo broken; echo 'to the user' >&2; exit 1"
        let stopped = try ask(["quay.io/x"], helper: failing)
        #expect(stopped.status == 1)
        #expect(stopped.output.contains("out: `broken`"))
        #expect(stopped.output.contains("the client prints: to the user"))
        let older = try ask(["quay.io/x", "--docker", "28.2.2"], helper: failing)
        #expect(older.status == 0)
        #expect(older.output.contains("helper-failed+file-entry-used"))
        let run = ["quay.io/x", "--docker", "28.2.2", "--client", "docker-run"]
        #expect(try ask(run, helper: failing).status == 1)
    }

    @Test func `reads a registry, a short name and a name that is wrong`() throws {
        let config = #"{"auths": {"https://index.docker.io/v1/": {"auth": "\#(Self.auth)"}}}"#
        for target in ["docker.io/", "https://index.docker.io", "ubuntu", "quay.io"] {
            let result = try ask([target, "--format", "json"], config: config)
            #expect(
                try json(result)["configKey"] as? String == "https://index.docker.io/v1/",
                "\(target)"
            )
        }
        let wrong = try ask(["quay.io/Team/app", "--format", "json"])
        #expect(wrong.status == 1)
        let findings = try #require(try json(wrong)["findings"] as? [[String: Any]])
        #expect(findings.compactMap { $0["id"] as? String } == ["K10"])
    }

    @Test func `takes the client's variables from its flags alone`() throws {
        _ = try folder.write("other/config.json", #"{"auths": {"quay.io": {"auth": "ZTpl"}}}"#)
        let other = folder.url.appendingPathComponent("other").path
        let result = try ask(["quay.io/x", "--env", "DOCKER_CONFIG=\(other)"], config: one)
        #expect(result.output.contains("user e and a password"))
        #expect(result.output.contains("DOCKER_CONFIG: it is set to"))
        let home = folder.url.appendingPathComponent("home").path
        let inherited = try BuiltProgram.run(
            ["credentials", "quay.io/x", "--home", home], environment: ["DOCKER_CONFIG": other])
        #expect(inherited.output.contains("user user and a password"))
    }

    @Test(arguments: [
        "https://user:hunter2@quay.io/v1/", "user:hunter2@quay.io", "u:hunter2@gcr.io",
    ])
    func `shows no user info of a key, whoever reads it`(key: String) throws {
        let config = #"{"auths": {"\#(key)": {"auth": "\#(Self.auth)"}, "x.io": {"auth": "!!"}}}"#
        for client in ["docker", "all"] {
            for format in ["text", "json"] {
                let result = try ask(
                    ["quay.io/app", "--client", client, "--format", format], config: config)
                #expect(!(result.output + result.errors).contains("hunter2"))
            }
        }
        let asked = try ask(["https://user:hunter2@quay.io/"], config: config)
        #expect(!(asked.output + asked.errors).contains("hunter2"))
        #expect(asked.output.contains("quay.io → "))
    }

    @Test(arguments: ["/", "://", "https://", "https://user@/"])
    func `refuses a registry without a name`(target: String) throws {
        let result = try ask([target], config: one)
        #expect(result.status == 64)
        #expect(result.errors.contains("names no registry"))
    }

    @Test func `fails for the findings of any client where --strict says so`() throws {
        let config = #"{"auths": {"x.io": {"auth": "\#(Self.auth)"}}}"#
        let line = ["quay.io/app", "--client", "all"]
        #expect(try ask(line, config: config).status == 0)
        #expect(try ask(line + ["--strict"], config: config).status == 1)
    }

    @Test func `takes the account's home where HOME is empty or not set`() throws {
        let account = NSHomeDirectoryForUser(NSUserName()) ?? "/"
        let trace = try folder.write("trace", "")
        for variables in [[:], ["HOME": ""]] {
            let program = BuiltProgram.folder.appendingPathComponent("simagent").path
            let result = try BuiltProgram.runTool(
                "strace",
                ["-qq", "-e", "trace=openat,open", "-o", trace, program, "credentials", "x.io/a"],
                environment: variables)
            #expect(result.status == 0)
            let calls = try String(contentsOfFile: trace, encoding: .utf8)
            #expect(calls.contains("\"\(account)/.docker/config.json\""))
        }
    }

    @Test func `reveals what chance may choose, and an auth that is not decoded`() throws {
        let chance = """
            {"auths": {"https://quay.io/v1/": {"username": "a", "password": "one-w0rd"},
              "https://quay.io/v2/": {"username": "b", "password": "two-w0rds"}}}
            """
        let result = try ask(["quay.io/app", "--reveal"], config: chance)
        #expect(result.output.contains("secret: one-w0rd"))
        #expect(result.output.contains("secret: two-w0rds"))
        let broken = try ask(
            ["quay.io/app", "--reveal"], config: #"{"auths": {"quay.io": {"auth": "!broken"}}}"#)
        #expect(broken.output.contains("auth as it stands: !broken"))
    }

    /// A home, the flags behind the image, and the ids that come out.
    struct Place: Sendable, CustomTestStringConvertible {
        let note: String
        let files: [String]
        let arguments: [String]
        let ids: [String]
        var testDescription: String { note }
    }

    static let places = [
        Place(
            note: "only .dockercfg, at 29", files: [".dockercfg"], arguments: ["--docker", "29"],
            ids: ["A04"]),
        Place(
            note: "only .dockercfg, at 20.10", files: [".dockercfg"],
            arguments: ["--docker", "20.10"], ids: []),
        Place(
            note: "both files", files: [".dockercfg", ".docker/config.json"], arguments: [],
            ids: ["A05"]),
        Place(
            note: "a folder in the place of the file", files: [".docker/config.json/x"],
            arguments: [], ids: ["A08"]),
        Place(
            note: "a file in the place of the folder", files: [".docker"], arguments: [],
            ids: ["A08"]),
        Place(
            note: "DOCKER_CONFIG of the agent", files: [".docker/config.json"],
            arguments: ["--client", "mesos-docker", "--env", "DOCKER_CONFIG=/nowhere"],
            ids: ["A12"]),
        Place(
            note: "DOCKER_CONFIG of a person", files: [".docker/config.json"],
            arguments: ["--env", "DOCKER_CONFIG=/nowhere"], ids: []),
        Place(
            note: "a file in the sandbox and the agent's config", files: [".docker/config.json"],
            arguments: ["--client", "mesos-docker", "--config", "{}"], ids: ["A14"]),
    ]

    @Test(arguments: places)
    func `says which file of a home is not read`(_ place: Place) throws {
        let entry = #"{"quay.io": {"auth": "\#(Self.auth)"}}"#
        for file in place.files {
            let text = file.hasSuffix(".dockercfg") ? entry : #"{"auths": \#(entry)}"#
            _ = try folder.write("home/\(file)", text)
        }
        let result = try ask(["quay.io/team/app:1", "--format", "json"] + place.arguments)
        let findings = try #require(try json(result)["findings"] as? [[String: Any]])
        #expect(findings.compactMap { $0["id"] as? String } == place.ids, "\(result.output)")
    }

    @Test func `says what the Mesos containerizer makes of its configs`() throws {
        let broken = Self.auth.prefix(4) + "\\n" + Self.auth.dropFirst(4)
        let secret = try folder.write(
            "secret",
            """
            {"auths": {"mydocker.io.example": {"auth": "\(Self.auth)"},
             "quay.io": {"auth": "\(broken)", "identitytoken": "t"}, "gcr.io": {"password": "p"}}}
            """)
        let arguments = ["--client", "mesos", "--secret", secret, "--format", "json"]
        let result = try ask(["quay.io/team/app:1"] + arguments, config: "{}")
        let findings = try #require(try json(result)["findings"] as? [[String: Any]])
        #expect(
            findings.compactMap { $0["id"] as? String } == ["V13", "V05", "K12"], "\(result.output)"
        )
        #expect(!result.output.contains("s3cret-word"))
    }
}
