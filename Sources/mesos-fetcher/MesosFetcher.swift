import Fetcher
import Glibc
import Vocabulary

/// The program: `mesos-fetcher` of Mesos' launcher directory.
///
/// Mirrors `main` of `src/launcher/fetcher.cpp`: exit 0 when all is fetched, 1 when something is
/// not, an abort for a request that no agent makes.
@main struct MesosFetcher {
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        // A file above the process's limit is an error that is told, not a death.
        signal(SIGXFSZ, SIG_IGN)
        let variables = environment()
        let flags: LogFlags
        do throws(LogFlags.Fault) {
            flags = try LogFlags(arguments: CommandLine.arguments.dropFirst(), variables)
        } catch {
            write(error.message + "\n\n" + usage, to: 2)
            exit(1)
        }
        if flags.asksForHelp {
            write(usage, to: 1)
            exit(0)
        }
        let log: GlogWriter
        do throws(LogFlags.Fault) {
            log = try GlogWriter(flags)
        } catch {
            write(error.message + "\n", to: 2)
            exit(1)
        }
        guard let text = variables["MESOS_FETCHER_INFO"] else {
            log.abort("Missing MESOS_FETCHER_INFO environment variable")
        }
        let info: FetcherInfo
        do throws(FetcherInfo.Malformed) {
            info = try FetcherInfo(parsing: Array(text.utf8))
        } catch {
            log.abort(error.description)
        }
        log.write(.info, "Fetcher Info: \(info.redactedJSON)")
        run(info, variables, log)
    }

    private static func run(
        _ info: FetcherInfo, _ variables: [String: String], _ log: GlogWriter
    ) -> Never {
        let leftovers = Leftovers()
        let termination = Termination()
        let launch = FetcherLaunch(
            info, environment: variables, cancellation: termination.cancellation,
            leftovers: leftovers)
        let user = info.user.map(TaskUser.init)
        do throws(FetchError) {
            if let user, user.ids == nil, info.needsCache, let path = info.cacheDirectory {
                log.exit(
                    "Could not create the fetcher cache directory: Failed to chown '\(path)' to"
                        + " user '\(user.name)': No such user '\(user.name)'")
            }
            try launch.prepareCache(owner: user?.ids)
        } catch {
            log.exit("Could not create the fetcher cache directory: \(error.message)")
        }
        if let user, let reason = user.become() {
            log.exit("Fetcher could not execute `os::su()` for user '\(user.name)': \(reason)")
        }
        termination.listen { leftovers.removeAll() }
        let failure = launch.run { level, line in
            log.write(level == .info ? .info : .warning, line)
        }
        termination.workHasEnded()
        if let failure { log.exit(failure) }
        exit(0)
    }

    /// All variables of the process.
    private static func environment() -> [String: String] {
        var variables: [String: String] = [:]
        var entry = unsafe environ
        while let line = unsafe entry.pointee {
            let text = unsafe String(cString: line)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            unsafe entry += 1
        }
        return variables
    }
}

/// Writes a text to a descriptor; nobody is left to tell if that fails.
func write(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
        let count = unsafe bytes[written...].withUnsafeBytes {
            unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
        }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        written += count
    }
}
