import ConfinedFiles
import Foundation
import LoopbackServers
import Testing
import Transfer
import Vocabulary

@testable import Fetcher

@Suite(.timeLimit(.minutes(3))) struct `An artifact of a web or FTP server` {
    private let nginx: Nginx
    private var settings = SourceSettings()

    init() throws {
        nginx = try Nginx(files: ["a.bin": pattern(300_000), "empty": []])
        settings.transfers.certificateFile = nginx.certificate
    }

    @Test func `comes whole, as it was sent`() throws {
        for base in [nginx.base, nginx.secureBase] {
            let answer = try send(base + "/files/a.bin", settings)
            #expect(answer.sink.bytes == pattern(300_000))
            #expect(answer.sink.head?.length == 300_000)
        }
        #expect(try send(nginx.base + "/files/empty", settings).sink.head?.length == 0)
        // Mesos asks for no encoding and undoes none.
        #expect(try send(nginx.base + "/encoded/a.bin", settings).sink.bytes.count == 300_000)
        let ftp = try FTPServer(files: ["a.bin": pattern(300_000)])
        let answer = try send("ftp://user:p%40ss@127.0.0.1:\(ftp.port)/a.bin", settings)
        #expect(answer.sink.bytes == pattern(300_000))
        #expect(refusal("ftp://127.0.0.1:\(ftp.port)/none", settings)?.code == .transferFailed)
    }

    @Test func `is not sent again where it is still the same`() throws {
        let head = try source(of: nginx.base + "/files/a.bin", settings).look(cancellation: nil)
        #expect(head.length == 300_000 && head.isComparable)
        let again = try send(nginx.base + "/files/a.bin", settings, unlessStill: head)
        #expect(again.receipt.isUnchanged && again.sink.head == nil)
        var other = head
        other.entityTag = "\"other\""
        #expect(
            try send(nginx.base + "/files/a.bin", settings, unlessStill: other).sink.bytes.count
                == 300_000)
    }

    @Test(arguments: [
        (403, "give the server's login, or let every agent read it"), (404, "correct the URI"),
        (410, "correct the URI"), (500, "see the server's own log, or try again later"),
        (503, "see the server's own log, or try again later"),
    ])
    func `with another status than 200 is an error in Mesos' words`(
        _ status: Int, _ advice: String
    ) {
        let error = refusal(nginx.base + "/status/\(status)", settings)
        #expect(
            error?.message == "Error downloading resource, received HTTP return code \(status)")
        #expect(error?.advice == advice)
    }

    @Test func `that is cut is continued, three times and no more`() throws {
        let folder = try TestFolder()
        let server = try LoopbackServer(script: script("cutting-server.py"))
        let base = "http://127.0.0.1:\(server.port)"
        for cuts in 0...3 {
            let answer = try send(base + "/\(cuts)/strong/\(cuts)", settings)
            #expect(answer.sink.bytes == pattern(100_000))
            #expect(answer.receipt.continuations == cuts)
        }
        for (path, words) in [
            ("/4/strong/x", "the connection ended after "),
            ("/1/weak/x", "the connection ended after 50000 bytes, before the content did"),
            ("/1/none/x", "the connection ended after 50000 bytes, before the content did"),
            (
                "/1/changing/x",
                "the connection ended after 50000 bytes, and the server cannot continue: it knows"
                    + " no ranges, or the file has changed"
            ), ("/1/shifted/x", "the server cannot continue"),
            ("/1/broken/x", "received HTTP return code 503"),
        ] {
            let error = try #require(refusal(base + path, settings))
            #expect(error.message.contains(words), "\(error)")
        }
        #expect(try folder.names().isEmpty)
    }

    @Test func `that leaves HTTPS, or Hadoop's way, is told of`() throws {
        let folder = try TestFolder()
        let directory = try ConfinedDirectory(opening: folder.path)
        var options = FetchOptions()
        options.sources = settings
        let outcome = ArtifactFetcher(into: directory, options: options).fetchAll([
            ArtifactRequest(uri: nginx.secureBase + "/plain/files/a.bin")
        ])
        #expect(outcome.failure == nil)
        let findings = outcome.artifacts.flatMap(\.findings) + outcome.findings
        #expect(findings.contains { $0.id == "F35" && $0.message.contains(nginx.base) })
        let store = try TestFolder()
        try store.write("public/x", [1])
        let server = try LoopbackServer(
            script: script("s3-server.py"), arguments: [store.path, "r", "a", "b"])
        options.sources.s3.endpoint = "http://127.0.0.1:\(server.port)"
        let other = ArtifactFetcher(into: directory, options: options)
            .fetchAll([ArtifactRequest(uri: "s3://public/x")])
        #expect(
            (other.artifacts.flatMap(\.findings) + other.findings).map(\.id).contains("F34"))
    }
}
