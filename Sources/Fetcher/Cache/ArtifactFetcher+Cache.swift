import ConfinedFiles
import Vocabulary

extension ArtifactFetcher {
    /// Fetches an artifact through the cache, or directly where the cache is of no use.
    ///
    /// Mirrors `FetcherProcess::fetch` and `_fetch` of `src/slave/containerizer/fetcher.cpp`: the
    /// size is asked for and reserved before the download; whatever goes wrong with the cache is
    /// no failure of the task.
    func arrival(
        of request: ArtifactRequest, from source: any ContentSource, through cache: FetchCache,
        _ observe: @escaping Observer
    ) throws(FetchError) -> Arrival {
        let claim = try cache.claim(
            request.uri, user: options.user, leftovers: options.leftovers,
            cancellation: options.cancellation)
        switch claim {
        case .unusable(let reason):
            return try direct(request, source, because: reason, observe)
        case .whole(let file):
            return try retrieval(of: file, request, source, through: cache, observe)
        case .missing(let slot):
            if let reason = try reasonAgainstCaching(source, in: slot, of: request) {
                slot.abandon()
                return try direct(request, source, because: reason, observe)
            }
            return try download(request, from: source, into: slot, of: cache, observe)
        case .stale(let file, let slot):
            let arrival = try download(
                request, from: source, into: slot, of: cache, unlessStill: file.record, observe)
            if let arrival { return arrival }
            return try retrieval(of: file, request, source, through: cache, observe)
        }
    }

    /// Through the cache the URI's name decides what is unpacked.
    private func cachedTarget(of request: ArtifactRequest) throws(FetchError) -> ArtifactTarget {
        try ArtifactTarget(
            of: request, behavior: options.behavior,
            toldBy: try ArtifactName.basename(of: request.uri))
    }

    /// Why an artifact does not go through the cache, `nil` where its space is reserved.
    private func reasonAgainstCaching(
        _ source: any ContentSource, in slot: CacheSlot, of request: ArtifactRequest
    ) throws(FetchError) -> String? {
        let head: ContentHead
        do throws(FetchError) {
            head = try source.look(cancellation: options.cancellation)
        } catch {
            if error.code == .cancelled { throw error }
            return error.message
        }
        // Mesos takes the length of an error's page for the artifact's.
        if head.status >= 400 { return "the server answers \(head.status) when asked for its size" }
        guard let length = head.length else { return "its size is not known" }
        if length == 0, head.status != 0 { return "its size is given as 0" }
        return slot.reserve(length) ? nil : "not enough space in the cache can be freed for it"
    }

    private func direct(
        _ request: ArtifactRequest, _ source: any ContentSource, because reason: String,
        _ observe: @escaping Observer
    ) throws(FetchError) -> Arrival {
        let arrival = try directArrival(of: request, from: source, observe)
        arrival.add(
            cacheFinding(
                "F24", request, "it was fetched directly, not through the cache: \(reason)",
                advice: "let the source tell its size, and see --fetcher-cache-size"))
        return arrival
    }

    /// Downloads into the cache and the sandbox at once.
    ///
    /// - Returns: `nil` where the content is still what the cache has.
    private func download(
        _ request: ArtifactRequest, from source: any ContentSource, into slot: CacheSlot,
        of cache: FetchCache, unlessStill known: CacheRecord?, _ observe: @escaping Observer
    ) throws(FetchError) -> Arrival? {
        let target = try cachedTarget(of: request)
        let landings = try landings(for: target, of: request)
        let delivery = Delivery(to: [slot] + landings.sinks) { observe($0, $1, false) }
        let receipt: ContentReceipt
        do throws(FetchError) {
            receipt = try source.send(
                to: delivery, unlessStill: known?.head, cancellation: options.cancellation)
        } catch {
            slot.abandon()
            throw error
        }
        if receipt.isUnchanged {
            slot.abandon()
            cache.noteCurrent(request.uri, user: options.user)
            return nil
        }
        var findings = sourceFindings(of: request, source, receipt)
        if let known, known.sha256 != (try delivery.finish()) {
            findings.append(
                cacheFinding(
                    "F25", request, "its content has changed: Mesos would go on with the old one",
                    advice: "give a new content a new URI"))
        }
        slot.commit(sha256: try delivery.finish())
        cache.noteCurrent(request.uri, user: options.user)
        return try arrival(of: request, at: target, landings, delivery, observe, findings: findings)
    }

    private func download(
        _ request: ArtifactRequest, from source: any ContentSource, into slot: CacheSlot,
        of cache: FetchCache, _ observe: @escaping Observer
    ) throws(FetchError) -> Arrival {
        let arrival = try download(
            request, from: source, into: slot, of: cache, unlessStill: nil, observe)
        // Nothing was known that could be unchanged.
        guard let arrival else { return try directArrival(of: request, from: source, observe) }
        return arrival
    }

    /// Brings a cached file into the sandbox; one that was damaged is fetched again.
    private func retrieval(
        of file: CachedFile, _ request: ArtifactRequest, _ source: any ContentSource,
        through cache: FetchCache, _ observe: @escaping Observer
    ) throws(FetchError) -> Arrival {
        let target = try cachedTarget(of: request)
        let landings = try landings(for: target, of: request)
        let delivery = Delivery(to: landings.sinks) { observe($0, $1, false) }
        try file.send(to: delivery, uri: request.uri, cancellation: options.cancellation)
        guard try delivery.finish() == file.record.sha256 else {
            cache.drop(request.uri, user: options.user)
            return try direct(
                request, source, because: "its cached file was damaged, and is removed", observe)
        }
        return try arrival(of: request, at: target, landings, delivery, observe, isCached: true)
    }

    private func cacheFinding(
        _ id: String, _ request: ArtifactRequest, _ message: String, advice: String
    ) -> Finding {
        Finding(
            id: id, severity: FetchRules.severity(of: id),
            place: Place(file: redacted(request.uri)), message: message, advice: advice)
    }
}
