import Vocabulary

/// What the chosen Mesos would do otherwise with a task's requests, known before anything comes.
struct RequestFindings {
    let behavior: MesosBehavior
    let user: String?
    private(set) var findings: [Finding] = []

    init(of requests: [ArtifactRequest], options: FetchOptions) {
        behavior = options.behavior
        user = options.user
        for request in requests { look(at: request) }
        lookForEqual(requests)
    }

    private mutating func add(
        _ id: String, _ request: ArtifactRequest, _ message: String, _ advice: String,
        _ severity: Severity? = nil
    ) {
        findings.append(
            Finding(
                id: id, severity: severity ?? FetchRules.severity(of: id),
                place: Place(file: redacted(request.uri)), message: message, advice: advice))
    }

    private mutating func look(at request: ArtifactRequest) {
        lookAtAddress(of: request)
        lookAtName(of: request)
        if request.cache { lookAtCaching(of: request) }
    }

    private mutating func lookAtAddress(of request: ArtifactRequest) {
        let shown = redacted(request.uri)
        let uri = request.uri
        let trimmed = uri.drop { " \t\r\n".contains($0) || $0 == "\r\n" }
        if trimmed.count < uri.count {
            if !behavior.trimsLeadingBlanks {
                add(
                    "F14", request,
                    "Mesos \(behavior.version) takes the blanks in front for a part of the URI",
                    "take them out", .error)
            } else {
                add(
                    "F14", request, "the URI begins with blanks, which only the download ignores",
                    "take them out")
            }
        }
        let scheme = trimmed.firstRange(of: "://").map { trimmed[..<$0.lowerBound] }
        if let scheme, scheme != scheme.lowercased()[...] {
            add(
                "F13", request,
                "Mesos does not know the scheme \(scheme) with capitals, and hands"
                    + " \(shown) to a Hadoop client", "write it in small letters")
        } else if let scheme, !behavior.sendsUnknownSchemesToHadoop,
            !Self.schemesOfOld.contains(String(scheme))
        {
            add(
                "F13", request,
                "Mesos \(behavior.version) does not know the scheme \(scheme)",
                "use one of \(Self.schemesOfOld.sorted().joined(separator: ", "))", .error)
        } else if scheme == "file", !behavior.knowsFileScheme {
            add(
                "F13", request, "Mesos \(behavior.version) does not know file://",
                "write the path alone", .error)
        }
        if scheme == nil, trimmed.hasPrefix("localhost"), behavior.stripsLocalhostWithoutScheme {
            let rest = trimmed.dropFirst("localhost".count)
            add(
                "F12", request, "Mesos cuts localhost off and reads \(redacted(String(rest)))",
                "write an absolute path")
        }
        if let scheme, ["ftp", "ftps"].contains(scheme), behavior.ftpSuccessCode != 226 {
            add(
                "F29", request,
                "Mesos \(behavior.version) takes no reply of an FTP server for success",
                "serve the file over HTTP")
        }
        if let scheme, ["http", "https", "ftp", "ftps"].contains(scheme),
            !behavior.hasStallTimeout
        {
            add(
                "F22", request, "Mesos \(behavior.version) waits for ever when the server stalls",
                "use Mesos 1.6 or newer")
        }
        if scheme == nil || scheme == "file", let user, !behavior.fetchesAsTaskUser {
            add(
                "F30", request,
                "Mesos \(behavior.version) reads the file with the agent's rights, not those of"
                    + " \(user)", "use Mesos 1.0 or newer")
        }
        if redactedURI(uri) != uri {
            add(
                "F23", request, "Mesos writes the secret in \(shown) to the sandbox's stderr",
                "use a URI without a login")
        }
    }

    private static let schemesOfOld: Set<String> = [
        "file", "ftp", "ftps", "hdfs", "hftp", "http", "https", "s3", "s3n",
    ]

