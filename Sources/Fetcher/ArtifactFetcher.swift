public import ConfinedFiles
import Synchronization
import Vocabulary

/// Brings artifacts into a sandbox, as `mesos-fetcher` does.
///
/// Better than Mesos where nobody can want its way: the order of the requests is kept, files
/// appear under their name only when they are whole, an existing file is replaced, not overwritten
/// in place, and an archive is unpacked while it comes.
public struct ArtifactFetcher: Sendable {
    let directory: ConfinedDirectory
    let options: FetchOptions

    private var behavior: MesosBehavior { options.behavior }

    /// A fetcher for one sandbox.
    ///
    /// - Parameters:
    ///   - directory: The sandbox.
    ///   - options: How it is done.
    public init(into directory: ConfinedDirectory, options: FetchOptions = FetchOptions()) {
        self.directory = directory
        self.options = options
    }

    /// Checks all requests, as the agent does before it starts the fetcher.
    ///
    /// - Parameter requests: What the task asks for.
    /// - Returns: The requests that are left when equal ones count once, in order.
    /// - Throws: ``FetchError`` of the first that Mesos refuses; nothing was fetched then.
    public func validated(
        _ requests: [ArtifactRequest]
    ) throws(FetchError) -> [ArtifactRequest] {
        var kept: [ArtifactRequest] = []
        for request in requests {
            _ = try ArtifactName.basename(of: request.uri)
            if let file = request.outputFile, behavior.knowsOutputFile {
                try ArtifactName.validate(outputFile: file, of: request.uri)
            }
            if !kept.contains(where: { $0.isSame(as: request) }) { kept.append(request) }
        }
        return kept
    }

    /// Fetches all artifacts of a task, and unpacks those whose request and name say so.
    ///
    /// Ends with the first that fails; what came before it stays. With ``FetchOptions/parallel``
    /// above 1 the result is the same: names are given in the order of the requests.
    ///
    /// - Parameter requests: What the task asks for.
    /// - Returns: What came of it.
    public func fetchAll(_ requests: [ArtifactRequest]) -> FetchOutcome {
        var outcome = FetchOutcome()
        outcome.findings = RequestFindings(of: requests, options: options).findings
        do throws(FetchError) {
            let kept = try validated(requests)
            if options.parallel > 1, kept.count > 1 {
                try fetchTogether(kept, into: &outcome)
            } else {
                for (index, request) in kept.enumerated() {
                    try settle(try arrival(of: request, index: index), into: &outcome)
                }
            }
        } catch {
            outcome.failure = error
        }
        outcome.findings += outcome.artifacts.flatMap(\.findings)
        outcome.findings += OutcomeFindings(of: outcome, behavior: behavior).findings
        let all = outcome.findings
        outcome.findings = Severity.allCases.reversed().flatMap { severity in
            all.filter { $0.severity == severity }
        }
        return outcome
    }

    private func settle(
        _ arrival: Arrival, into outcome: inout FetchOutcome
    ) throws(FetchError) {
        let (artifact, failure) = try arrival.settle()
        outcome.artifacts.append(artifact)
        if let failure { throw failure }
    }

    private func fetchTogether(
        _ requests: [ArtifactRequest], into outcome: inout FetchOutcome
    ) throws(FetchError) {
        let arrivals = Arrivals(requests.count)
        // A failure ends those behind it, which one after the other would never have begun.
        let stops = requests.map { _ in Cancellation(within: options.cancellation) }
        concurrently(requests.count, width: options.parallel) { index in
            guard !stops[index].isCancelled else { return }
            var alone = options
            alone.cancellation = stops[index]
            do throws(FetchError) {
                arrivals[index] = .success(
                    try ArtifactFetcher(into: directory, options: alone)
                        .arrival(of: requests[index], index: index))
            } catch {
                arrivals[index] = .failure(error)
                for later in stops[(index + 1)...] { later.cancel() }
            }
        }
        for (index, request) in requests.enumerated() {
            switch arrivals[index] {
            case .success(let arrival): try settle(arrival, into: &outcome)
            case .failure(let error): throw error
            case nil: throw .interrupted(request.uri)
            }
        }
    }

