import Foundation
import Testing
import Transfer
import Vocabulary

@testable import Fetcher

/// A client that writes down what it was asked, and copies the file `content` of its folder.
private struct FakeHadoop {
    let folder: TestFolder
    var settings = SourceSettings()

    init(_ script: String = "", copying content: [UInt8] = Array("from hadoop".utf8)) throws {
        folder = try TestFolder()
        try folder.write("content", content)
        try folder.write("scratch/.keep", [])
        let text = """
            #!/bin/sh
            here='\(folder.path)'
            for word; do printf '%s\\n' "$word"; done >>"$here/calls"
            echo "HADOOP_HOME=$HADOOP_HOME" >>"$here/calls"
            \(script)
            echo 'WARN util.NativeCodeLoader: Unable to load native-hadoop library' >&2
            case "$1 $2" in
            'version ') echo 'Hadoop 3.3.6' ;;
            'fs -copyToLocal') [ ! -e "$4" ] && cp "$here/content" "$4" ;;
            'fs -du') echo "$(wc -c <"$here/content")  $(wc -c <"$here/content")  $3" ;;
            esac
            """
        try folder.write("bin/hadoop", Array(text.utf8), mode: 0o755)
        settings.hadoop = HadoopSettings(
            home: folder.path, environment: ["PATH": "/usr/bin:/bin"],
            scratch: folder.path + "/scratch")
    }

    func calls() throws -> [String] {
        try folder.text("calls").split(separator: "\n").map(String.init)
    }

    /// Nothing of the client's copy is left.
    func expectNothingLeft() throws {
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path + "/scratch")
                == [".keep"])
    }
}

