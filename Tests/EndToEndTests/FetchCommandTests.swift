import Foundation
import LoopbackServers
import Testing

/// A server for the files of a folder, which also remembers what it was asked.
func fileServer(_ folder: TemporaryFolder) throws -> LoopbackServer {
    let script = BuiltProgram.checkout
        .appendingPathComponent("Tests/FetcherTests/Servers/file-server.py").path
    return try LoopbackServer(script: script, arguments: [folder.url.path])
}

@Suite struct `simagent fetch` {
    private func json(_ result: ProgramResult) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return try #require(object as? [String: Any])
    }

    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    @Test func `brings and unpacks an archive, and keeps it`() throws {
        let (folder, served) = (try TemporaryFolder(), try TemporaryFolder())
        _ = try served.write("in/a.txt", "text")
        let inside = served.url.appendingPathComponent("in").path
        _ = try BuiltProgram.runTool(
            "tar", ["-C", inside, "-czf", served.url.path + "/a.tar.gz", "a.txt"])
        let server = try fileServer(served)
        defer { withExtendedLifetime(server) {} }
        let into = folder.url.appendingPathComponent("out").path
        let result = try BuiltProgram.run(
            [
                "fetch", "http://127.0.0.1:\(server.port)/a.tar.gz", "--into", into, "--format",
                "json",
            ])
        #expect(result.status == 0)
        let report = try json(result)
        #expect(report["schema"] as? String == "simagent.fetch/1")
        let fetched = try #require((report["fetched"] as? [[String: Any]])?.first)
        #expect(fetched["path"] as? String == "a.tar.gz")
        #expect(fetched["extracted"] as? Bool == true)
        #expect(try names(into) == ["a.tar.gz", "a.txt"])
        let plain = try BuiltProgram.run(
            [
                "fetch", "http://127.0.0.1:\(server.port)/a.tar.gz", "--into", into + "2",
                "--no-extract", "--output-file", "sub/x.bin",
            ])
        #expect(plain.status == 0)
        #expect(try names(into + "2/sub") == ["x.bin"])
    }

    @Test func `prints what is known when it fails, and leaves nothing half-made`() throws {
        let (folder, served) = (try TemporaryFolder(), try TemporaryFolder())
        _ = try served.write("a", String(repeating: "x", count: 100_000))
        let server = try fileServer(served)
        defer { withExtendedLifetime(server) {} }
        let into = folder.url.appendingPathComponent("out").path
        let base = "http://user:hunter2@127.0.0.1:\(server.port)"
        let result = try BuiltProgram.run(
            [
                "fetch", base + "/a", base + "/a?notag&cut=500&token=t0ken", "--into", into,
                "--format", "json",
            ])
        #expect(result.status == 1)
        #expect((try json(result)["fetched"] as? [Any])?.count == 1)
        #expect((try json(result)["error"] as? String)?.contains("after 500 bytes") == true)
        #expect(try names(into) == ["a"])
        for secret in ["hunter2", "t0ken"] {
            #expect(!result.output.contains(secret) && !result.errors.contains(secret))
        }
    }

    @Test(arguments: ["a.tar.gz", "a.bin"], [SIGINT, SIGTERM])
    func `ends within a second when it is interrupted`(_ name: String, _ signal: Int32) throws {
        let (folder, served) = (try TemporaryFolder(), try TemporaryFolder())
        _ = try served.write("in/a", String(repeating: "x", count: 5_000_000))
        let inside = served.url.appendingPathComponent("in").path
        _ = try BuiltProgram.runTool(
            "tar", ["-C", inside, "-czf", served.url.path + "/\(name)", "a"])
        let server = try fileServer(served)
        defer { withExtendedLifetime(server) {} }
        let into = folder.url.appendingPathComponent("out").path
        let process = Process()
        process.executableURL = BuiltProgram.folder.appendingPathComponent("simagent")
        process.arguments = [
            "fetch", "http://127.0.0.1:\(server.port)/\(name)?rate=100", "--into", into, "-q",
        ]
        try process.run()
        // It is under way when its temporary file or folder is there.
        while (try? names(into).isEmpty) != false, process.isRunning { usleep(20_000) }
        let start = ContinuousClock.now
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        // A second by contract; the rest is for a loaded machine.
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(try names(into) == [])
    }

    @Test func `gives the same with several at once, whoever comes first`() throws {
        let (folder, served) = (try TemporaryFolder(), try TemporaryFolder())
        for name in ["a", "b", "c", "d"] {
            _ = try served.write("\(name)/same", name)
        }
        let server = try fileServer(served)
        defer { withExtendedLifetime(server) {} }
        let into = folder.url.appendingPathComponent("out").path
        let base = "http://127.0.0.1:\(server.port)"
        let uris = ["a", "b", "c", "d"].map { "\(base)/\($0)/same?rate=\($0 == "d" ? 100 : 10)" }
        let result = try BuiltProgram.run(
            ["fetch"] + uris.map { $0 + "" } + [
                "--into", into, "--fetch-parallel", "4", "--no-extract",
            ])
        #expect(result.status == 0)
        #expect(try names(into).count == 2)
        let failing = try BuiltProgram.run(
            ["fetch", uris[0], base + "/none", uris[1]] + [
                "--into", into + "2", "--fetch-parallel", "4",
            ])
        #expect(failing.status == 1)
        #expect(try names(into + "2") == ["same?rate=10"])
    }

    @Test func `takes from a cache that an earlier run has filled`() throws {
        let (folder, served) = (try TemporaryFolder(), try TemporaryFolder())
        _ = try served.write("a", "text")
        let server = try fileServer(served)
        let cache = folder.url.appendingPathComponent("cache").path
        let uri = "http://127.0.0.1:\(server.port)/a"
        for (turn, isCached) in [false, true].enumerated() {
            let result = try BuiltProgram.run([
                "fetch", uri, "--cache", "--fetcher-cache-dir", cache, "--into",
                folder.url.path + "/\(turn)", "--format", "json",
            ])
            let fetched = try #require((try json(result)["fetched"] as? [[String: Any]])?.first)
            #expect(fetched["cached"] as? Bool == isCached)
        }
        let app = try folder.write(
            "app.json",
            #"{"id": "/a", "cmd": "sleep 1", "fetch": [{"uri": "\#(uri)", "cache": true}]}"#)
        let run = try BuiltProgram.run([
            "run", app, "--fetcher-cache-dir", cache, "--format", "json",
        ])
        let task = try #require((try json(run)["tasks"] as? [[String: Any]])?.first)
        let fetched = try #require((task["fetched"] as? [[String: Any]])?.first)
        #expect(fetched["cached"] as? Bool == true)
        let log = try BuiltProgram.run([
            "fetch", "http://127.0.0.1:\(server.port)/log", "--into", folder.url.path + "/log",
        ])
        #expect(log.status == 0)
        let text = try String(contentsOfFile: folder.url.path + "/log/log", encoding: .utf8)
        #expect(text == #"["HEAD /a", "GET /a"]"#)
    }

    @Test func `has a cache of its own for as long as it runs, unless one is named`() throws {
        let (folder, served) = (try TemporaryFolder(), try TemporaryFolder())
        _ = try served.write("a", "text")
        let server = try fileServer(served)
        defer { withExtendedLifetime(server) {} }
        let temporary = folder.url.appendingPathComponent("tmp")
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        let result = try BuiltProgram.run(
            [
                "fetch", "http://127.0.0.1:\(server.port)/a", "--cache", "--into",
                folder.url.path + "/out",
            ], environment: ["TMPDIR": temporary.path])
        #expect(result.status == 0)
        #expect(try names(temporary.path) == [])
    }

    @Test(arguments: [
        [], ["/a"], ["/a", "/b", "--output-file", "x", "--into", "y"],
        ["/a", "--into", "y", "--fetch-parallel", "0"], ["/a", "--into", "y", "--mesos", "new"],
    ])
    func `is used wrongly with 64`(_ arguments: [String]) throws {
        #expect(try BuiltProgram.run(["fetch"] + arguments).status == 64)
    }
}
