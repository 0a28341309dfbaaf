import Fetcher
import Testing

@Suite struct `A URI` {
    struct BasenameCase: Decodable, Sendable {
        let uri: String
        let basename: String?
        let error: String?
    }

    @Test(arguments: try cases("basenames", of: BasenameCase.self))
    func `gives the file the name that Mesos gives it`(_ example: BasenameCase) {
        do throws(FetchError) {
            let name = try ArtifactName.basename(of: example.uri)
            #expect(name == example.basename)
        } catch {
            #expect(error.message == example.error)
        }
    }

    struct SourceCase: Decodable, Sendable {
        let uri: String
        let withoutHome: String
        let withHome: String
    }

    @Test(arguments: try cases("sources", of: SourceCase.self))
    func `is taken from where Mesos takes it`(_ example: SourceCase) {
        #expect(source(of: example.uri, home: nil) == example.withoutHome)
        #expect(source(of: example.uri, home: "/fh") == example.withHome)
    }

    private func source(of uri: String, home: String?) -> String {
        do throws(FetchError) {
            switch try ArtifactSource(of: uri, frameworksHome: home, behavior: MesosBehavior()) {
            case .local(let path): return "local:\(path)"
            case .net(let url): return "net:\(url)"
            case .hadoop(let uri): return "hadoop:\(uri)"
            }
        } catch {
            return error.message
        }
    }

    @Test func `keeps localhost in a bare path before Mesos 1.5`() throws {
        let old = MesosBehavior(MesosVersion(1, 4))
        let source = try ArtifactSource(
            of: "localhost/etc/x", frameworksHome: "/fh", behavior: old)
        #expect(source == .local(path: "/fh/localhost/etc/x"))
    }
}

@Suite struct `A file name` {
    struct SuffixCase: Decodable, Sendable {
        let name: String
        let becomes: String
    }

    @Test(arguments: try cases("suffixes", of: SuffixCase.self))
    func `decides whether and how Mesos unpacks it`(_ example: SuffixCase) {
        let word =
            switch ArchiveSuffix(of: example.name, behavior: MesosBehavior()) {
            case .archive?: "archive"
            case .bareGzip?: "gzip"
            case nil: "copy"
            }
        #expect(word == example.becomes)
    }

    @Test func `of a plain tar or gzip meant nothing to old versions`() throws {
        let old = MesosBehavior(try #require(MesosVersion("0.25")))
        #expect(ArchiveSuffix(of: "a.tar", behavior: old) == nil)
        #expect(ArchiveSuffix(of: "a.gz", behavior: old) == nil)
        #expect(ArchiveSuffix(of: "a.tar.gz", behavior: old) == .archive)
    }
}

@Suite struct `An output file` {
    @Test(arguments: [
        ("", "URI output file path is empty"),
        ("/a", "URI output file must be within the sandbox directory"),
        (
            "a/../../x",
            "output file 'a/../../x' has a '..', which Mesos would follow out of the sandbox"
        ),
    ])
    func `is refused when it names no place in the sandbox`(_ file: String, _ words: String) {
        let error = #expect(throws: FetchError.self) {
            try ArtifactName.validate(outputFile: file, of: "/x")
        }
        #expect(error?.message == words)
    }

    @Test(arguments: ["a", "a/b", ".docker/config.json", "..a", "a/"])
    func `may lie in a folder`(_ file: String) throws {
        try ArtifactName.validate(outputFile: file, of: "/x")
    }
}