@Suite(.timeLimit(.minutes(3))) struct `Hadoop's client` {
    @Test(arguments: [
        "hdfs://nn/dir/a b.tgz", "hftp://nn/x", "s3://b/x", "s3n://b/x", "HTTP://h/x", "foo://h/x",
    ])
    func `is started with Mesos' own command lines`(_ uri: String) throws {
        let fake = try FakeHadoop()
        let answer = try send(uri, fake.settings)
        #expect(String(decoding: answer.sink.bytes, as: UTF8.self) == "from hadoop")
        let home = "HADOOP_HOME=\(fake.folder.path)"
        let calls = try fake.calls()
        #expect(calls.count == 7)
        #expect(Array(calls[..<5]) == ["version", home, "fs", "-copyToLocal", uri])
        let name = uri.split(separator: "/").last.map(String.init) ?? ""
        #expect(calls[5].hasPrefix(fake.folder.path + "/scratch/.simagent-hadoop-"))
        #expect(calls[5].hasSuffix("/" + name))
        try fake.expectNothingLeft()
    }

    @Test func `is asked for the size as Mesos asks`() throws {
        let fake = try FakeHadoop()
        let head = try source(of: "hdfs://nn/x", fake.settings).look(cancellation: nil)
        #expect(head.length == 11)
        #expect(
            try fake.calls() == ["fs", "-du", "hdfs://nn/x", "HADOOP_HOME=\(fake.folder.path)"])
    }

    @Test(arguments: [
        ("12 hdfs://nn/x", 12), ("12  36  hdfs://nn/x", 12), ("log\n7\thdfs://nn/x\n", 7),
        ("12 24 36 hdfs://nn/x", nil), ("12 hdfs://nn/y", nil), ("", nil),
    ])
    func `says the size in a line of two or three fields`(_ output: String, _ size: UInt64?) {
        #expect(HadoopSource.size(of: "hdfs://nn/x", in: output) == size)
    }

    @Test func `is found on PATH, and beneath HADOOP_HOME before that`() throws {
        let fake = try FakeHadoop()
        let other = try FakeHadoop("", copying: Array("other".utf8))
        var settings = fake.settings
        settings.hadoop?.home = nil
        settings.hadoop?.environment["PATH"] = "\(fake.folder.path)/bin:/usr/bin:/bin"
        #expect(try send("hdfs://nn/x", settings).sink.bytes.count == 11)
        settings.hadoop?.environment["HADOOP_HOME"] = other.folder.path
        #expect(try send("hdfs://nn/x", settings).sink.bytes.count == 5)
    }

    @Test func `that is missing is told of with the status that Mesos prints`() throws {
        let fake = try FakeHadoop()
        var settings = fake.settings
        settings.hadoop?.home = "/nowhere"
        let error = refusal("hdfs://nn/x", settings)
        #expect(error?.code == .unsupportedScheme)
        #expect(
            error?.message.hasPrefix(
                "Failed to create HDFS client: Hadoop client is not available, exit status: 32512")
                == true)
        #expect(error?.advice.contains("--hadoop-home") == true)
    }

    @Test func `that does not start is told of with its status`() throws {
        let fake = try FakeHadoop("exit 3")
        #expect(
            refusal("hdfs://nn/x", fake.settings)?.message
                == "Failed to create HDFS client: Hadoop client is not available, exit status: 768")
    }

    @Test func `that fails is quoted without secrets, and leaves nothing`() throws {
        let fake = try FakeHadoop(
            """
            [ "$2" = -copyToLocal ] || exit 0
            echo half >"$4"
            echo "copyToLocal: $3: No such file" >&2
            echo "see hdfs://me:hunter2@nn/x" >&2
            exit 1
            """)
        let error = refusal("hdfs://me:hunter2@nn/x", fake.settings)
        #expect(
            error?.message
                == "HDFS copyToLocal failed: Unexpected result from the subprocess: status='256',"
                + " stdout='', stderr='copyToLocal: hdfs://***@nn/x: No such file see"
                + " hdfs://***@nn/x '")
        try fake.expectNothingLeft()
    }

    @Test func `is ended with its children when the work is interrupted, or does not go on`() throws
    {
        let fake = try FakeHadoop("[ \"$2\" != -copyToLocal ] || { sleep 60 & sleep 60; }")
        let cancellation = Cancellation()
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 1)
            cancellation.cancel()
        }
        let start = ContinuousClock.now
        let error = #expect(throws: FetchError.self) {
            try send("hdfs://nn/x", fake.settings, cancellation: cancellation)
        }
        #expect(error?.code == .cancelled)
        var hasty = fake.settings
        hasty.transfers.stallTimeout = .seconds(2)
        #expect(
            refusal("hdfs://nn/x", hasty)?.message
                == "Hadoop's client copied nothing for 2.0 seconds, after 0 bytes")
        // Alone it would sleep far longer.
        #expect(ContinuousClock.now - start < .seconds(45))
        try fake.expectNothingLeft()
    }

    @Test func `gives way to what was set up, and to nobody else`() throws {
        let fake = try FakeHadoop()
        var settings = fake.settings
        #expect(try source(of: "s3://b/x", settings) is HadoopSource)
        #expect(try source(of: "gs://b/x", settings) is HadoopSource)
        #expect(try source(of: "webhdfs://nn:9870/x", settings) is HadoopSource)
        #expect(try source(of: "s3n://a:b@c/x", settings) is ObjectStoreSource)
        settings.s3.endpoint = "http://127.0.0.1:1"
        settings.webHDFS.addresses["nn"] = ["http://127.0.0.1:1"]
        #expect(try source(of: "s3://b/x", settings) is ObjectStoreSource)
        #expect(try source(of: "hdfs://nn:8020/x", settings) is WebHDFSSource)
        #expect(try source(of: "hdfs:///x", settings) is WebHDFSSource)
        #expect(try source(of: "hdfs://other/x", settings) is HadoopSource)
        settings = SourceSettings()
        #expect(try source(of: "gs://b/x", settings) is ObjectStoreSource)
        #expect(try source(of: "swebhdfs://nn:9870/x", settings) is WebHDFSSource)
        #expect(
            refusal("HTTP://h/x", settings)?.advice
                == "write the scheme in lower case: Mesos gives HTTP:// to Hadoop's client")
    }
}
