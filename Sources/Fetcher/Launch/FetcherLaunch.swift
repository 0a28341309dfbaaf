public import Vocabulary
import Archives
import ConfinedFiles
import Glibc
import Transfer

/// What `mesos-fetcher` does, but for the process: its variables, its user, its log and its exit.
///
/// Mirrors `main` and `fetch` of `src/launcher/fetcher.cpp`. Kinder than the original where nobody
/// can want its way: files appear whole, nothing is written outside the sandbox, and no line of
/// the log holds a secret.
public struct FetcherLaunch: Sendable {
    /// How much a line of the log matters.
    public enum Level: String, Sendable {
        case info = "I"
        case warning = "W"
    }

    private let info: FetcherInfo
    private let options: FetchOptions

    /// A launch.
    ///
    /// - Parameters:
    ///   - info: What is to be done.
    ///   - environment: The agent's variables: proxies, HADOOP_HOME, PATH, AWS_….
    ///   - cancellation: Polled between two pieces.
    ///   - leftovers: What is half-made, for whoever must end the program at once.
    public init(
        _ info: FetcherInfo, environment: [String: String], cancellation: Cancellation? = nil,
        leftovers: Leftovers = Leftovers()
    ) {
        self.info = info
        var options = FetchOptions()
        options.cancellation = cancellation
        options.leftovers = leftovers
        // What an archive may do is the agent's affair, as long as it stays in the sandbox.
        options.extractionPolicy = .mesos
        options.sources.frameworksHome = info.frameworksHome
        options.sources.transfers.stallTimeout = info.stallTimeout
        options.sources.transfers.proxies = ProxyRules(environment: environment)
        options.sources.hadoop = HadoopSettings(
            environment: environment.filter { !$0.key.hasPrefix("MESOS_") },
            scratch: info.sandboxDirectory)
        options.sources.s3 = S3Settings(environment: environment, credentials: nil, config: nil)
        self.options = options
    }

    /// Makes the cache's directory where an item needs it; before the user is switched to.
    ///
    /// - Parameter owner: Whom the directory is given to.
    /// - Throws: ``FetchError``, ``FetchError/message`` alone as Mesos has it.
    public func prepareCache(owner: (user: UInt32, group: UInt32)?) throws(FetchError) {
        guard let path = info.cacheDirectory, !path.isEmpty, info.needsCache else { return }
        do throws(ConfinedFilesError) {
            // Readable by its owner alone: what is cached may be a login (MESOS-7298).
            let directory = try ConfinedDirectory(opening: path, makingAllWith: 0o755, last: 0o700)
            if let owner, fchown(directory.number, owner.user, owner.group) != 0 {
                throw ConfinedFilesError(operation: "chown", path: path, code: errno)
            }
        } catch {
            throw FetchError(.unwritable, uri: path, error.description, advice: error.advice)
        }
    }

    /// Fetches all items, up to the first that fails.
    ///
    /// - Parameter log: Takes the lines of the log, without secrets.
    /// - Returns: The last line of a failure, `nil` when all went well.
    public func run(log: (Level, String) -> Void) -> String? {
        let sandbox: ConfinedDirectory
        do throws(ConfinedFilesError) {
            sandbox = try ConfinedDirectory(opening: info.sandboxDirectory)
        } catch {
            return "Failed to fetch into '\(info.sandboxDirectory)': \(error.reason)"
        }
        let fetcher = ArtifactFetcher(into: sandbox, options: options)
        for item in info.items {
            let uri = redacted(item.request.uri)
            log(.info, "Fetching URI '\(uri)'")
            do throws(FetchError) {
                let result = try fetch(item, with: fetcher, log: log)
                log(.info, "Fetched '\(uri)' to '\(result)'")
            } catch {
                return "Failed to fetch '\(uri)': \(error.message); \(error.advice)"
            }
        }
        log(.info, "Successfully fetched all URIs into '\(info.sandboxDirectory)'")
        return nil
    }