    private mutating func lookAtName(of request: ArtifactRequest) {
        guard let name = try? ArtifactName.basename(of: request.uri) else { return }
        var target = name
        if let file = request.outputFile {
            if behavior.knowsOutputFile {
                target = file
            } else {
                add(
                    "F15", request,
                    "Mesos \(behavior.version) ignores the output file \(shown(file)) and writes"
                        + " \(shown(name))", "rename the file at its source")
            }
        }
        if ["stdout", "stderr"].contains(target) {
            add(
                "F16", request, "\(target) is the task's log: it is overwritten",
                "give the file another name")
        }
        guard request.extract, !request.executable else { return }
        let newest = MesosBehavior()
        if ArchiveSuffix(of: target, behavior: behavior) == nil,
            ArchiveSuffix(of: target, behavior: newest) != nil
        {
            add(
                "F19", request,
                "Mesos \(behavior.version) does not unpack \(shown(target)): newer ones do",
                "make it a .tar.gz")
        }
        let path = target.prefix { $0 != "?" && $0 != "#" }
        if request.outputFile == nil, path.count < target.count,
            ArchiveSuffix(of: target, behavior: behavior) == nil,
            ArchiveSuffix(of: String(path), behavior: behavior) != nil
        {
            // The rule of definitions: `simagent check` says the same before.
            add(
                "L-QUERY-BASENAME", request,
                "the fetcher saves this under a name with its query, \(shown(target)), and does not"
                    + " unpack it", "name the output file \(shown(String(path)))", .error)
        }
    }

    private mutating func lookAtCaching(of request: ArtifactRequest) {
        guard behavior.hasCache else {
            return add(
                "F31", request, "Mesos \(behavior.version) has no cache",
                "leave \"cache\" out")
        }
        guard let name = try? ArtifactName.basename(of: request.uri) else { return }
        let target = behavior.knowsOutputFile ? request.outputFile ?? name : name
        if request.extract, !request.executable {
            let byURI = ArchiveSuffix(of: name, behavior: behavior)
            let byTarget = ArchiveSuffix(of: target, behavior: behavior)
            if (byURI == nil) != (byTarget == nil) {
                add(
                    "F17", request,
                    byURI == nil
                        ? "through the cache \(shown(target)) is not unpacked: the URI's name is no"
                            + " archive's"
                        : "through the cache its content alone comes: \(shown(target)) does not"
                            + " appear",
                    "let both names end alike")
            } else if byURI == .bareGzip {
                add(
                    "F18", request,
                    "Mesos calls what comes out c1-\(shown(String(name.dropLast(3)))), after its"
                        + " cached file", "do not cache it")
            }
        }
        if redactedURI(request.uri) != request.uri || Self.logins.contains(target)
            || Self.logins.contains(name)
        {
            add(
                "F26", request, "Mesos keeps \(shown(target)) in a file that all users can read",
                "do not cache it")
        }
    }

    private static let logins: Set<String> = [
        "docker.tar.gz", "docker.tgz", "docker.tar", "docker.tar.bz2", "docker.tar.xz",
        "docker.zip", ".dockercfg", ".docker/config.json", "config.json",
    ]

    private mutating func lookForEqual(_ requests: [ArtifactRequest]) {
        var targets: [String: ArtifactRequest] = [:]
        for (index, request) in requests.enumerated() {
            let before = requests[..<index]
            if before.contains(where: { $0.isSame(as: request) }) {
                add(
                    "F11", request, "Mesos fetches this once, though it is named twice",
                    "name it once")
            } else if let target = try? ArtifactTarget(of: request, behavior: behavior).path {
                if let other = targets[target] {
                    add(
                        "L-COLLISION", request,
                        "\(redacted(request.uri)) and \(redacted(other.uri)) are both written to"
                            + " \(shown(target)); which of them stays is not specified",
                        "give one of them an output file of its own", .error)
                }
                targets[target] = request
            }
            if request.cache, behavior.hasCache,
                before.contains(where: { $0.cache && $0.uri == request.uri }),
                behavior.deadlocksOnSharedURI || before.contains(request)
            {
                add(
                    "F33", request,
                    behavior.deadlocksOnSharedURI
                        ? "Mesos \(behavior.version) waits for ever: the URI is cached twice"
                        : "the agent never lets this entry of its cache go: it is asked for twice",
                    "name it once")
            }
        }
    }

    private func shown(_ name: String) -> String { redacted(name) }
}

extension FetchRules {
    /// The severity with which a rule usually speaks.
    static func severity(of id: String) -> Severity {
        all.first { $0.id == id }?.severity ?? .warning
    }
}
