import ArgumentParser
import Glibc
import Vocabulary

/// Where the program begins.
///
/// The first word chooses the one command whose arguments are parsed: building the tree of all of
/// them costs a short run more than its work.
@main struct Entry {
    static func main() {
        // A closed pipe is an error of write(2), which ends the output quietly.
        signal(SIGPIPE, SIG_IGN)
        // So is a file above the process's limit: an error that names the member, not a death.
        signal(SIGXFSZ, SIG_IGN)
        raiseFileLimit()
        refuseBrokenText()
        let words = Array(CommandLine.arguments.dropFirst())
        let rest = Array(words.dropFirst())
        if words.first == "extract", let extraction = Extraction(plainly: rest) {
            end(ExtractCommand.self) { try extraction.run() }
        }
        if let first = words.first, let command = Simagent.command(named: first) {
            run(command, arguments: rest)
        } else {
            run(Simagent.self, arguments: words)
        }
    }

    private static func run(_ type: any ParsableCommand.Type, arguments: [String]) -> Never {
        end(type) {
            var command = try type.parseAsRoot(arguments)
            try command.run()
        }
    }

    /// Does the work, and leaves with its status.
    private static func end(_ type: any ParsableCommand.Type, _ work: () throws -> Void) -> Never {
        do {
            try work()
            Glibc.exit(ExitStatus.works.rawValue)
        } catch let failure as CommandFailure {
            Console.writeError("simagent: \(failure.message)\n")
            Glibc.exit(failure.status.rawValue)
        } catch let status as ExitStatus {
            Glibc.exit(status.rawValue)
        } catch {
            endParsing(type, error)
        }
    }

    /// A name that is no UTF-8 would be mended in silence, and be another file's.
    private static func refuseBrokenText() {
        for index in 1..<max(1, Int(CommandLine.argc)) {
            guard let word = unsafe CommandLine.unsafeArgv[index],
                unsafe String(validatingCString: word) == nil
            else { continue }
            let shown = unsafe String(cString: word).terminalSafe
            Console.writeError(
                "simagent: argument \(index) is not valid UTF-8: \(shown); rename the file\n")
            Glibc.exit(ExitStatus.usage.rawValue)
        }
    }

    /// Small files are made by several threads, each with directories that it keeps open.
    private static func raiseFileLimit() {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return
        }
        limit.rlim_cur = limit.rlim_max
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// Prints help, version or a usage error, and leaves with 0 or 64.
    private static func endParsing(_ type: any ParsableCommand.Type, _ error: any Error) -> Never {
        let text = type.fullMessage(for: error)
        let code = type.exitCode(for: error).rawValue
        if code == 0 {
            Console.write(text + "\n")
            Glibc.exit(0)
        }
        Console.writeError(text + "\n")
        Glibc.exit(ExitStatus.usage.rawValue)
    }
}
