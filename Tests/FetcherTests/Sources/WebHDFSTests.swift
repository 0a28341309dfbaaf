import Foundation
import LoopbackServers
import Testing
import Vocabulary

@testable import Fetcher

@Suite(.timeLimit(.minutes(3))) struct `A file of HDFS` {
    private let folder: TestFolder
    private let server: LoopbackServer
    private var settings = SourceSettings()

    init() throws {
        folder = try TestFolder()
        for name in ["a b%20c.bin", "cut-a", "changing-a", "missing-a", "private/p", "d/x"] {
            try folder.write(name, pattern(100_000))
        }
        server = try LoopbackServer(
            script: script("webhdfs-server.py"), arguments: [folder.path])
        settings.webHDFS.addresses["nn:8020"] = ["http://127.0.0.1:\(server.ports[0])/"]
    }

    @Test func `is fetched from its datanode, by whichever scheme`() throws {
        for uri in [
            "hdfs://nn:8020/a b%20c.bin", "webhdfs://nn:8020/a b%20c.bin",
            "hdfs:///a b%20c.bin", "webhdfs://127.0.0.1:\(server.ports[0])/a b%20c.bin",
        ] {
            let answer = try send(uri, settings)
            #expect(answer.sink.bytes == pattern(100_000))
            #expect(answer.sink.head?.length == 100_000)
            #expect(answer.receipt.redirectedTo == nil)
        }
    }

    @Test func `is looked at, and not sent where it is still the same`() throws {
        let head = try source(of: "hdfs://nn:8020/d/x", settings).look(cancellation: nil)
        #expect(head.length == 100_000 && head.isComparable)
        let again = try send("hdfs://nn:8020/d/x", settings, unlessStill: head)
        #expect(again.receipt.isUnchanged && again.sink.head == nil)
    }

    @Test func `is continued at its offset if it is still the same`() throws {
        let answer = try send("hdfs://nn:8020/cut-a", settings)
        #expect(answer.sink.bytes == pattern(100_000))
        #expect(answer.receipt.continuations == 1)
        let error = refusal("hdfs://nn:8020/changing-a", settings)
        #expect(error?.message.contains("the connection ended after 50000 bytes") == true)
    }

    @Test func `is read as the user that is named`() throws {
        let error = refusal("hdfs://nn:8020/private/p", settings)
        #expect(
            error?.message
                == "HDFS at 127.0.0.1:\(server.ports[0]) answers HTTP 403 (AccessControlException):"
                + " a nameless user may not read /private/p")
        #expect(
            try send("hdfs://alice@nn:8020/private/p", settings).sink.bytes.count == 100_000)
        var alice = settings
        alice.webHDFS.user = "alice"
        #expect(try send("hdfs://nn:8020/private/p", alice).sink.bytes.count == 100_000)
        alice.webHDFS.user = "bob"
        alice.webHDFS.addresses = ["nn": ["http://alice@127.0.0.1:\(server.ports[0])"]]
        #expect(try send("hdfs://nn:8020/private/p", alice).sink.bytes.count == 100_000)
    }

    @Test func `comes from the namenode that is no standby and is up`() throws {
        var several = settings
        several.webHDFS.addresses["nn:8020"] = [
            "http://127.0.0.1:1", "http://127.0.0.1:\(server.ports[2])",
            "http://127.0.0.1:\(server.ports[0])",
        ]
        #expect(try send("hdfs://nn:8020/d/x", several).sink.bytes.count == 100_000)
        several.webHDFS.addresses["nn:8020"]?.removeLast()
        let error = refusal("hdfs://nn:8020/d/x", several)
        #expect(error?.message.contains("(StandbyException): it is a standby") == true)
    }

    @Test func `keeps a gateway's login from its datanode`() throws {
        var gateway = settings
        gateway.webHDFS.addresses["nn:8020"] = [
            "http://knox:hunter2@127.0.0.1:\(server.ports[0])"
        ]
        #expect(try send("hdfs://nn:8020/d/x", gateway).sink.bytes.count == 100_000)
        #expect(refusal("hdfs://nn:8020/none", gateway)?.code == .transferFailed)
    }

    @Test(arguments: [
        ("hdfs://nn:8020/none", "answers HTTP 404 (FileNotFoundException): there is no file /none"),
        ("hdfs://nn:8020/d", "`source` was a directory"),
        ("hdfs://nn:8020/kerberos/x", "answers HTTP 401: it wants a login, by Kerberos"),
        ("hdfs://nn:8020/missing-a", "no server answers at 127.0.0.1:1"),
    ])
    func `that is not given is explained`(_ uri: String, _ words: String) throws {
        let error = try #require(refusal(uri, settings))
        #expect(error.message.contains(words), "\(error)")
    }

    @Test func `is not to be had from what is no namenode`() throws {
        var wrong = settings
        wrong.webHDFS.addresses["nn:8020"] = ["http://127.0.0.1:\(server.ports[0])/other"]
        #expect(
            refusal("hdfs://nn:8020/d/x", wrong)?.message.contains("it has no WebHDFS") == true)
    }

    @Test func `of nobody says what is missing`() {
        let error = refusal("hdfs://me:hunter2@elsewhere/x", SourceSettings())
        #expect(error?.code == .unsupportedScheme)
        #expect(
            error?.advice
                == "install Hadoop's client on every agent, or give --hadoop-home, or --webhdfs"
                + " elsewhere=URL")
    }
}
