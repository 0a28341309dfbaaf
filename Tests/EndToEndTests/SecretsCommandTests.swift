import Foundation
import LoopbackServers
import Testing

@Suite struct `simagent secrets` {
    private let script = BuiltProgram.checkout
        .appendingPathComponent("Tests/SecretsTests/Servers/store-server.py").path

    private func run(
        _ arguments: [String], _ folder: TemporaryFolder, input: Data = Data()
    ) throws -> ProgramResult {
        try BuiltProgram.run(
            ["secrets"] + arguments, input: input,
            environment: ["SIMAGENT_SECRETS": folder.url.path])
    }

    @Test func `puts, gets, lists and removes, and prints a value only with get`() throws {
        let folder = try TemporaryFolder()
        let value = Data("hunter2\n".utf8)
        let put = try run(["put", "group/pull"], folder, input: value)
        #expect(put.status == 0)
        #expect(put.output == "stored group/pull, 8 bytes\n")
        let file = folder.url.appendingPathComponent("group/pull")
        #expect(try Data(contentsOf: file) == value)
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        let get = try run(["get", "/group/pull", "--format", "json"], folder)
        #expect(get.output == "hunter2\n")
        #expect(get.errors.isEmpty)
        #expect(try run(["list"], folder).output == "group/pull\n")
        let listed = try run(["list", "group", "--format", "json"], folder)
        #expect(listed.output.contains("\"simagent.secrets/1\""))
        #expect(listed.output.contains("\"group/pull\""))
        #expect(try run(["remove", "group/pull"], folder).status == 0)
        let missing = try run(["get", "group/pull"], folder)
        #expect(missing.status == 1)
        #expect(missing.output.isEmpty)
        #expect(missing.errors.hasPrefix("simagent: secret group/pull: the store "))
    }

    @Test func `takes a value from a file, and never from the command line`() throws {
        let folder = try TemporaryFolder()
        let files = try TemporaryFolder()
        let file = try files.write("value", "from a file")
        #expect(try run(["put", "a", "--file", file], folder).status == 0)
        #expect(try run(["get", "a"], folder).output == "from a file")
        #expect(try run(["put", "a", "a-value"], folder).status == 64)
    }

