import Foundation
import Testing

/// What the program asks of the kernel, read from a trace of strace.
@Suite struct `The system calls of an extraction` {
    /// What a program may open before its own work begins: the dynamic linker's and the
    /// language runtime's.
    static let startUp = [
        "/etc/ld.so.cache", "/etc/ld.so.preload", "/lib/", "/lib64/", "/usr/lib/", "/opt/",
        "/proc/", "/sys/devices/system/cpu", "/sys/fs/cgroup", "/dev/null", "/dev/urandom",
    ]

    @Test func `are at most four for each small file`() throws {
        let few = try calls(files: 1_000)
        let many = try calls(files: 3_000)
        // What is constant drops out; what is left beside the files is a read now and then.
        let perFile = Double(many.count - few.count) / 2_000
        var kinds: [String: Int] = [:]
        for call in many { kinds[String(call.prefix { $0 != "(" }), default: 0] += 1 }
        let often = kinds.filter { $0.value > 100 }.sorted { $0.value > $1.value }
        #expect(perFile <= 4.1, "\(perFile) for each file: \(often)")
    }

    @Test func `open nothing outside of the directory but the archive`() throws {
        let folder = try TemporaryFolder()
        let trace = try trace(files: 50, in: folder, options: ["-y"])
        let directory = folder.url.appendingPathComponent("out").path
        let archive = folder.url.appendingPathComponent("a.tar.gz").path
        let program = BuiltProgram.folder.path
        var opened = 0
        for line in trace where line.contains("open") && line.contains(" = ") {
            // -y: the path of the descriptor that came back, in angle brackets.
            guard let result = line.range(of: " = ", options: .backwards)?.upperBound,
                let start = line[result...].firstIndex(of: "<")
            else { continue }
            let path = line[line.index(after: start)...].prefix { $0 != ">" }
            opened += 1
            let isInside = path == directory || path.hasPrefix(directory + "/")
            let isKnown =
                path == archive || path.hasPrefix(program)
                || Self.startUp.contains { path.hasPrefix($0) }
            #expect(isInside || isKnown, "\(line)")
        }
        #expect(opened > 50)
    }

    @Test func `name every path beneath a descriptor once the work has begun`() throws {
        let folder = try TemporaryFolder()
        let trace = try trace(files: 50, in: folder, options: ["-y"])
        let makers = [
            "mkdirat", "symlinkat", "linkat", "renameat", "unlinkat", "fchmodat", "utimensat",
        ]
        var count = 0
        for line in trace {
            guard let maker = makers.first(where: { line.contains($0 + "(") }) else { continue }
            count += 1
            let arguments = line[(line.range(of: maker + "(")?.upperBound ?? line.startIndex)...]
            let isConfined = !arguments.hasPrefix("AT_FDCWD")
            #expect(isConfined, "\(line)")
        }
        #expect(count > 0)
    }

    /// The lines of the trace that are a call.
    private func calls(files: Int) throws -> [Substring] {
        try trace(files: files, in: try TemporaryFolder(), options: []).map {
            // With -f each line begins with the thread.
            $0.drop { $0 != " " }.drop { $0 == " " }
        }.filter {
            !$0.hasPrefix("<... ") && !$0.hasPrefix("+++") && !$0.hasPrefix("---")
        }
    }

    private func trace(
        files: Int, in folder: TemporaryFolder, options: [String]
    ) throws -> [Substring] {
        let script = """
            import io, sys, tarfile
            with tarfile.open(sys.argv[1], "w:gz", compresslevel=1) as tar:
                def add(name, **more):
                    member = tarfile.TarInfo(name)
                    member.mtime = 1700000000
                    for key, value in more.items():
                        setattr(member, key, value)
                    tar.addfile(member, io.BytesIO(b"x" * member.size))
                add("d", type=tarfile.DIRTYPE, mode=0o755)
                add("d/link", type=tarfile.SYMTYPE, linkname="f0")
                for number in range(int(sys.argv[2])):
                    add(f"d/f{number}", size=100 + number % 2000, mode=0o644)
                add("d/second", type=tarfile.LNKTYPE, linkname="d/f0")
            """
        let archive = folder.url.appendingPathComponent("a.tar.gz").path
        let log = folder.url.appendingPathComponent("trace").path
        _ = try BuiltProgram.runTool("python3", ["-c", script, archive, "\(files)"])
        let result = try BuiltProgram.runTool(
            "strace",
            ["-f", "-s", "0", "-o", log] + options + [
                BuiltProgram.folder.appendingPathComponent("simagent").path, "extract", archive,
                "--into", folder.url.appendingPathComponent("out").path,
            ])
        #expect(result.status == 0, "\(result.errors)")
        return try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    }
}
