import ConfinedFiles
import Fetcher
import Foundation
import LoopbackServers
import Testing

@Suite struct `An artifact` {
    /// A sandbox, and a folder beside it with what is fetched; both go with their owner.
    final class Place {
        let folder: URL
        let sandbox: ConfinedDirectory

        init() throws {
            folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("fetch-\(UUID().uuidString)")
            for name in ["sandbox", "source"] {
                try FileManager.default.createDirectory(
                    at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
            }
            sandbox = try ConfinedDirectory(
                opening: folder.appendingPathComponent("sandbox").path)
        }

        deinit {
            try? FileManager.default.removeItem(at: folder)
        }

        func source(_ name: String, _ text: String, mode: Int = 0o644) throws -> String {
            let file = folder.appendingPathComponent("source/\(name)")
            try Data(text.utf8).write(to: file)
            try FileManager.default.setAttributes(
                [.posixPermissions: mode], ofItemAtPath: file.path)
            return file.path
        }

        func fetch(
            _ request: ArtifactRequest, _ behavior: MesosBehavior = MesosBehavior()
        ) throws -> FetchedArtifact {
            var options = FetchOptions()
            options.behavior = behavior
            let outcome = ArtifactFetcher(into: sandbox, options: options).fetchAll([request])
            if let failure = outcome.failure { throw failure }
            return try #require(outcome.artifacts.first)
        }

        func names() throws -> [String] {
            try sandbox.names().map { String(decoding: $0, as: UTF8.self) }
        }

        func mode(_ name: String) throws -> UInt32? {
            try sandbox.status(at: Array(name.utf8)[...])?.mode
        }

        func text(_ name: String) throws -> String {
            String(
                decoding: try sandbox.readFile(at: Array(name.utf8)[...], limit: 1 << 20),
                as: UTF8.self)
        }
    }

    @Test func `is copied under the URI's name, with the source's mode`() throws {
        let place = try Place()
        let path = try place.source("a.txt", "hello", mode: 0o640)
        let artifact = try place.fetch(ArtifactRequest(uri: "file://localhost" + path))
        #expect(artifact.path == "a.txt" && artifact.bytes == 5 && !artifact.isExtracted)
        #expect(
            artifact.sha256
                == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")
        #expect(try place.names() == ["a.txt"])
        #expect(try place.mode("a.txt") == 0o640)
    }

    @Test func AbsoluteCustomSubdirectoryFails() throws {
        let place = try Place()
        let path = try place.source("test", "content")
        let error = #expect(throws: FetchError.self) {
            try place.fetch(ArtifactRequest(uri: path, outputFile: "/subdir/custom.txt"))
        }
        #expect(error?.message == "URI output file must be within the sandbox directory")
        #expect(try place.names().isEmpty)
    }

    @Test func `goes where its output file says, folders and all`() throws {
        let place = try Place()
        let path = try place.source("config.json", "{}")
        let artifact = try place.fetch(
            ArtifactRequest(uri: path, outputFile: ".docker/config.json"))
        #expect(artifact.path == ".docker/config.json")
        #expect(try place.text(".docker/config.json") == "{}")
    }

    @Test func `keeps its own name where Mesos is too old for output files`() throws {
        let place = try Place()
        let path = try place.source("config.json", "{}")
        let old = MesosBehavior(MesosVersion(0, 28))
        let artifact = try place.fetch(
            ArtifactRequest(uri: path, outputFile: ".docker/config.json"), old)
        #expect(artifact.path == "config.json")
    }

    @Test func `that is executable has mode 0755 and is not unpacked`() throws {
        let place = try Place()
        let path = try place.source("run.gz", "no gzip", mode: 0o600)
        let artifact = try place.fetch(ArtifactRequest(uri: path, executable: true))
        #expect(!artifact.isExtracted)
        #expect(try place.mode("run.gz") == 0o755)
    }

    @Test func `replaces what has its name, and writes through no link`() throws {
        let place = try Place()
        let outside = try place.source("outside", "kept")
        try place.sandbox.makeSymlink(
            at: Array("a.txt".utf8)[...], target: Array(outside.utf8))
        _ = try place.fetch(ArtifactRequest(uri: try place.source("a.txt", "new")))
        #expect(try place.text("a.txt") == "new")
        #expect(try String(contentsOfFile: outside, encoding: .utf8) == "kept")
    }

    @Test func `that is a bare gzip becomes a file without the suffix`() throws {
        let place = try Place()
        let path = try place.source("log.txt", "line\n")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-k", path]
        try process.run()
        process.waitUntilExit()
        let artifact = try place.fetch(ArtifactRequest(uri: path + ".gz"))
        #expect(artifact.isExtracted)
        #expect(try place.names() == ["log.txt", "log.txt.gz"])
        #expect(try place.text("log.txt") == "line\n")
    }

    @Test func `counts once where two requests differ in the cache alone`() throws {
        let place = try Place()
        let fetcher = ArtifactFetcher(into: place.sandbox)
        let twice = [ArtifactRequest(uri: "/a"), ArtifactRequest(uri: "/a", cache: true)]
        #expect(try fetcher.validated(twice).count == 1)
        let different = [ArtifactRequest(uri: "/a"), ArtifactRequest(uri: "/a", extract: false)]
        #expect(try fetcher.validated(different).count == 2)
    }

    @Test(arguments: [
        ("source", "`source` was a directory"), ("source/none", "No such file or directory"),
    ])
    func `that cannot be read is told of, and leaves nothing`(_ name: String, _ words: String)
        throws
    {
        let place = try Place()
        let path = place.folder.appendingPathComponent(name).path
        let error = #expect(throws: FetchError.self) {
            try place.fetch(ArtifactRequest(uri: path))
        }
        #expect(error?.message.contains(words) == true)
        #expect(try place.names().isEmpty)
    }

    @Test func `of a server comes whole, or leaves nothing`() throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
            .appendingPathComponent("TransferTests/Servers/transfer-server.py").path
        let server = try LoopbackServer(script: script)
        defer { withExtendedLifetime(server) {} }
        let base = "http://127.0.0.1:\(server.port)"
        let place = try Place()
        let whole = try place.fetch(ArtifactRequest(uri: base + "/bytes?n=100000"))
        #expect(whole.path == "bytes?n=100000")
        #expect(whole.bytes == 100_000)
        #expect(try place.fetch(ArtifactRequest(uri: base + "/redirect?n=3")).bytes == 10)
        let names = try place.names()
        for (path, words) in [
            ("/status?code=404", "received HTTP return code 404"),
            ("/status?code=206", "received HTTP return code 206"),
            ("/cut?n=1000", "Error downloading resource: the connection ended after 500 bytes"),
        ] {
            let error = #expect(throws: FetchError.self) {
                try place.fetch(ArtifactRequest(uri: base + path))
            }
            #expect(error?.code == .transferFailed)
            #expect(error?.message.contains(words) == true)
        }
        #expect(try place.names() == names)
    }

    @Test func `of no server is an error that shows no secret`() throws {
        let place = try Place()
        let error = #expect(throws: FetchError.self) {
            try place.fetch(ArtifactRequest(uri: "https://user:hunter2@127.0.0.1:1/a?token=t0ken"))
        }
        #expect(error?.code == .transferFailed)
        #expect(error?.uri == "https://***@127.0.0.1:1/a?token=***")
        #expect(error.map { !"\($0)".contains("hunter2") && !"\($0)".contains("t0ken") } == true)
    }
}
