import ConfinedFiles
import Fetcher
import Foundation
import LoopbackServers
import Testing
import Vocabulary

@Suite struct `An archive that is unpacked while it comes` {
    /// Packs a tree of the place's folder with tar.
    private func pack(
        _ place: FetchPlace, _ name: String, _ files: [String: String], flags: String = "-czf"
    ) throws -> String {
        let inside = place.folder.appendingPathComponent("in-\(UUID().uuidString)")
        for (file, text) in files {
            let path = inside.appendingPathComponent(file)
            try FileManager.default.createDirectory(
                at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: path)
        }
        let archive = place.folder.appendingPathComponent("source/\(name)").path
        try place.run(["tar", "-C", inside.path, flags, archive, "."])
        return archive
    }

    @Test func `leaves nothing, and takes nothing away, when it is cut off`() throws {
        let place = try FetchPlace()
        let noise = (0..<200_000).map { "\($0 &* 2_654_435_761)" }.joined()
        _ = try pack(place, "a.tar.gz", ["first": "new", "noise": noise])
        let server = try place.server()
        defer { withExtendedLifetime(server) {} }
        let sandbox = place.folder.appendingPathComponent("0")
        try FileManager.default.createDirectory(at: sandbox, withIntermediateDirectories: true)
        try Data("old".utf8).write(to: sandbox.appendingPathComponent("first"))
        let uri = "http://127.0.0.1:\(server.port)/a.tar.gz?notag&cut=300000"
        let task = try place.task(
            "0", [ArtifactRequest(uri: uri, outputFile: "a.tar.gz")])
        #expect(task.outcome.failure?.code == .transferFailed)
        #expect(try task.names() == ["first"])
        #expect(try task.text("first") == "old")
    }

    @Test func `is kept when it is damaged, without anything of its tree`() throws {
        let place = try FetchPlace()
        let path = try pack(place, "a.tar.gz", ["first": "new"])
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try whole.prefix(whole.count - 12).write(to: URL(fileURLWithPath: path))
        let task = try place.task("0", [ArtifactRequest(uri: path)])
        #expect(task.outcome.failure?.code == .notExtracted)
        #expect(task.outcome.findings.map(\.id) == ["F02"])
        #expect(try task.names() == ["a.tar.gz"])
        #expect(task.outcome.artifacts.map(\.isExtracted) == [false])
    }

