import Foundation
import Testing

@Suite struct `simagent run` {
    let fixtures = BuiltProgram.checkout.appendingPathComponent("sandbox-fixtures").path

    private func run(
        _ arguments: [String], input: Data = Data(), folder: TemporaryFolder
    ) throws -> ProgramResult {
        try BuiltProgram.run(
            ["run"] + arguments, input: input,
            environment: [
                "MESOS_FRAMEWORKS_HOME": fixtures, "TMPDIR": folder.url.path,
            ])
    }

    private func json(_ result: ProgramResult) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return try #require(object as? [String: Any])
    }

    @Test func `tells a program all of it as JSON`() throws {
        let folder = try TemporaryFolder()
        let result = try run(
            ["\(fixtures)/apps/docker-archive.json", "--format", "json"], folder: folder)
        #expect(result.status == 0)
        let report = try json(result)
        #expect(report["schema"] as? String == "simagent.run/1")
        #expect(report["outcome"] as? String == "TASK_RUNNING")
        let task = try #require((report["tasks"] as? [[String: Any]])?.first)
        let environment = try #require(task["environment"] as? [String: String])
        #expect(environment["MESOS_SANDBOX"] == "/mnt/mesos/sandbox")
        #expect(environment["MARATHON_APP_ID"] == "/some/name/or/id")
        #expect(task["home"] as? String == task["sandbox"] as? String)
        let fetched = try #require((task["fetched"] as? [[String: Any]])?.first)
        #expect(fetched["path"] as? String == "docker.tar.gz")
        #expect(fetched["extracted"] as? Bool == true)
        let digest = try BuiltProgram.runTool(
            "sha256sum", ["\(fixtures)/archives/docker.tar.gz"])
        #expect(digest.output.hasPrefix(try #require(fetched["sha256"] as? String)))
        let tree = try #require(task["tree"] as? [[String: Any]])
        #expect(
            tree.map { $0["path"] as? String }
                == [".docker", ".docker/config.json", "docker.tar.gz"])
        #expect(tree.map { $0["mode"] as? String } == ["0700", "0600", "0644"])
        let credential = try #require(task["credential"] as? [String: Any])
        let decision = try #require(credential["decision"] as? [String: Any])
        #expect(decision["kind"] as? String == "basic")
        #expect(decision["username"] as? String == "foo")
        #expect(decision["secret"] as? String == "***")
        #expect(decision["reason"] as? String == "hostname-of-key")
        #expect(task["verification"] is NSNull)
    }

    @Test func `keeps the sandbox when it is asked to, laid out as an agent's`() throws {
        let folder = try TemporaryFolder()
        let work = folder.url.appendingPathComponent("work").path
        let result = try run(
            [
                "\(fixtures)/apps/docker-archive.json", "--keep", "--work-dir", work, "--format",
                "json",
            ], folder: folder)
        #expect(result.status == 0)
        let task = try #require((try json(result)["tasks"] as? [[String: Any]])?.first)
        let sandbox = try #require(task["sandbox"] as? String)
        #expect(sandbox.hasPrefix(work + "/slaves/S0/frameworks/"))
        #expect(result.errors.contains(sandbox))
        let manager = FileManager.default
        let mode = try manager.attributesOfItem(atPath: sandbox)[.posixPermissions] as? Int
        #expect(mode == 0o750)
        let runs = URL(fileURLWithPath: sandbox).deletingLastPathComponent()
        let latest = try manager.destinationOfSymbolicLink(
            atPath: runs.appendingPathComponent("latest").path)
        #expect(latest == sandbox)
        #expect(manager.fileExists(atPath: sandbox + "/.docker/config.json"))
    }

    @Test func `leaves nothing in a work directory that is not its own`() throws {
        let folder = try TemporaryFolder()
        let work = folder.url.appendingPathComponent("work")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        try Data().write(to: work.appendingPathComponent("mine"))
        let result = try run(
            ["\(fixtures)/apps/docker-archive.json", "--work-dir", work.path], folder: folder)
        #expect(result.status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: work.path) == ["mine"])
    }

    @Test func `reads standard input`() throws {
        let folder = try TemporaryFolder()
        let text = #"{"id": "/a", "cmd": "sleep 1"}"#
        let result = try run(["-"], input: Data(text.utf8), folder: folder)
        #expect(result.status == 0)
        #expect(result.output.contains("TASK_RUNNING  nothing to pull"))
    }

    @Test func `refuses a relative path without a base, in the words of Mesos`() throws {
        let folder = try TemporaryFolder()
        let result = try BuiltProgram.run(
            ["run", "\(fixtures)/apps/docker-archive.json"],
            environment: ["TMPDIR": folder.url.path])
        #expect(result.status == 1)
        #expect(result.output.contains("the Mesos framework home was not specified"))
    }

    @Test func `lets the agent's DOCKER_CONFIG beat the sandbox, as Docker does`() throws {
        let folder = try TemporaryFolder()
        let result = try run(
            [
                "\(fixtures)/apps/docker-archive.json", "--agent-env",
                "DOCKER_CONFIG=\(folder.url.path)",
            ], folder: folder)
        #expect(result.status == 1)
        #expect(result.output.contains("would be anonymous though the task brings a login"))
    }

    @Test func `uses the agent's own login where the sandbox has none`() throws {
        let folder = try TemporaryFolder()
        let result = try run(
            [
                "\(fixtures)/apps/folder-too-deep.json", "--docker-config",
                "\(fixtures)/configs/minimal.json",
            ], folder: folder)
        #expect(result.output.contains("TASK_RUNNING"))
        #expect(result.output.contains("as foo"))
    }
}
