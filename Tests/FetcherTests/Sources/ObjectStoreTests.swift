import Foundation
import LoopbackServers
import Testing
import Vocabulary

@testable import Fetcher

/// The server of `s3-server.py`, which computes every signature itself.
private struct Store {
    let folder: TestFolder
    let server: LoopbackServer
    var settings = SourceSettings()

    init(token: String? = nil) throws {
        folder = try TestFolder()
        for bucket in ["artifacts", "public", "cut", "abroad"] {
            try folder.write("\(bucket)/a.bin", pattern(200_000))
        }
        try folder.write("artifacts/dir/a b+c=é?x#y%20~.txt", Array("odd".utf8))
        server = try LoopbackServer(
            script: script("s3-server.py"),
            arguments: [folder.path, "eu-central-1", "AK", "S/K+x"] + (token.map { [$0] } ?? []))
        settings.s3.endpoint = "http://127.0.0.1:\(server.port)/"
        settings.s3.region = "eu-central-1"
        settings.s3.keys = ObjectStoreKeys(
            accessKey: "AK", secretKey: Secret("S/K+x"), sessionToken: token.map { Secret($0) },
            place: "AWS_ACCESS_KEY_ID")
    }
}

@Suite(.timeLimit(.minutes(3))) struct `An object of S3` {
    @Test(arguments: ["s3", "s3a", "s3n"])
    func `is fetched with a signature that the server computes too`(_ scheme: String) throws {
        let store = try Store()
        let whole = try send("\(scheme)://artifacts/a.bin", store.settings)
        #expect(whole.sink.bytes == pattern(200_000))
        #expect(whole.sink.head?.length == 200_000)
        let odd = try send("\(scheme)://artifacts/dir/a b+c=é?x#y%20~.txt", store.settings)
        #expect(odd.sink.bytes == Array("odd".utf8))
    }

    @Test func `is looked at, and not sent where it is still the same`() throws {
        let store = try Store()
        let head = try source(of: "s3://artifacts/a.bin", store.settings)
            .look(cancellation: nil)
        #expect(head.length == 200_000 && head.status == 200)
        let again = try send("s3://artifacts/a.bin", store.settings, unlessStill: head)
        #expect(again.receipt.isUnchanged && again.sink.head == nil)
    }

    @Test func `comes with keys that expire, and with those of the URI`() throws {
        let store = try Store(token: "t/o+k=en")
        #expect(try send("s3://artifacts/a.bin", store.settings).sink.bytes.count == 200_000)
        var other = store.settings
        other.s3.keys?.sessionToken = Secret("hunter2")
        #expect(
            refusal("s3://artifacts/a.bin", other)?.message
                == "S3 answers HTTP 403 (InvalidToken): the session token of"
                + " AWS_ACCESS_KEY_ID is none")
        let plain = try Store()
        var without = plain.settings
        without.s3.keys = nil
        #expect(
            try send("s3n://AK:S%2FK+x@artifacts/a.bin", without).sink.bytes == pattern(200_000))
    }

    @Test func `comes anonymously where there are no keys`() throws {
        var settings = try Store().settings
        let store = try Store()
        settings = store.settings
        settings.s3.keys = nil
        #expect(try send("s3://public/a.bin", settings).sink.bytes == pattern(200_000))
        let error = refusal("s3://artifacts/a.bin", settings)
        #expect(
            error?.message
                == "S3 answers HTTP 403 (AccessDenied): the object is not public, and there are no"
                + " keys")
        #expect(error?.advice.contains("AWS_ACCESS_KEY_ID") == true)
        settings.s3.problem = "profile x gets its keys by role_arn, which is not done here"
        #expect(refusal("s3://artifacts/a.bin", settings)?.advice == settings.s3.problem)
    }

    @Test func `is continued where its connection was cut`() throws {
        let store = try Store()
        let answer = try send("s3://cut/a.bin", store.settings)
        #expect(answer.sink.bytes == pattern(200_000))
        #expect(answer.receipt.continuations == 1)
    }

    @Test func `of another region is asked for there`() throws {
        let store = try Store()
        #expect(try send("s3://abroad/a.bin", store.settings).sink.bytes == pattern(200_000))
        #expect(
            try source(of: "s3://abroad/a.bin", store.settings).look(cancellation: nil).length
                == 200_000)
    }

    @Test func `that is not given is explained`() throws {
        let store = try Store()
        for (uri, words) in [
            ("s3://artifacts/none", "(NoSuchKey): the bucket artifacts has no such object"),
            ("s3://nowhere/a", "(NoSuchBucket): there is no bucket nowhere"),
        ] {
            #expect(refusal(uri, store.settings)?.message == "S3 answers HTTP 404 \(words)")
        }
        var wrong = store.settings
        wrong.s3.keys?.secretKey = Secret("hunter2")
        #expect(
            refusal("s3://artifacts/a.bin", wrong)?.message.contains("(SignatureDoesNotMatch)")
                == true)
        wrong.s3.keys?.accessKey = "other"
        #expect(
            refusal("s3://artifacts/a.bin", wrong)?.message.contains("(InvalidAccessKeyId)")
                == true)
        store.server.stop()
        #expect(refusal("s3://artifacts/a.bin", store.settings)?.code == .transferFailed)
    }

    @Test(arguments: ["s3://", "s3:///a", "s3://b", "s3://b/", "s3://b/dir/", "s3://a@b/c"])
    func `has a bucket and a key`(_ uri: String) {
        #expect(refusal(uri, SourceSettings())?.code == .invalidURI)
    }

    @Test func `is fetched from moto, which checks signatures with AWS' own code`() throws {
        let folder = try TestFolder()
        try folder.write("content", pattern(500_000))
        let own = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../.build/moto/bin/python").standardized.path
        let server = try LoopbackServer(
            script: script("moto-server.py"),
            arguments: [folder.path + "/keys", folder.path + "/content"],
            interpreter: FileManager.default.isExecutableFile(atPath: own) ? own : "python3")
        let keys = try folder.text("keys").split(separator: "\n").map(String.init)
        var settings = SourceSettings()
        settings.s3.endpoint = "http://127.0.0.1:\(server.port)"
        settings.s3.region = "eu-central-1"
        settings.s3.keys = ObjectStoreKeys(
            accessKey: keys[0], secretKey: Secret(keys[1]), place: "the test")
        #expect(try send("s3://artifacts/a.bin", settings).sink.bytes == pattern(500_000))
        #expect(
            refusal("s3://artifacts/none", settings)?.message
                == "S3 answers HTTP 404 (NoSuchKey): the bucket artifacts has no such object")
        settings.s3.keys?.secretKey = Secret("hunter2")
        #expect(
            refusal("s3://artifacts/a.bin", settings)?.message.contains("(SignatureDoesNotMatch)")
                == true)
    }
}

