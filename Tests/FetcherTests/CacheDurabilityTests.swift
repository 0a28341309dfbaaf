import Fetcher
import Foundation
import LoopbackServers
import Synchronization
import Testing
import Vocabulary

@Suite struct `A cache` {
    private func file(_ place: FetchPlace, _ cache: FetchCache) throws -> URL {
        let name = try #require(try cache.entries().first?.file)
        return place.folder.appendingPathComponent("cache/\(name)")
    }

    @Test func `fetches again what was damaged, and gives out nothing else`() throws {
        let place = try FetchPlace()
        let cache = try place.cache()
        let request = ArtifactRequest(uri: try place.source("a", "content"), cache: true)
        _ = try place.task("0", [request], cache: cache)
        let handle = try FileHandle(forUpdating: try file(place, cache))
        try handle.seek(toOffset: 4_096)
        try handle.write(contentsOf: Data("C".utf8))
        try handle.close()
        let task = try place.task("1", [request], cache: cache)
        #expect(try task.text("a") == "content")
        #expect(task.outcome.artifacts.first?.isCached == false)
        #expect(try cache.entries().isEmpty)
        _ = try place.task("2", [request], cache: cache)
        #expect(
            try place.task("3", [request], cache: cache).outcome.artifacts.first?.isCached == true)
    }

    @Test(arguments: [0, 100, 4_095, 4_096, 4_100])
    func `removes a file that was cut short`(_ length: Int) throws {
        let place = try FetchPlace()
        let cache = try place.cache()
        let request = ArtifactRequest(uri: try place.source("a", "content"), cache: true)
        _ = try place.task("0", [request], cache: cache)
        let handle = try FileHandle(forUpdating: try file(place, cache))
        try handle.truncate(atOffset: UInt64(length))
        try handle.close()
        #expect(try cache.entries().isEmpty)
        #expect(try place.task("1", [request], cache: cache).text("a") == "content")
    }

    @Test func `removes what a dead process left, and lets others' files be`() throws {
        let place = try FetchPlace()
        let cache = try place.cache()
        let folder = place.folder.appendingPathComponent("cache")
        let key = String(repeating: "0", count: 64)
        try Data("half".utf8).write(to: folder.appendingPathComponent(key + ".part"))
        try Data("mine".utf8).write(to: folder.appendingPathComponent("notes.txt"))
        _ = try place.cache()
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
                == ["lock", "notes.txt"])
        _ = cache
    }

    @Test func `keeps users apart, and holds no secret in any name or file`() throws {
        let place = try FetchPlace()
        let cache = try place.cache()
        try place.source("a", "content")
        let server = try place.server()
        let uri = "http://user:hunter2@127.0.0.1:\(server.port)/a?token=t0ken"
        for user in ["alice", "bob", nil] {
            let task = try place.task(
                "\(user ?? "none")", [ArtifactRequest(uri: uri, cache: true)], cache: cache
            ) { $0.user = user }
            #expect(task.outcome.failure == nil)
        }
        #expect(try cache.entries().count == 3)
        let folder = place.folder.appendingPathComponent("cache")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let url = folder.appendingPathComponent(name)
            let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
            for secret in ["hunter2", "t0ken"] {
                #expect(!name.contains(secret) && !text.contains(secret))
            }
            let mode = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions]
            #expect(mode as? Int == 0o600)
        }
    }

    @Test func `asks whether it is current, and notices what has changed`() throws {
        let place = try FetchPlace()
        try place.source("a", "old")
        let server = try place.server()
        let request = ArtifactRequest(uri: "http://127.0.0.1:\(server.port)/a", cache: true)
        _ = try place.task("0", [request], cache: try place.cache())
        let same = try place.task("1", [request], cache: try place.cache(revalidates: true))
        #expect(same.outcome.artifacts.first?.isCached == true)
        try place.source("a", "new")
        let stale = try place.task("2", [request], cache: try place.cache())
        #expect(try stale.text("a") == "old")
        let cache = try place.cache(revalidates: true)
        let fresh = try place.task("3", [request], cache: cache)
        #expect(try fresh.text("a") == "new")
        #expect(fresh.outcome.findings.map(\.id) == ["F25"])
        // Asked once, not for every task.
        let before = try place.requests(to: server).count
        _ = try place.task("4", [request], cache: cache)
        #expect(try place.requests(to: server).count == before)
    }

    @Test func `is not trusted where others may write`() throws {
        let place = try FetchPlace()
        let folder = place.folder.appendingPathComponent("cache")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
        #expect(throws: (any Error).self) { try place.cache() }
    }

    @Test func `loads each URI once for many tasks at a time`() throws {
        let place = try FetchPlace()
        let cache = try place.cache()
        for index in 0..<8 {
            try place.source("f\(index)", String(repeating: "\(index)", count: 100_000))
        }
        let server = try place.server()
        let failures = Mutex<[String]>([])
        concurrently(40, width: 20) { index in
            let uri = "http://127.0.0.1:\(server.port)/f\(index % 8)"
            let task = try? place.task(
                "\(index)", [ArtifactRequest(uri: uri, cache: true)], cache: cache)
            let text = try? task?.text("f\(index % 8)")
            if text != String(repeating: "\(index % 8)", count: 100_000) {
                failures.withLock { $0.append("\(index)") }
            }
        }
        #expect(failures.withLock { $0 } == [])
        let requests = try place.requests(to: server)
        #expect(requests.count { $0.hasPrefix("GET /f") } == 8)
        #expect(requests.count { $0.hasPrefix("HEAD /f") } == 8)
    }
}
