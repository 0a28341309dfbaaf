import Foundation
import Testing

/// What `simagent run` says of the login that a task brings.
@Suite struct `simagent run with a login` {
    let folder: TemporaryFolder
    let archive: String

    init() throws {
        folder = try TemporaryFolder()
        let file = try folder.write(
            "home/.docker/config.json", #"{"auths": {"quay.io": {"auth": "dXNlcjpzM2NyZXQ="}}}"#)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        archive = folder.url.appendingPathComponent("docker.tar.gz").path
        let packed = try BuiltProgram.runTool(
            "tar", ["-czf", archive, ".docker"],
            directory: folder.url.appendingPathComponent("home"))
        #expect(packed.status == 0)
    }

    private func run(_ definition: String, _ arguments: [String] = []) throws -> ProgramResult {
        let file = try folder.write("app.json", definition)
        return try BuiltProgram.run(
            ["run", file] + arguments, environment: ["TMPDIR": folder.url.path])
    }

    private func docker(force: Bool) -> String {
        """
        {"id": "/a", "cmd": "sleep 9", "fetch": [{"uri": "\(archive)"}], "container":
          {"type": "DOCKER", "docker": {"image": "quay.io/team/app:1", "forcePullImage": \(force)}}}
        """
    }

    private var pod: String {
        """
        {"id": "/p", "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32},
          "exec": {"command": {"shell": "sleep 9"}}, "artifacts": [{"uri": "\(archive)"}],
          "image": {"kind": "DOCKER", "id": "quay.io/team/app:1"}}]}
        """
    }

    @Test func `shows the steps as credentials does`() throws {
        let result = try run(docker(force: true), ["-v"])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        let steps = """
              + sandbox: HOME of docker is the sandbox
              + .docker/config.json: the client reads it
              + auths/quay.io: its key is exactly quay.io

            """
        #expect(result.output.contains(steps), "\(result.output)")
        #expect(!result.output.contains("s3cret"))
    }

    @Test func `notes that an image that is there is not pulled, unless the pull is forced`() throws
    {
        #expect(try run(docker(force: false), ["-v"]).output.contains("A15"))
        #expect(!(try run(docker(force: false)).output.contains("A15")))
        #expect(!(try run(docker(force: true), ["-v"]).output.contains("A15")))
    }

    @Test func `fails a task of the Mesos containerizer that brings its login as a file`() throws {
        let result = try run(pod)
        #expect(result.status == 1)
        #expect(result.output.contains("A16"))
        #expect(result.output.contains("TASK_FAILED"))
        #expect(result.output.contains("would be anonymous though the task brings a login"))
    }

    @Test func `takes the agent's login for a sandbox without one, and the sandbox's before it`()
        throws
    {
        let agent = #"{"auths": {"quay.io": {"auth": "YWdlbnQ6eA=="}}}"#
        let bare = docker(force: true).replacingOccurrences(
            of: #""fetch": [{"uri": "\#(archive)"}], "#, with: "")
        let alone = try run(bare, ["--docker-config", agent])
        #expect(alone.output.contains("as agent"), "\(alone.output)\(alone.errors)")
        let both = try run(docker(force: true), ["--docker-config", agent])
        #expect(both.output.contains("as user"))
        let old = try run(docker(force: true), ["--docker-config", agent, "--mesos", "1.0"])
        #expect(old.output.contains("as agent"), "\(old.output)\(old.errors)")
    }

    @Test(arguments: ["config.json", "docker/config.json", "Dockerfile", "docker-entrypoint.sh"])
    func `takes an application's own file for no login`(_ name: String) throws {
        _ = try folder.write("app/\(name)", #"{"x": 1}"#)
        let result = try run(
            #"{"id": "/a", "cmd": "sleep 9", "fetch": [{"uri": "\#(try pack("app"))"}],"#
                + #" "container": {"type": "DOCKER", "docker": {"image": "ubuntu:22.04"}}}"#,
            ["--format", "json"])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(!result.output.contains(#""A03""#))
    }

    @Test(arguments: [".docker/config.json/x", ".docker"])
    func `says once why a credentials file is none`(_ name: String) throws {
        _ = try folder.write("app/\(name)", "{}")
        let result = try run(
            #"{"id": "/a", "cmd": "sleep 9", "fetch": [{"uri": "\#(try pack("app"))"}],"#
                + #" "container": {"type": "DOCKER", "docker": {"image": "quay.io/team/app:1"}}}"#,
            ["--format", "json"])
        #expect(result.status == 1, "\(result.output)\(result.errors)")
        // Once of the task, and once of its credential.
        #expect(result.output.ranges(of: #""id" : "A08""#).count == 2, "\(result.output)")
        #expect(!result.output.contains(#""A10""#))
    }

    @Test func `says that a pipe is no credentials file`() throws {
        _ = try folder.write("app/.docker/x", "")
        let pipe = folder.url.appendingPathComponent("app/.docker/config.json").path
        #expect(try BuiltProgram.runTool("mkfifo", [pipe]).status == 0)
        let result = try run(
            #"{"id": "/a", "cmd": "sleep 9", "fetch": [{"uri": "\#(try pack("app"))"}],"#
                + #" "container": {"type": "DOCKER", "docker": {"image": "quay.io/team/app:1"}}}"#,
            ["--format", "json"])
        #expect(result.status == 1)
        #expect(result.output.contains(#""A08""#) && !result.output.contains(#""A01""#))
    }

    /// Packs a folder's content.
    private func pack(_ name: String) throws -> String {
        let archive = folder.url.appendingPathComponent("\(name).tgz").path
        let packed = try BuiltProgram.runTool(
            "tar", ["-czf", archive, "."], directory: folder.url.appendingPathComponent(name))
        #expect(packed.status == 0)
        return archive
    }
}
