import Foundation
import Testing

/// What a program may cost, measured by the system: `ru_maxrss` of the one child of a script.
enum Peak {
    /// Runs a program to its end.
    ///
    /// - Parameter arguments: The program's path and its arguments.
    /// - Returns: Its status, what it printed, and the most memory it had, in KiB.
    /// - Throws: What the system says.
    static func run(_ arguments: [String]) throws -> (result: ProgramResult, kibibytes: Int) {
        let script = """
            import resource, subprocess, sys
            code = subprocess.run(sys.argv[1:]).returncode
            print("peak", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
            sys.exit(code if code >= 0 else 128 - code)
            """
        let result = try BuiltProgram.runTool("python3", ["-c", script] + arguments)
        let line = result.errors.split(separator: "\n").last { $0.hasPrefix("peak ") }
        let peak = try #require(line?.split(separator: " ").last.flatMap { Int($0) })
        return (result, peak)
    }
}

@Suite struct `The memory of a check` {
    /// A group of ten thousand apps, each with a login, files and a dependency on the one before.
    private static func group(apps count: Int) -> String {
        let apps = (0..<count).map { number in
            """
            {"id": "app-\(number)", "cmd": "exec run", "mem": 64, "container": {"type": "MESOS",
             "docker": {"image": "registry.example/team/app-\(number):1",
                        "pullConfig": {"secret": "login"}},
             "portMappings": [{"containerPort": 8080, "name": "http"}]},
             "networks": [{"mode": "container/bridge"}], "env": {"A": "1", "B": {"secret": "db"}},
             "secrets": {"login": {"source": "/load/login"}, "db": {"source": "/other/db"}},
             "fetch": [{"uri": "https://h/\(number).tar.gz"}, {"uri": "https://h/c-\(number)"}],
             "dependencies": [\(number == 0 ? "" : "\"app-\(number - 1)\"")]}
            """
        }
        return #"{"id": "/load", "apps": ["# + apps.joined(separator: ",\n") + "]}"
    }

    @Test(arguments: ["text", "sarif"])
    func `stays below 500 MB for ten thousand apps`(_ format: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("group.json", Self.group(apps: 10_000))
        let program = BuiltProgram.folder.appendingPathComponent("simagent").path
        let (result, peak) = try Peak.run([program, "check", path, "--format", format])
        #expect(result.status == 0)
        #expect(result.output.contains("L-SPACE"))
        #expect(peak < 500 << 10, "\(peak) KiB")
    }

    @Test func `stays below 200 MB for 200,000 mutated samples, none of which ends it`() throws {
        let data = BuiltProgram.checkout.appendingPathComponent("Tests/MarathonTests/Data").path
        let program = BuiltProgram.folder.appendingPathComponent("fuzz-definitions").path
        let (result, peak) = try Peak.run([program, data, "200000"])
        #expect(result.status == 0, "\(result.errors.suffix(2_000))")
        let words = result.output.split(separator: " ").map(String.init)
        try #require(words.count == 5, "\(result.output)")
        #expect(words[0] == "200000")
        // Most mutations hurt; where none did, nothing would have been tried.
        #expect(try #require(Int(words[2])) > 100_000)
        #expect(peak < 200 << 10, "\(peak) KiB")
    }
}
