import Foundation
import Testing

@Suite struct `simagent extract and list` {
    @Test func `unpack and list what tar packed, and refuse to be cut short`() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("in/a.txt", "text")
        let archive = folder.url.appendingPathComponent("a.tar.gz").path
        let into = folder.url.appendingPathComponent("out").path
        let inside = folder.url.appendingPathComponent("in").path
        _ = try BuiltProgram.runTool("tar", ["-C", inside, "-czf", archive, "a.txt"])
        let listed = try BuiltProgram.run(["list", archive, "--format", "json"])
        #expect(listed.status == 0)
        #expect(listed.output.contains(#""name" : "a.txt""#))
        let result = try BuiltProgram.run(["extract", archive, "--into", into, "--format", "json"])
        #expect(result.status == 0)
        #expect(result.output.contains(#""schema" : "simagent.extract/1""#))
        #expect(try String(contentsOfFile: into + "/a.txt", encoding: .utf8) == "text")
    }

    @Test func `give names in JSON that drive no terminal and mean the same`() throws {
        let folder = try TemporaryFolder()
        let name = "\u{9b}31mé\u{202e}\u{1b}[2J\u{7f}\n\u{2028}"
        _ = try folder.write("in/" + name, "")
        let packed = try BuiltProgram.bash("tar -C in -cf a.tar .", in: folder)
        try #require(packed.status == 0, "\(packed.errors)")
        let listed = try BuiltProgram.bash("exec $simagent list a.tar --format json", in: folder)
        let driving = listed.output.unicodeScalars.filter {
            $0 != "\n"
                && ($0.properties.generalCategory == .control
                    || "\u{202e}\u{2028}".unicodeScalars.contains($0))
        }
        #expect(driving.isEmpty)
        let report = try JSONSerialization.jsonObject(with: Data(listed.output.utf8))
        let members = try #require((report as? [String: Any])?["members"] as? [[String: Any]])
        #expect(members.contains { $0["name"] as? String == "./" + name })
    }

    @Test(.disabled(if: DeepTesting.isThreadSanitized, "no file may be large here"))
    func `name the member that no disk holds, and leave no part of it`() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("in/small", "text")
        _ = try folder.write("in/zlarge", String(repeating: "x", count: 100_000))
        let archive = folder.url.appendingPathComponent("a.tar.gz").path
        let into = folder.url.appendingPathComponent("out").path
        let inside = folder.url.appendingPathComponent("in").path
        _ = try BuiltProgram.runTool(
            "tar", ["-C", inside, "-czf", archive, "small", "zlarge"])
        let result = try BuiltProgram.bash(
            "ulimit -f 16; exec $simagent extract a.tar.gz --into out", in: folder)
        #expect(result.status == 1)
        #expect(result.errors.contains("zlarge"))
        #expect(result.errors.contains("File too large; raise the limit of file sizes"))
        #expect(result.errors.contains("1 member was unpacked before"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: into) == ["small"])
    }

    @Test(
        .disabled(if: DeepTesting.isThreadSanitized, "no file may be large here"),
        arguments: ["1", "2"])
    func `leave no file that cannot have its size, and do not count it`(threads: String) throws {
        let folder = try TemporaryFolder()
        let made = try BuiltProgram.bash(
            """
            mkdir in && cd in && printf text > small && truncate -s 2M z
            printf x | dd of=z conv=notrunc status=none && tar --format=pax -Scf ../a.tar small z
            """, in: folder)
        try #require(made.status == 0, "\(made.errors)")
        let result = try BuiltProgram.bash(
            "ulimit -f 200; exec $simagent extract a.tar --into out --format json"
                + " --threads \(threads)", in: folder)
        #expect(result.status == 1)
        let report = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        let counts = try #require(report as? [String: Any])
        #expect(counts["files"] as? Int == 1 && counts["bytes"] as? Int == 4)
        let left = try FileManager.default.contentsOfDirectory(
            atPath: folder.url.appendingPathComponent("out").path)
        #expect(left == ["small"])
    }

    @Test(arguments: ["a.tar", "a.tar.gz"])
    func `keep what was whole when the input cannot be read any further`(name: String) throws {
        let folder = try TemporaryFolder()
        // Nothing that compresses: the fault lies behind several windows of the reader.
        let made = try BuiltProgram.bash(
            "mkdir in && cd in && head -c 1600000 /dev/urandom | split -a 3 -b 8000"
                + " && tar -caf ../\(name) x* && truncate -s 1300000 ../\(name)", in: folder)
        #expect(made.status == 0, "\(made.errors)")
        let parts = try FileManager.default.contentsOfDirectory(
            atPath: folder.url.appendingPathComponent("in").path
        ).sorted()
        let input = BuiltProgram.checkout
            .appendingPathComponent("Tests/EndToEndTests/Programs/failing-input.py").path
        let program = BuiltProgram.folder.appendingPathComponent("simagent").path
        func run(_ words: [String]) throws -> ProgramResult {
            try BuiltProgram.runTool(
                "python3", [input, name, program] + words, directory: folder.url)
        }
        for threads in ["1", "2", "4"] {
            let into = "out\(threads)"
            let result = try run(["extract", "-", "--into", into, "--threads", threads])
            let names = try FileManager.default.contentsOfDirectory(
                atPath: folder.url.appendingPathComponent(into).path)
            #expect(result.status == 1)
            #expect(names.count > 100)
            let count = "\(names.count) members were unpacked before"
            let expected =
                "simagent: -: cannot read it: Input/output error at byte 1300000; \(count);"
                + " \(parts[names.count]) was not whole and is removed\n"
            #expect(result.errors == expected, "\(threads)")
            let compared = try BuiltProgram.bash(
                "cd \(into) && for f in *; do cmp $f ../in/$f || exit; done", in: folder)
            #expect(compared.status == 0, "\(threads): \(compared.output)")
        }
        let told = try run(["extract", "-", "--into", "out1", "--format", "json"])
        let report = try JSONSerialization.jsonObject(with: Data(told.output.utf8))
        let unfinished = (report as? [String: Any])?["unfinished"] as? String
        #expect(unfinished.map(parts.contains) == true)
        let listed = try run(["list", "-"])
        #expect(listed.status == 1)
        #expect(listed.errors.contains("Input/output error at byte 1300000; "))
        #expect(!listed.errors.contains("; 0 members"))
        #expect(listed.errors.hasSuffix(" is not whole\n"))
    }

    @Test(arguments: ["whole", "cut"])
    func `says the same of a plain line and of one with options`(state: String) throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("in/a.txt", String(repeating: "text", count: 1_000))
        let archive = folder.url.appendingPathComponent("a.tar.gz").path
        let inside = folder.url.appendingPathComponent("in").path
        _ = try BuiltProgram.runTool("tar", ["-C", inside, "-czf", archive, "a.txt"])
        if state == "cut" { _ = try BuiltProgram.runTool("truncate", ["-s", "60", archive]) }
        let lines = [
            [archive, "--into", "DIR"], ["--into", "DIR", archive], [archive, "--into=DIR"],
            [archive, "--into", "DIR", "--policy", "hardened", "--format", "text"],
            ["--threads", "2", archive, "--inflate", "zlib", "--into", "DIR"],
            [archive, "--into", "DIR", "--inflate=zlib", "--threads=1"],
        ]
        var results: [ProgramResult] = []
        for (number, line) in lines.enumerated() {
            let into = folder.url.appendingPathComponent("out\(number)").path
            let words = line.map { $0.replacingOccurrences(of: "DIR", with: into) }
            results.append(try BuiltProgram.run(["extract"] + words))
            #expect(FileManager.default.fileExists(atPath: into))
        }
        #expect(results[0].status == (state == "cut" ? 1 : 0))
        for result in results.dropFirst() {
            #expect(result.status == results[0].status)
            #expect(result.output == results[0].output)
            #expect(result.errors == results[0].errors)
        }
    }

    @Test(arguments: [
        ["a.tar", "--into"], ["--into", "out"], ["a.tar", "--into", "--quiet"], ["a.tar", "out"],
        ["-x", "--into", "out"], ["--into", "--into", "out"], ["a.tar", "out", "--into"],
        ["a.tar", "--into", "out", "--threads", "0"], ["a.tar", "--into", "out", "--inflate", "x"],
        ["a.tar", "--into", "out", "--threads", "x"], ["a.tar", "b.tar", "--into", "out"],
    ])
    func `leave a line that is no plain one to the parser`(words: [String]) throws {
        let result = try BuiltProgram.run(["extract"] + words)
        #expect(result.status == 64)
        #expect(result.errors.contains("Usage: simagent extract"))
    }
}
