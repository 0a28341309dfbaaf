import Foundation
import LoopbackServers
import Testing

/// The cases of Mesos' `src/tests/fetcher_tests.cpp`, each under the name that it has there.
///
/// They run against the built `mesos-fetcher`. What the agent checks before it starts the program is tested with the
/// library.
@Suite struct `mesos-fetcher` {
    private let place = MesosSandbox()

    @Test func FileURI() throws {
        let uri = "file://" + (try place.source("test", "content"))
        let result = try place.fetch([place.item(uri)])
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(try place.text("test") == "content")
    }

    @Test func LogSuccessToStderr() throws {
        let result = try place.fetch([place.item(try place.source("test", "content"))])
        #expect(result.errors.contains("directly into the sandbox directory"))
        #expect(result.errors.contains("Successfully fetched all URIs into"))
        let form = try Regex(#"[IWE]\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ fetcher\.cpp:\d+\] .+"#)
        for line in result.errors.split(separator: "\n") {
            #expect(try form.wholeMatch(in: line) != nil, "\(line)")
        }
    }

    @Test func LogFailureToStderr_and_NonExistingFile() throws {
        let result = try place.fetch([place.item("file:///nonExistingFile")])
        #expect(result.status == 1)
        #expect(result.errors.contains("EXIT with status 1: Failed to fetch"))
        #expect(try place.names() == [])
    }

    @Test(.enabled(if: getuid() == 0, "only root can switch to another user"))
    func ROOT_UNPRIVILEGED_USER_RootProtectedFileURI() throws {
        let uri = try place.source("test", "content")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: uri)
        try place.openToAll()
        let result = try place.fetch([place.item(uri)], ["user": "nobody"])
        #expect(result.status == 1)
        #expect(result.errors.contains("Permission denied"))
        #expect(try place.names() == [])
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: uri)
        #expect(try place.fetch([place.item(uri)], ["user": "nobody"]).status == 0)
        let owner = try FileManager.default.attributesOfItem(atPath: place.path("test"))
        #expect(owner[.ownerAccountName] as? String == "nobody")
    }

    @Test func CustomOutputFileSubdirectory() throws {
        let uri = try place.source("test", "content")
        let result = try place.fetch([place.item(uri, ["output_file": "subdir/custom.txt"])])
        #expect(result.status == 0)
        #expect(try place.text("subdir/custom.txt") == "content")
    }

    /// The agent finds the user when it makes the log files; the program when it gives the cache
    /// away, or switches.
    @Test func InvalidUser() throws {
        let uri = try place.source("test", "content")
        let user = "no-such-user-4711"
        var item = place.item(uri, action: "DOWNLOAD_AND_CACHE")
        item["cache_filename"] = "c1-test"
        let result = try place.fetch(
            [item], ["user": user, "cache_directory": place.path("../cache")])
        #expect(result.status == 1)
        #expect(result.errors.contains("Failed to chown"))
        let direct = try place.fetch([place.item(uri)], ["user": user])
        #expect(direct.status == 1)
        #expect(
            direct.errors.contains("Fetcher could not execute `os::su()` for user '\(user)'"))
        #expect(try place.names() == [])
    }

    @Test func MalformedURI() throws {
        let result = try place.fetch([place.item("lala://nopath")])
        #expect(result.status == 1 && result.errors.contains("Malformed URI"))
    }

    @Test func AbsoluteFilePath() throws {
        #expect(try place.fetch([place.item(try place.source("test", "content"))]).status == 0)
        #expect(try place.text("test") == "content")
    }

    @Test func RelativeFilePath() throws {
        let home = URL(fileURLWithPath: try place.source("test", "content"))
            .deletingLastPathComponent().path
        #expect(try place.fetch([place.item("test")]).status == 1)
        let result = try place.fetch([place.item("test")], ["frameworks_home": home])
        #expect(result.status == 0)
        #expect(result.errors.contains("Prepended Mesos frameworks home to relative path"))
        #expect(try place.text("test") == "content")
    }

    @Test func OSNetUriTest_and_OSNetUriSpaceTest() throws {
        try place.source("test", "")
        let server = try place.server()
        defer { withExtendedLifetime(server) {} }
        let uri = "http://127.0.0.1:\(server.port)/test"
        #expect(try place.fetch([place.item(uri)]).status == 0)
        #expect(try place.text("test") == "")
        try FileManager.default.removeItem(atPath: place.path("test"))
        #expect(try place.fetch([place.item("\r\n\t " + uri)]).status == 0)
        #expect(try place.names() == ["test"])
        let log = try place.fetch([place.item("http://127.0.0.1:\(server.port)/log")])
        #expect(log.status == 0)
        #expect(try place.text("log") == #"["GET /test", "GET /test"]"#)
    }

    @Test func FileLocalhostURI() throws {
        let uri = "file://localhost" + (try place.source("test", "content"))
        #expect(try place.fetch([place.item(uri)]).status == 0)
        #expect(try place.text("test") == "content")
    }

    @Test(arguments: [false, true])
    func NoExtractNotExecutable_and_NoExtractExecutable(_ isExecutable: Bool) throws {
        let uri = try place.source("test", "content")
        let result = try place.fetch(
            [place.item(uri, ["extract": false, "executable": isExecutable])])
        #expect(result.status == 0)
        #expect(try place.mode("test") & 0o111 == (isExecutable ? 0o111 : 0))
    }

    @Test(arguments: ["archive.tar.gz", "archive.tar"])
    func ExtractNotExecutable_and_ExtractTar(_ name: String) throws {
        try place.source("member", "hello tar")
        try place.run([
            "tar", "-C", place.path("../source"), "-cf", place.path("../\(name)"), "member",
        ])
        #expect(try place.fetch([place.item("file://" + place.path("../\(name)"))]).status == 0)
        #expect(try place.text("member") == "hello tar")
        #expect(try place.mode("member") & 0o111 == 0)
        #expect(try place.names() == [name, "member"])
    }

    @Test func ExtractGzipFile() throws {
        let uri = try place.source("test", "hello world")
        try place.run(["gzip", uri])
        let result = try place.fetch([place.item(uri + ".gz")])
        #expect(result.status == 0)
        #expect(result.errors.contains("Extracted '"))
        #expect(try place.text("test") == "hello world")
    }

    @Test func UNZIP_ExtractFile_and_UNZIP_ExtractInvalidFile() throws {
        let zip = place.path("../a.zip")
        try place.python(
            """
            import sys, zipfile
            with zipfile.ZipFile(sys.argv[1], "w") as zip: zip.writestr("hello", "hello world\\n")
            """, [zip])
        #expect(try place.fetch([place.item("file://" + zip)]).status == 0)
        #expect(try place.text("hello") == "hello world\n")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: zip))
        let start = try #require(bytes.range(of: Data("hello world".utf8))).lowerBound
        bytes[start] = UInt8(ascii: "j")
        try bytes.write(to: URL(fileURLWithPath: place.path("../bad.zip")))
        let result = try place.fetch([place.item(place.path("../bad.zip"))])
        #expect(result.status == 1)
        #expect(result.errors.contains("Failed to extract archive"))
    }

    @Test func UNZIP_ExtractFileWithDuplicatedEntries() throws {
        let zip = place.path("../a.zip")
        try place.python(
            """
            import sys, warnings, zipfile
            warnings.simplefilter("ignore")
            with zipfile.ZipFile(sys.argv[1], "w") as zip:
                zip.writestr("A", "1")
                zip.writestr("A", "2")
            """, [zip])
        #expect(try place.fetch([place.item(zip)]).status == 0)
        #expect(try place.text("A") == "2")
    }

    @Test func UseCustomOutputFile_and_CustomGzipOutputFile() throws {
        let uri = try place.source("test", "hello world")
        let plain = try place.fetch([place.item(uri, ["output_file": "custom.txt"])])
        #expect(plain.status == 0)
        #expect(plain.errors.contains("Copying instead of extracting resource"))
        #expect(try place.text("custom.txt") == "hello world")
        try place.run(["gzip", uri])
        let result = try place.fetch([place.item(uri + ".gz", ["output_file": "custom.gz"])])
        #expect(result.status == 0)
        #expect(try place.text("custom") == "hello world")
    }

    @Test func HdfsURI() throws {
        let uri = try place.source("test", "content")
        let home = place.path("../hadoop")
        try place.script(
            "../hadoop/bin/hadoop",
            """
            echo 'a warning' >&2
            case "$1 $2" in
            'version ') exit 0 ;;
            'fs -copyToLocal') cp "${3#hdfs://localhost}" "$4" ;;
            *) exit 1 ;;
            esac
            """)
        let result = try place.fetch(
            [place.item("hdfs://localhost" + uri)], environment: ["HADOOP_HOME": home])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("Downloading resource with Hadoop client from"))
        #expect(try place.text("test") == "content")
    }

    @Test func SSLEnvironmentSpillover() throws {
        let uri = try place.source("test", "content")
        let result = try place.fetch(
            [place.item(uri)], environment: ["LIBPROCESS_SSL_ENABLED": "true"])
        #expect(result.status == 0)
    }

    @Test func `downloads into the cache, and takes from it, as an agent tells it`() throws {
        let tar = place.path("../archive.tgz")
        try place.source("member", "text")
        try place.run(["tar", "-C", place.path("../source"), "-czf", tar, "member"])
        let cache = ["cache_directory": place.path("../cache/alice")]
        var item = place.item(tar, ["cache": true], action: "DOWNLOAD_AND_CACHE")
        item["cache_filename"] = "c1-archive.tgz"
        let first = try place.fetch([item], cache)
        #expect(first.status == 0)
        #expect(first.errors.contains("from cache"))
        #expect(try place.names() == ["member"])
        try FileManager.default.removeItem(atPath: tar)
        item["action"] = "RETRIEVE_FROM_CACHE"
        item["uri"] = ["value": tar, "executable": true]
        #expect(try place.fetch([item], cache).status == 0)
        #expect(try place.names() == ["archive.tgz", "member"])
        #expect(try place.mode("archive.tgz") == 0o755)
        item["cache_filename"] = nil
        #expect(try place.fetch([item], cache).errors.contains("No cache file name for: "))
        item["cache_filename"] = "../c1"
        #expect(try place.fetch([item], cache).status == 1)
        item["cache_filename"] = "c1-archive.tgz"
        #expect(try place.fetch([item]).errors.contains("Cache directory not specified"))
    }

    @Test func `shows no secret in any line`() throws {
        try place.source("test", "content")
        let server = try place.server()
        defer { withExtendedLifetime(server) {} }
        let uri = "http://user:hunter2@127.0.0.1:\(server.port)"
        for path in ["/test?X-Amz-Signature=s1gn", "/none?token=t0ken"] {
            let result = try place.fetch([place.item(uri + path)])
            #expect(result.errors.contains("Fetcher Info: {"))
            for secret in ["hunter2", "s1gn", "t0ken"] {
                #expect(!result.errors.contains(secret))
            }
        }
        #expect(try place.names() == ["test?X-Amz-Signature=s1gn"])
    }

    @Test(arguments: [
        nil, "", "{", "[]", "{}", #"{"sandbox_directory": ""}"#,
        #"{"sandbox_directory": "/tmp"} x"#,
        #"{"sandbox_directory": "/tmp", "items": [{"uri": {"value": "/a"}}]}"#,
        #"{"sandbox_directory": "/tmp", "items": [{"uri": {"value": "/a"}, "action": "X"}]}"#,
        #"{"sandbox_directory": "/tmp", "items": [{"uri": {}, "action": "BYPASS_CACHE"}]}"#,
    ])
    func `aborts where Mesos aborts`(_ info: String?) throws {
        let result = try BuiltProgram.run(
            [], name: "mesos-fetcher", environment: info.map { ["MESOS_FETCHER_INFO": $0] } ?? [:])
        #expect(result.status == -SIGABRT)
        #expect(result.errors.hasPrefix("F"))
    }

    @Test func `has help, and the flags of Mesos' logging`() throws {
        let help = try BuiltProgram.run(["--help"], name: "mesos-fetcher")
        #expect(help.status == 0 && help.errors.isEmpty)
        #expect(help.output.contains("/usr/libexec/mesos"))
        let wrong = try BuiltProgram.run(["--nonsense"], name: "mesos-fetcher")
        #expect(wrong.status == 1 && wrong.output.isEmpty)
        #expect(wrong.errors.contains("Usage:"))
        let item = place.item(try place.source("test", "content"))
        let quiet = try place.fetch([item], environment: ["MESOS_QUIET": "true"])
        #expect(quiet.status == 0 && quiet.errors.isEmpty)
        let warnings = try place.fetch(
            [item, place.item("/none")], environment: ["MESOS_LOGGING_LEVEL": "WARNING"])
        #expect(warnings.status == 1)
        #expect(warnings.errors.split(separator: "\n").allSatisfy { !$0.hasPrefix("I") })
        let logs = place.path("../logs")
        _ = try place.fetch([item], environment: ["MESOS_LOG_DIR": logs, "MESOS_QUIET": "1"])
        let file = try #require(try FileManager.default.contentsOfDirectory(atPath: logs).first)
        let log = try String(contentsOfFile: logs + "/" + file, encoding: .utf8)
        #expect(log.contains("Successfully fetched all URIs into"))
    }
}
