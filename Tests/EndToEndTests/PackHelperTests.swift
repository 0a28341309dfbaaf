import Foundation
import Testing

/// `simagent pack` where the logins are not in the file: credential helpers, tokens, secret stores.
@Suite struct `simagent pack with helpers` {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.write(
            "home/.docker/config.json",
            """
            {"auths": {"quay.io": {}, "azure.example": {}, "gcr.io": {}, "mixed.example":
              {"auth": "ZmlsZTpwYXNz"}}, "credsStore": "keys", "credHelpers":
              {"slow.example": "absent", "own.example": "own"}, "HttpHeaders": {"X-Meta-A": "b"}}
            """)
        let programs = [
            "keys": """
            read -r KEY
            case "$KEY" in
            quay.io) echo '{"ServerURL": "quay.io", "Username": "hu", "Secret": "h1dden"}';;
            azure.example) echo '{"Username": "<token>", "Secret": "t0ken"}';;
            *) echo 'credentials not found in native keychain'; exit 1;;
            esac
            """,
            "own": #"echo "{\"Username\": \"own\", \"Secret\": \"$1 in $HOME\"}""#,
        ]
        for (name, script) in programs {
            let program = try folder.write(
                "bin/docker-credential-\(name)", "#!/bin/sh\n\(script)\n")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: program)
        }
        path = folder.url.appendingPathComponent("bin").path + ":/usr/bin:/bin"
    }

    private func pack(_ arguments: [String]) throws -> ProgramResult {
        let home = folder.url.appendingPathComponent("home").path
        return try BuiltProgram.run(
            ["pack", "--home", home] + arguments, environment: ["PATH": path],
            directory: folder.url)
    }

    private func packed(_ archive: String = "docker.tar.gz") throws -> [String: [String: String]] {
        let text = try BuiltProgram.runTool(
            "tar", ["-xOzf", archive, ".docker/config.json"], directory: folder.url)
        let object = try JSONSerialization.jsonObject(with: Data(text.output.utf8))
        let file = try #require(object as? [String: [String: [String: String]]])
        #expect(Array(file.keys) == ["auths"])
        return try #require(file["auths"])
    }

    private func encoded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    @Test func `turns a helper's answer into an entry that needs no helper`() throws {
        let result = try pack(["quay.io", "--resolve-helpers"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try packed() == ["quay.io": ["auth": encoded("hu:h1dden")]])
        #expect(!(result.output + result.errors).contains("h1dden"))
        #expect(result.output.contains("left out  gcr.io: nobody asked for it"))
    }

    @Test func `writes a token as docker login writes it, and warns of it`() throws {
        let result = try pack(["azure.example", "--resolve-helpers"])
        #expect(result.status == 0, "\(result.errors)")
        let entry = try #require(try packed()["azure.example"])
        #expect(entry["identitytoken"] == "t0ken")
        let auth = entry["auth"].flatMap { Data(base64Encoded: $0) }
        #expect(auth?.last == UInt8(ascii: ":"))
        #expect(result.output.contains("V13"))
    }

    @Test func `gives the helper HOME, and none but the variables that helpers need`() throws {
        #expect(try pack(["own.example", "--resolve-helpers"]).status == 0)
        let home = folder.url.appendingPathComponent("home").path
        #expect(try packed() == ["own.example": ["auth": encoded("own:get in \(home)")]])
    }

    @Test func `packs all that there is, and says why the rest is not there`() throws {
        let result = try pack(["--resolve-helpers"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            Set(try packed().keys) == ["quay.io", "azure.example", "mixed.example", "own.example"])
        let lines = result.output.split(separator: "\n")
        #expect(
            lines.contains("  left out  gcr.io: docker-credential-keys has no login for it"),
            "\(result.output)")
        #expect(
            lines.contains("  left out  slow.example: docker-credential-absent is not on the PATH"))
    }

    @Test func `without asking takes what is in the file, and names the helper of the rest`() throws
    {
        let result = try pack([])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try packed() == ["mixed.example": ["auth": "ZmlsZTpwYXNz"]])
        #expect(
            result.output.contains(
                "left out  quay.io: its login is kept by docker-credential-keys, which"
                    + " --resolve-helpers asks"))
        let refused = try pack(["quay.io", "--output", "other.tar.gz"])
        #expect(refused.status == 1)
        #expect(refused.errors.contains("--resolve-helpers"))
        #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/other.tar.gz"))
    }

    @Test func `writes a secret that Mesos reads, and none that it could not use`() throws {
        #expect(
            try pack(["quay.io", "--resolve-helpers", "--secret", "--output", "s.json"]).status == 0
        )
        let secret = folder.url.appendingPathComponent("s.json")
        let mode = try FileManager.default.attributesOfItem(atPath: secret.path)
        #expect(mode[.posixPermissions] as? Int == 0o600)
        let asked = try BuiltProgram.run([
            "credentials", "quay.io/team/app", "--client", "mesos", "--secret", secret.path,
        ])
        #expect(asked.output.hasPrefix("quay.io → user hu and a password"))
        let token = try pack(["azure.example", "--resolve-helpers", "--secret"])
        #expect(token.status == 1)
        #expect(token.errors.contains("azure.example: the login is a token"))
    }

    @Test func `is read by every client alike, with no finding about it`() throws {
        #expect(try pack(["quay.io", "--resolve-helpers"]).status == 0)
        let home = folder.url.appendingPathComponent("unpacked")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        let tar = try BuiltProgram.runTool(
            "tar", ["-xzpf", "../docker.tar.gz"], directory: home)
        #expect(tar.status == 0 && tar.errors.isEmpty)
        for (name, mode) in [(".docker", 0o700), (".docker/config.json", 0o600)] {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: home.appendingPathComponent(name).path)
            #expect(attributes[.posixPermissions] as? Int == mode)
        }
        for client in [
            "docker", "docker-run", "docker-build", "mesos-docker", "containers-image", "oras",
            "ggcr", "kubelet",
        ] {
            for version in ["1.7.0", "1.13.1", "20.10.27", "28.2.2", "29.8"] {
                let answer = try BuiltProgram.run([
                    "credentials", "quay.io/team/app", "--home", home.path, "--client", client,
                    "--docker", version, "--reveal", "--format", "json", "--strict=warning",
                ])
                #expect(answer.status == 0, "\(client) \(version) \(answer.output)")
                #expect(answer.output.contains("\"secret\" : \"h1dden\""), "\(client) \(version)")
                #expect(answer.output.contains("\"findings\" : [\n\n  ]"), "\(client) \(version)")
            }
        }
    }

    @Test func `says that a task of the Mesos containerizer reads no sandbox`() throws {
        let definition = try folder.write(
            "pod.json",
            """
            {"id": "/p", "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32},
              "image": {"kind": "DOCKER", "id": "mixed.example/app"}}]}
            """)
        let result = try pack(["--for", definition])
        #expect(result.status == 1)
        #expect(result.errors.contains("A16") && result.errors.contains("--secret"))
        let secret = try pack(["--for", definition, "--secret"])
        #expect(secret.status == 0 && !secret.output.contains("A16"))
    }

    @Test func `takes all that the store lists where no registry is named`() throws {
        _ = try folder.write("home/.docker/config.json", #"{"credsStore": "store"}"#)
        let program = try folder.write(
            "bin/docker-credential-store",
            """
            #!/bin/sh
            read -r KEY
            if [ "$1" = list ]; then echo '{"https://index.docker.io/v1/": "h", "quay.io": "q"}'
            else echo "{\\"Username\\": \\"u\\", \\"Secret\\": \\"of $KEY\\"}"; fi

            """)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let result = try pack(["--resolve-helpers"])
        #expect(result.status == 0, "\(result.errors)")
        let hub = "https://index.docker.io/v1/"
        #expect(
            try packed() == [
                hub: ["auth": encoded("u:of \(hub)")], "quay.io": ["auth": encoded("u:of quay.io")],
            ])
    }
}
