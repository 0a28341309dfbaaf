import Glibc
import Vocabulary

/// Whatever Hadoop's client reads: `hdfs`, `hftp`, `s3`, `s3n`, and every scheme that is no other
/// source's.
///
/// Mirrors `downloadWithHadoopClient` of `src/launcher/fetcher.cpp` and `HDFS` of
/// `src/hdfs/hdfs.cpp`: the same commands, in the same order, without a shell. The client copies
/// into a private folder, from which the bytes are taken: it never writes into a sandbox, where a
/// link of an earlier artifact might lead it out.
struct HadoopSource: ContentSource {
    /// The URI, leading blanks cut off as Mesos' version does.
    let location: String
    let uri: String
    let settings: HadoopSettings
    /// How long the client's copy may not grow; Mesos waits for ever.
    let stallTimeout: Duration?

    func look(cancellation: Cancellation?) throws(FetchError) -> ContentHead {
        let run = try client(["fs", "-du", location], cancellation)
        guard run.status == 0 else { throw failed("HDFS du failed", run) }
        guard let bytes = Self.size(of: location, in: run.output) else {
            throw FetchError(
                .transferFailed, uri: uri, "Unexpected output format: '\(shown(run.output))'",
                advice: "see what 'hadoop fs -du' prints")
        }
        var head = ContentHead()
        head.length = bytes
        return head
    }

    func send(
        to sink: any ContentSink, unlessStill known: ContentHead?, cancellation: Cancellation?
    ) throws(FetchError) -> ContentReceipt {
        let probe = try client(["version"], cancellation)
        guard probe.status == 0 else {
            throw FetchError(
                .unsupportedScheme, uri: uri,
                "Failed to create HDFS client: Hadoop client is not available, exit status:"
                    + " \(probe.status)"
                    + (probe.problem.map { " (\($0))" } ?? ""),
                advice: settings.advice)
        }
        let folder = try HadoopScratch(in: settings.scratch, for: uri)
        defer { folder.remove() }
        let copy = folder.path + "/" + Self.name(of: location)
        let run = try client(
            ["fs", "-copyToLocal", location, copy], cancellation, growing: folder)
        guard run.status == 0 else { throw failed("HDFS copyToLocal failed", run) }
        let file = LocalSource(path: copy, uri: uri, isPassing: true)
        return try file.send(to: sink, unlessStill: nil, cancellation: cancellation)
    }

    /// Runs the client; one whose copy does not grow is killed.
    private func client(
        _ arguments: [String], _ cancellation: Cancellation?, growing folder: HadoopScratch? = nil
    ) throws(FetchError) -> ClientRun {
        guard let program = settings.program else {
            return ClientRun(problem: "no program hadoop on PATH")
        }
        let clock = ContinuousClock()
        var (seen, since) = (UInt64(0), clock.now)
        var isStalled = false
        let run = ClientRun.of(
            program, arguments, environment: settings.clientEnvironment
        ) {
            if cancellation?.isCancelled == true { return false }
            guard let stallTimeout else { return true }
            if let bytes = folder?.bytes, bytes != seen { (seen, since) = (bytes, clock.now) }
            isStalled = clock.now - since > stallTimeout
            return !isStalled
        }
        if cancellation?.isCancelled == true { throw .interrupted(uri) }
        if isStalled, run.wasKilled, let stallTimeout {
            throw FetchError(
                .transferFailed, uri: uri,
                "Hadoop's client copied nothing for \(stallTimeout), after \(seen) bytes",
                advice: "see whether 'hadoop fs -ls' answers on this machine")
        }
        return run
    }

    /// Mesos' words, in one line: `Unexpected result from the subprocess`.
    private func failed(_ what: String, _ run: ClientRun) -> FetchError {
        if let problem = run.problem {
            return FetchError(
                .unsupportedScheme, uri: uri, "\(what): \(problem)", advice: settings.advice)
        }
        return FetchError(
            .transferFailed, uri: uri,
            "\(what): Unexpected result from the subprocess: status='\(run.status)',"
                + " stdout='\(shown(run.output))', stderr='\(shown(run.errors))'",
            advice: "see the client's own words")
    }

    /// The end of an output, which says more than its beginning, without any secret of a URI.
    private func shown(_ text: String) -> String {
        // The client quotes the URI in words of its own, and a key of s3n may hold slashes.
        let masked = text.split(separator: location, omittingEmptySubsequences: false)
            .joined(separator: redacted(location))
        let words = masked.split(omittingEmptySubsequences: false) { $0 == " " || $0.isNewline }
        let end = words.map { redactedURI(String($0)) }.joined(separator: " ").suffix(1000)
        return String(end.drop { $0 == " " }).terminalSafe
    }

    /// The first line with two or three fields whose last one is the URI says the size.
    static func size(of location: String, in output: String) -> UInt64? {
        for line in output.split(whereSeparator: \.isNewline) {
            let fields = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard 2...3 ~= fields.count, fields.last.map(String.init) == location else { continue }
            return UInt64(fields[0])
        }
        return nil
    }

    /// The client's copy has the URI's last part for its name, as far as it can be one.
    private static func name(of location: String) -> String {
        let last = location.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let isName = !last.isEmpty && last != "." && last != ".." && last.utf8.count <= 200
        return isName ? String(last) : "artifact"
    }
}

extension HadoopSettings {
    /// What to do where there is no client.
    var advice: String {
        clientEnvironment["HADOOP_HOME"] == nil
            ? "install Hadoop's client on every agent and put it on PATH, or give --hadoop-home"
            : "correct --hadoop-home or HADOOP_HOME: its bin/hadoop is what Mesos starts"
    }
}