    @Test func `joins folders that are there, and replaces files`() throws {
        let place = try FetchPlace()
        let first = try pack(place, "1.tar", ["d/a": "1", "d/e/b": "1", "x": "1"], flags: "-cf")
        let second = try pack(place, "2.tar", ["d/a": "2", "d/e/c": "2"], flags: "-cf")
        let task = try place.task(
            "0", [ArtifactRequest(uri: first), ArtifactRequest(uri: second)])
        #expect(task.outcome.failure == nil)
        #expect(
            try task.names()
                == ["1.tar", "2.tar", "d", "d/a", "d/e", "d/e/b", "d/e/c", "x"])
        #expect(try task.text("d/a") == "2")
        #expect(task.outcome.findings.map(\.id) == ["F10"])
    }

    @Test func `makes a folder of a file, and no file of a folder that is in use`() throws {
        let place = try FetchPlace()
        let folder = try pack(place, "1.tar", ["x/y": "1"], flags: "-cf")
        let file = try place.source("x", "file")
        let task = try place.task("0", [ArtifactRequest(uri: file), ArtifactRequest(uri: folder)])
        #expect(task.outcome.failure == nil)
        #expect(try task.text("x/y") == "1")
        let inside = try pack(place, "2.tar", ["x": "file"], flags: "-cf")
        let refused = try place.task(
            "1", [ArtifactRequest(uri: folder), ArtifactRequest(uri: inside)])
        #expect(refused.outcome.failure?.code == .unwritable)
        #expect(try refused.text("x/y") == "1")
        #expect(try refused.names() == ["1.tar", "2.tar", "x", "x/y"])
    }

    @Test func `tells of names that Mesos cannot write, and of logs that it replaces`() throws {
        let place = try FetchPlace()
        let path = try pack(place, "a.tar", ["für": "1", "stdout": "2"], flags: "-cf")
        let new = try place.task("0", [ArtifactRequest(uri: path)])
        #expect(new.outcome.findings.map(\.id) == ["F27", "F16"])
        let old = try place.task("1", [ArtifactRequest(uri: path)]) {
            $0.behavior = MesosBehavior(MesosVersion(1, 6))
        }
        #expect(old.outcome.findings.map(\.id) == ["F16"])
    }

    @Test func `tells of what Mesos makes of an empty file, and of a server's error`() throws {
        let place = try FetchPlace()
        let empty = try place.source("a.tgz", "")
        let task = try place.task("0", [ArtifactRequest(uri: empty)])
        #expect(task.outcome.findings.map(\.id) == ["F02", "F32"])
        let server = try place.server()
        defer { withExtendedLifetime(server) {} }
        let missing = try place.task(
            "1", [ArtifactRequest(uri: "http://127.0.0.1:\(server.port)/none")])
        #expect(missing.outcome.findings.map(\.id) == ["F01", "F21"])
        #expect(try missing.names() == [])
    }

    @Test func `that leads outside is refused, and Mesos' own way told`() throws {
        let place = try FetchPlace()
        let outside = place.folder.appendingPathComponent("outside")
        try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
        let inside = place.folder.appendingPathComponent("link")
        try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: inside.path + "/out", withDestinationPath: outside.path)
        let archive = place.folder.appendingPathComponent("source/l.tar").path
        try place.run(["tar", "-C", inside.path, "-cf", archive, "out"])
        let task = try place.task("0", [ArtifactRequest(uri: archive)])
        #expect(task.outcome.failure?.code == .notExtracted)
        #expect(task.outcome.findings.map(\.id) == ["F02", "F28"])
        #expect(try task.names() == ["l.tar"])
    }

    @Test func `gives folders the modes that the archive says`() throws {
        let place = try FetchPlace()
        let inside = place.folder.appendingPathComponent("modes")
        try FileManager.default.createDirectory(
            at: inside.appendingPathComponent(".docker"), withIntermediateDirectories: true)
        try Data("{}".utf8).write(to: inside.appendingPathComponent(".docker/config.json"))
        try place.run(["chmod", "600", inside.path + "/.docker/config.json"])
        try place.run(["chmod", "700", inside.path + "/.docker"])
        let archive = place.folder.appendingPathComponent("source/docker.tar.gz").path
        try place.run(["tar", "-C", inside.path, "-czf", archive, ".docker"])
        for name in ["0", "1"] {
            let task = try place.task(name, [ArtifactRequest(uri: archive, cache: name == "1")])
            let folder = try task.directory.status(at: Array(".docker".utf8)[...])
            let file = try task.directory.status(at: Array(".docker/config.json".utf8)[...])
            #expect(folder?.mode == 0o700 && file?.mode == 0o600)
        }
    }

    @Test func `stops at once when the work is cancelled`() throws {
        let place = try FetchPlace()
        _ = try pack(place, "a.tar.gz", ["first": String(repeating: "x", count: 100_000)])
        let server = try place.server()
        defer { withExtendedLifetime(server) {} }
        let stop = Cancellation()
        let uri = "http://127.0.0.1:\(server.port)/a.tar.gz?rate=10"
        concurrently(2, width: 2) { index in
            if index == 0 {
                usleep(300_000)
                stop.cancel()
            } else {
                let task = try? place.task("0", [ArtifactRequest(uri: uri)]) {
                    $0.cancellation = stop
                }
                #expect(task?.outcome.failure?.code == .cancelled)
                #expect((try? task?.names()) == [])
            }
        }
    }
}