@Suite(.timeLimit(.minutes(3))) struct `An object of Google Cloud Storage` {
    @Test func `is fetched anonymously, or with an HMAC key`() throws {
        let folder = try TestFolder()
        for bucket in ["artifacts", "public"] { try folder.write("\(bucket)/x/a", pattern(9)) }
        let server = try LoopbackServer(
            script: script("s3-server.py"), arguments: [folder.path, "auto", "GOOG1", "S/K+x"])
        var environment = ["STORAGE_EMULATOR_HOST": "127.0.0.1:\(server.port)"]
        var settings = SourceSettings()
        settings.googleStorage = GoogleStorageSettings(environment: environment, boto: nil)
        #expect(try send("gs://public/x/a", settings).sink.bytes == pattern(9))
        let error = refusal("gs://artifacts/x/a", settings)
        #expect(
            error?.message
                == "Google Cloud Storage answers HTTP 403 (AccessDenied): the object is not public,"
                + " and there are no keys")
        #expect(error?.advice.contains("GS_ACCESS_KEY_ID") == true)
        environment["GS_ACCESS_KEY_ID"] = "GOOG1"
        environment["GS_SECRET_ACCESS_KEY"] = "S/K+x"
        settings.googleStorage = GoogleStorageSettings(environment: environment, boto: nil)
        #expect(try send("gs://artifacts/x/a", settings).sink.bytes == pattern(9))
        let boto = "[Credentials]\ngs_access_key_id = GOOG1\ngs_secret_access_key = S/K+x\n"
        environment["GS_ACCESS_KEY_ID"] = nil
        settings.googleStorage = GoogleStorageSettings(
            environment: environment, boto: Array(boto.utf8))
        #expect(try send("gs://artifacts/x/a", settings).sink.bytes == pattern(9))
    }
}
