import Fetcher
import Foundation
import LoopbackServers
import Testing

/// What is in a sandbox after a fetch, directly and through the cache, as Mesos leaves it.
@Suite struct `A sandbox after a fetch` {
    struct OutcomeCase: Decodable, Sendable, CustomTestStringConvertible {
        struct Request: Decodable, Sendable {
            let extract: Bool?
            let executable: Bool?
            let outputFile: String?
        }

        let name: String
        let request: Request
        /// The last part of the URI.
        let source: String
        /// Files and folders, executable ones with a star.
        let sandbox: [String]
        let cached: [String]
        var testDescription: String { name }
    }

    @Test(arguments: try cases("outcomes", of: OutcomeCase.self))
    func `holds what Mesos leaves there`(_ example: OutcomeCase) throws {
        let place = try FetchPlace()
        let name = String(example.source.prefix { $0 != "?" })
        if name.lowercased().hasSuffix(".tgz") || name.lowercased().hasSuffix(".tar.gz") {
            _ = try place.tar(name, member: "m", "text")
            try place.run(["chmod", "644", place.folder.path + "/source/" + name])
        } else if name.hasSuffix(".gz") {
            let file = try place.source(String(name.dropLast(3)), "text")
            try place.run(["gzip", file])
        } else {
            try place.source(name, "text")
        }
        let server = try place.server()
        defer { withExtendedLifetime(server) {} }
        for isCached in [false, true] {
            let request = ArtifactRequest(
                uri: "http://127.0.0.1:\(server.port)/\(example.source)",
                extract: example.request.extract ?? true,
                executable: example.request.executable ?? false, cache: isCached,
                outputFile: example.request.outputFile)
            // The second task of two is the one that gets it from the cache.
            let names = isCached ? ["first", "second"] : ["direct"]
            for sandbox in names {
                let cache = try place.cache()
                let task = try place.task(sandbox, [request], cache: cache)
                #expect(task.outcome.failure == nil)
                let found = try task.names().map { name in
                    let isStarred = name != "d" && name != "m"
                    return try isStarred && task.isExecutable(name) ? name + "*" : name
                }
                #expect(found == (isCached ? example.cached : example.sandbox), "\(sandbox)")
                #expect(task.outcome.artifacts.first?.isCached == (sandbox == "second"))
            }
        }
    }
}