    private func fetch(
        _ item: FetcherInfo.Item, with fetcher: ArtifactFetcher, log: (Level, String) -> Void
    ) throws(FetchError) -> String {
        let uri = redacted(item.request.uri)
        guard item.action != .bypassCache else {
            log(.info, "Fetching '\(uri)' directly into the sandbox directory")
            let target = try ArtifactTarget(of: item.request, behavior: options.behavior)
            let path = info.sandboxDirectory + "/" + redacted(target.path)
            let source = try source(of: item.request, to: path, log: log)
            let arrival = try fetcher.directArrival(of: item.request, from: source) { _, _, _ in }
            return try settle(arrival, target, item.request, from: path, log: log)
        }
        guard let directory = info.cacheDirectory, !directory.isEmpty else {
            throw FetchError(
                .unreadable, uri: item.request.uri, "Cache directory not specified",
                advice: "give cache_directory")
        }
        guard let name = item.cacheFilename, !name.isEmpty else {
            throw FetchError(
                .unreadable, uri: item.request.uri, "No cache file name for: \(uri)",
                advice: "give cache_filename")
        }
        guard ConfinedDirectory.isPlain(name.utf8), !name.contains("/") else {
            throw FetchError(
                .unreadable, uri: item.request.uri, "the cache file's name is no name",
                advice: "give cache_filename without a path")
        }
        if item.action == .downloadAndCache {
            try download(item.request, to: name, in: directory, log: log)
        }
        log(.info, "Fetching URI '\(uri)' from cache")
        let target = try ArtifactTarget(
            of: item.request, behavior: options.behavior, toldBy: name)
        let path = directory + "/" + name
        let arrival = try fetcher.arrival(
            of: item.request, at: target, from: LocalSource(path: path, uri: item.request.uri)
        ) { _, _, _ in }
        return try settle(
            arrival, target, item.request, from: directory + "/" + redacted(name), log: log)
    }

    /// Downloads into the cache, unless the file is there already.
    private func download(
        _ request: ArtifactRequest, to name: String, in directory: String,
        log: (Level, String) -> Void
    ) throws(FetchError) {
        let cache: ConfinedDirectory
        do throws(ConfinedFilesError) {
            cache = try ConfinedDirectory(opening: directory)
            guard try cache.status(at: Array(name.utf8)[...]) == nil else { return }
        } catch {
            throw FetchError(
                .unwritable, uri: request.uri, error.description, advice: error.advice)
        }
        let source = try source(of: request, to: directory + "/" + redacted(name), log: log)
        let file = FileLanding(
            at: name, in: cache, uri: request.uri, isExecutable: false,
            leftovers: options.leftovers)
        let delivery = Delivery(to: [file])
        _ = try source.send(to: delivery, unlessStill: nil, cancellation: options.cancellation)
        _ = try delivery.finish()
        try file.finish()
    }

    private func source(
        of request: ArtifactRequest, to path: String, log: (Level, String) -> Void
    ) throws(FetchError) -> any ContentSource {
        // The agent has looked at it already; whoever starts the program alone has not.
        _ = try ArtifactName.basename(of: request.uri)
        let source = try ArtifactSource(
            of: request.uri, frameworksHome: info.frameworksHome, behavior: options.behavior)
        let uri = redacted(request.uri)
        switch source {
        case .local(let file):
            if let home = info.frameworksHome, !home.isEmpty, file.hasPrefix(home + "/"),
                !request.uri.contains(file)
            {
                log(
                    .info,
                    "Prepended Mesos frameworks home to relative path, making it: '\(redacted(file))'"
                )
            }
        case .net: log(.info, "Downloading resource from '\(uri)' to '\(path)'")
        case .hadoop:
            log(.info, "Downloading resource with Hadoop client from '\(uri)' to '\(path)'")
        }
        return try source.content(
            of: request.uri, settings: options.sources, behavior: options.behavior)
    }

    private func settle(
        _ arrival: Arrival, _ target: ArtifactTarget, _ request: ArtifactRequest,
        from path: String, log: (Level, String) -> Void
    ) throws(FetchError) -> String {
        let (artifact, failure) = try arrival.settle()
        if let failure {
            let words =
                target.suffix == .archive
                ? "Failed to extract archive '\(path)' to '\(info.sandboxDirectory)': "
                : "Failed to extract '\(path)': "
            throw FetchError(
                failure.code, uri: request.uri, words + failure.message, advice: failure.advice)
        }
        if target.suffix == .bareGzip {
            log(.info, "Extracted '\(path)' into '\(info.sandboxDirectory)'")
        }
        if request.extract, !request.executable, target.suffix == nil {
            log(
                .warning,
                "Copying instead of extracting resource from URI with 'extract' flag, because it"
                    + " does not seem to be an archive: \(redacted(request.uri))")
        }
        return artifact.path == "."
            ? info.sandboxDirectory : info.sandboxDirectory + "/" + redacted(artifact.path)
    }
}