    /// Fetches one artifact up to the point where it gets its name.
    private func arrival(
        of request: ArtifactRequest, index: Int
    ) throws(FetchError) -> Arrival {
        let source = try ArtifactSource(
            of: request.uri, frameworksHome: options.sources.frameworksHome, behavior: behavior
        ).content(of: request.uri, settings: options.sources, behavior: behavior)
        let observe = observer(of: request, index: index)
        if request.cache, behavior.hasCache, let cache = options.cache {
            return try arrival(of: request, from: source, through: cache, observe)
        }
        return try directArrival(of: request, from: source, observe)
    }

    /// Fetches straight into the sandbox.
    func directArrival(
        of request: ArtifactRequest, from source: any ContentSource, _ observe: @escaping Observer
    ) throws(FetchError) -> Arrival {
        let target = try ArtifactTarget(of: request, behavior: behavior)
        return try arrival(of: request, at: target, from: source, observe)
    }

    /// Fetches from a source into the places of a target.
    func arrival(
        of request: ArtifactRequest, at target: ArtifactTarget, from source: any ContentSource,
        _ observe: @escaping Observer
    ) throws(FetchError) -> Arrival {
        let landings = try landings(for: target, of: request)
        let delivery = Delivery(to: landings.sinks) { observe($0, $1, false) }
        let receipt = try source.send(
            to: delivery, unlessStill: nil, cancellation: options.cancellation)
        return try arrival(
            of: request, at: target, landings, delivery, observe,
            findings: sourceFindings(of: request, source, receipt))
    }

    /// An artifact whose bytes have all been delivered.
    func arrival(
        of request: ArtifactRequest, at target: ArtifactTarget, _ landings: Arrival.Landings,
        _ delivery: Delivery, _ observe: Observer, isCached: Bool = false,
        findings: [Finding] = []
    ) throws(FetchError) -> Arrival {
        let digest = try delivery.finish()
        observe(delivery.head, delivery.bytes, true)
        var artifact = FetchedArtifact(
            uri: redacted(request.uri), path: target.keepsFile ? target.path : ".",
            bytes: delivery.bytes, sha256: digest)
        artifact.isCached = isCached
        artifact.findings = findings
        return Arrival(
            of: request, at: target, in: directory, artifact: artifact, landings: landings,
            cancellation: options.cancellation, leftovers: options.leftovers)
    }

    /// Where the bytes of an artifact go.
    func landings(
        for target: ArtifactTarget, of request: ArtifactRequest
    ) throws(FetchError) -> Arrival.Landings {
        try makeFolders(for: target.path, of: request)
        var landings = Arrival.Landings()
        if target.suffix == .archive {
            landings.tree = ExtractionLanding(
                of: target.path, from: request.uri, into: directory,
                policy: options.extractionPolicy, cancellation: options.cancellation,
                leftovers: options.leftovers)
        }
        // A gzip that does not stay is inflated from a file all the same.
        if target.keepsFile || target.suffix == .bareGzip {
            landings.path =
                target.keepsFile
                ? target.path : String(decoding: temporaryName(beside: ""), as: UTF8.self)
            landings.file = FileLanding(
                at: landings.path, in: directory, uri: request.uri,
                isExecutable: request.executable, leftovers: options.leftovers)
        }
        return landings
    }

    private func makeFolders(
        for path: String, of request: ArtifactRequest
    ) throws(FetchError) {
        guard let slash = path.lastIndex(of: "/") else { return }
        do throws(ConfinedFilesError) {
            try directory.makeDirectories(at: Array(path[..<slash].utf8)[...], mode: 0o755)
        } catch {
            throw FetchError(
                .unwritable, uri: request.uri, error.description, advice: error.advice)
        }
    }

    /// Takes what is known of the content, the bytes so far, and whether these are all.
    typealias Observer = (ContentHead, UInt64, Bool) -> Void

    private func observer(of request: ArtifactRequest, index: Int) -> Observer {
        guard let progress = options.progress else { return { _, _, _ in } }
        let uri = redacted(request.uri)
        return { head, bytes, isDone in
            progress(
                FetchProgress(
                    index: index, uri: uri, bytes: bytes, total: head.length, isDone: isDone))
        }
    }
}

/// What came of each request; every thread writes its own places.
private final class Arrivals: Sendable {
    private let places: Mutex<[Result<Arrival, FetchError>?]>

    init(_ count: Int) {
        places = Mutex(Array(repeating: nil, count: count))
    }

    subscript(index: Int) -> Result<Arrival, FetchError>? {
        get { places.withLock { $0[index] } }
        set { places.withLock { $0[index] = newValue } }
    }
}