    @Test func `warns of a file that others may read, beside the value`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("pull", "x")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        let result = try run(["get", "pull"], folder)
        #expect(result.output == "x")
        #expect(
            result.errors == "simagent: warning S03: others than its owner may read the secret"
                + " pull; chmod 600 the file\n")
    }

    @Test func `wants a store, and one of the known kinds`() throws {
        #expect(try BuiltProgram.run(["secrets", "list"]).status == 64)
        for store in ["https://h", "dcos+http://h", "vault+https://h", "/no/such/folder"] {
            let result = try BuiltProgram.run(["secrets", "list", "--secrets", store])
            #expect(result.status == 64)
            #expect(result.errors.hasPrefix("simagent: --secrets: "))
        }
    }

    @Test func `serve a run, which tells what is wrong with the value or its place`() throws {
        let server = try LoopbackServer(script: script)
        defer { withExtendedLifetime(server) {} }
        let folder = try TemporaryFolder()
        func run(source: String, store: String) throws -> ProgramResult {
            let app = try folder.write(
                "app.json",
                """
                {"id": "/other/app", "cmd": "run", "secrets": {"k": {"source": "\(source)"}},
                 "container": {"type": "MESOS", "docker": {
                   "image": "registry.example/app", "pullConfig": {"secret": "k"}}}}
                """)
            return try BuiltProgram.run(
                ["run", app, "--secrets", store],
                environment: ["VAULT_TOKEN": "good", "DCOS_ACS_TOKEN": "good"])
        }
        let store = folder.url.path
        let config = #"{"auths": {"registry.example": {"auth": "bWU6aHVudGVyMg=="}}}"#
        let file = try folder.write("pull", config)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        #expect(try run(source: "pull", store: store).status == 0)
        _ = try folder.write("pull", Data(config.utf8).base64EncodedString())
        let encoded = try run(source: "pull", store: store)
        #expect(encoded.status == 1)
        #expect(encoded.output.contains("S02"))
        #expect(encoded.output.contains("is a Docker config in base64, which Mesos does not"))
        let dcos = "dcos+http://127.0.0.1:\(server.port)"
        let outside = try run(source: "group/pull", store: dcos)
        #expect(outside.status == 1)
        #expect(outside.output.contains("/other/app is outside /group, whose secret it is"))
        let vault = "vault+http://127.0.0.1:\(server.port)/kv2"
        let sealed = try run(source: "x", store: "vault+http://127.0.0.1:\(server.port)/sealed")
        #expect(sealed.output.contains("is sealed\n"))
        // The login of that secret is for no registry at all.
        #expect(try run(source: "pull", store: vault).output.contains("K01"))
    }

    @Test func `asks a DC/OS cluster as a service account of the environment`() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.path
        let made = try BuiltProgram.bash(
            "openssl genrsa -out key.pem 2048 && openssl rsa -in key.pem -pubout -out public.pem",
            in: folder)
        try #require(made.status == 0, "\(made.errors)")
        let key = try String(contentsOfFile: path + "/key.pem", encoding: .utf8)
        let account = try JSONSerialization.data(
            withJSONObject: ["uid": "robot", "private_key": key, "scheme": "RS256"])
        let file = try folder.write("account.json", String(decoding: account, as: UTF8.self))
        let server = try LoopbackServer(script: script, arguments: ["public=\(path)/public.pem"])
        defer { withExtendedLifetime(server) {} }
        let get = [
            "secrets", "get", "pull", "--secrets", "dcos+http://127.0.0.1:\(server.port)",
        ]
        let name = "DCOS_SERVICE_ACCOUNT_CREDENTIAL"
        for value in [String(decoding: account, as: UTF8.self), "file://" + file, file] {
            let result = try BuiltProgram.run(get, environment: [name: value])
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output == "{\"auths\":{}}")
        }
        let broken = try BuiltProgram.run(
            get, environment: [name: #"{"uid": "robot", "private_key": "hunter2"}"#])
        #expect(broken.status == 64)
        #expect(broken.errors.hasPrefix("simagent: \(name): its private_key is no RSA key"))
        #expect(!broken.errors.contains("hunter2"))
        #expect(try BuiltProgram.run(get).errors.contains(name))
    }

    @Test(arguments: [
        "hunter2", "[1]", #"{"user": "hunter2"}"#, "", #"{"auths": {"h": "hunter2"}"#,
        Data(#"{"auths": {"registry.example": {"auth": "aHVudGVyMg=="}}}"#.utf8)
            .base64EncodedString(),
    ])
    func `tell that a value is no Docker config, whatever else it is`(_ value: String) throws {
        let store = try TemporaryFolder()
        #expect(try run(["put", "k"], store, input: Data(value.utf8)).status == 0)
        let app = try store.write(
            ".app.json",
            """
            {"id": "/a", "secrets": {"k": {"source": "k"}}, "container": {"type": "MESOS",
             "docker": {"image": "registry.example/app", "pullConfig": {"secret": "k"}}}}
            """)
        for format in ["text", "json"] {
            let result = try BuiltProgram.run(
                ["run", app, "--secrets", store.url.path, "--format", format])
            #expect(result.status == 1)
            #expect(result.output.contains("S02"))
            #expect(!(result.output + result.errors).contains("hunter2"))
            #expect(!(result.output + result.errors).contains("aHVudGVyMg"))
        }
    }

    @Test func `asks a Vault with the login of the environment or the home`() throws {
        let server = try LoopbackServer(script: script)
        defer { withExtendedLifetime(server) {} }
        let get = [
            "secrets", "get", "pull", "--secrets", "vault+http://127.0.0.1:\(server.port)/kv2",
        ]
        let home = try TemporaryFolder()
        _ = try home.write(".vault-token", "good\n")
        let known = try BuiltProgram.run(get, environment: ["HOME": home.url.path])
        #expect(known.output == "{\"auths\":{}}")
        let wrong = try BuiltProgram.run(get, environment: ["VAULT_TOKEN": "hunter2"])
        #expect(wrong.status == 1)
        #expect(wrong.errors.contains("the token may not use it"))
        #expect(!wrong.errors.contains("hunter2"))
        #expect(try BuiltProgram.run(get).errors.contains("set VAULT_TOKEN"))
    }
}
