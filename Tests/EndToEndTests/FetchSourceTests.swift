import Foundation
import LoopbackServers
import Testing

private func server(_ name: String, _ arguments: [String]) throws -> LoopbackServer {
    try LoopbackServer(
        script: BuiltProgram.checkout.appendingPathComponent("Tests/FetcherTests/Servers/\(name)")
            .path, arguments: arguments)
}

@Suite(.timeLimit(.minutes(5))) struct `simagent run and fetch take` {
    /// Fetches with the built program, and gives what is in the directory then.
    private func fetch(
        _ uris: [String], _ arguments: [String] = [], environment: [String: String] = [:]
    ) throws -> [String: String] {
        let folder = try TemporaryFolder()
        let result = try BuiltProgram.run(
            ["fetch"] + uris + ["--into", folder.url.path] + arguments, environment: environment)
        #expect(result.status == 0, "\(result.errors)")
        var found: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path) {
            found[name] = try String(
                contentsOf: folder.url.appendingPathComponent(name), encoding: .utf8)
        }
        return found
    }

    @Test func `keys and a region for S3 from the standard variables and files`() throws {
        let store = try TemporaryFolder()
        try FileManager.default.createDirectory(
            at: store.url.appendingPathComponent("bucket"), withIntermediateDirectories: true)
        _ = try store.write("bucket/a", "from S3")
        let s3 = try server("s3-server.py", [store.url.path, "eu-west-3", "AK", "SK"])
        let endpoint = "http://127.0.0.1:\(s3.port)"
        #expect(
            try fetch(
                ["s3://bucket/a"], ["--s3-endpoint", endpoint],
                environment: [
                    "AWS_ACCESS_KEY_ID": "AK", "AWS_SECRET_ACCESS_KEY": "SK",
                    "AWS_REGION": "eu-west-3",
                ]) == ["a": "from S3"])
        let home = try TemporaryFolder()
        try FileManager.default.createDirectory(
            at: home.url.appendingPathComponent(".aws"), withIntermediateDirectories: true)
        _ = try home.write(
            ".aws/credentials", "[work]\naws_access_key_id=AK\naws_secret_access_key=SK\n")
        _ = try home.write(
            ".aws/config", "[profile work]\nregion=eu-west-3\nendpoint_url=\(endpoint)\n")
        #expect(
            try fetch(
                ["s3a://bucket/a"],
                environment: ["HOME": home.url.path, "AWS_PROFILE": "work"]) == ["a": "from S3"])
    }

    @Test func `a namenode, a proxy, an authority and a Hadoop home`() throws {
        let files = try TemporaryFolder()
        _ = try files.write("a", "from HDFS")
        let hdfs = try server("webhdfs-server.py", [files.url.path])
        #expect(
            try fetch(["hdfs://nn/a"], ["--webhdfs", "nn=http://127.0.0.1:\(hdfs.port)"])
                == ["a": "from HDFS"])
        let nginx = try Nginx(files: ["a": Array("from nginx".utf8)])
        let proxy = try Tinyproxy(wantsLogin: true)
        let secure = [nginx.secureBase + "/files/a"]
        let trusting = ["--ca", nginx.certificate]
        #expect(try fetch(secure, trusting + ["--proxy", proxy.address]) == ["a": "from nginx"])
        #expect(
            try fetch(secure, trusting, environment: ["https_proxy": proxy.address])
                == ["a": "from nginx"])
        let hadoop = try TemporaryFolder()
        try FileManager.default.createDirectory(
            at: hadoop.url.appendingPathComponent("bin"), withIntermediateDirectories: true)
        let client = try hadoop.write(
            "bin/hadoop",
            "#!/bin/sh\n[ \"$1\" = version ] || printf 'from %s' \"$MESOS_X$FOO\" >\"$4\"\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: client)
        let environment = ["FOO": "hadoop", "MESOS_X": "the agent's flags "]
        #expect(
            try fetch(
                ["foo://x/a"], ["--hadoop-home", hadoop.url.path], environment: environment)
                == ["a": "from hadoop"])
        let app = try hadoop.write(
            "app.json",
            #"{"id": "/a", "cmd": "true", "cpus": 0.1, "mem": 32, "container": {"type": "DOCKER","#
                + #" "docker": {"image": "busybox"}}, "fetch": [{"uri": "hdfs://nn/a"}]}"#)
        let run = try BuiltProgram.run(
            ["run", app], environment: ["HADOOP_HOME": hadoop.url.path])
        #expect(run.status == 0)
        #expect(run.output.contains("hdfs://nn/a → a (5 B)"), "\(run.output)")
    }

    @Test(arguments: [
        ["--webhdfs", "nn"], ["--webhdfs", "nn=ftp://x"], ["--s3-endpoint", "minio:9000"],
        ["--fetcher-stall-timeout", "soon"],
    ])
    func `no flag that is malformed`(_ arguments: [String]) throws {
        let result = try BuiltProgram.run(["fetch", "/a", "--into", "/tmp/none"] + arguments)
        #expect(result.status == 64)
        #expect(result.errors.contains(arguments[0]))
    }
}
