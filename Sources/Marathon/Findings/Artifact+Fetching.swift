/// What Mesos' fetcher will make of an artifact, as far as its URI alone shows it.
extension Artifact {
    /// The name under which the fetcher saves a URI (`Fetcher::basename`), query and fragment
    /// included; empty where the URI ends in a slash.
    var baseName: String {
        var text = uri[...]
        if let scheme = uri.firstRange(of: "://"),
            uri.distance(from: uri.startIndex, to: scheme.lowerBound) >= 2
        {
            text = uri[scheme.upperBound...]
        } else {
            while text.count > 1, text.last == "/" { text.removeLast() }
        }
        return String(text[(text.lastIndex(of: "/").map(text.index(after:)) ?? text.startIndex)...])
    }

    /// Its path in the sandbox.
    func savedName(on agent: AgentTraits) -> String {
        agent.knowsOutputFile ? outputFile ?? baseName : baseName
    }

    /// The name whose suffix decides whether it is unpacked: through the cache it is the URI's
    /// own, whatever it is saved as (`fetchFromCache`).
    func recognizedName(on agent: AgentTraits) -> String {
        cache ? baseName : savedName(on: agent)
    }

    /// The last part of its path alone, without query and fragment.
    var pathName: String {
        let path = uri.prefix { $0 != "?" && $0 != "#" }
        return String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
    }

    /// Whether its name is one that a login for images usually has.
    var isLogin: Bool {
        [".dockercfg", ".docker/config.json"].contains(outputFile ?? pathName) || isLoginArchive
    }

    /// Whether its name is one that an archive with a login usually has.
    var isLoginArchive: Bool {
        [
            "docker.tar.gz", "docker.tgz", "docker.tar", "docker.tar.bz2", "docker.tar.xz",
            "docker.tbz2", "docker.txz", "docker.zip",
        ].contains(outputFile ?? pathName)
    }

    /// The files of the sandbox that are written for it and known without fetching.
    func targets(on agent: AgentTraits) -> [String] {
        let name = Self.normalized(savedName(on: agent))
        let recognized = recognizedName(on: agent)
        guard extract, !executable, agent.unpacks(recognized) else { return [name] }
        if isLoginArchive { return [name, ".docker/config.json"] }
        let isBareGzip =
            recognized.hasSuffix(".gz") && !recognized.hasSuffix(".tar.gz") && !cache
        guard isBareGzip else { return [name] }
        // What comes out lies in the sandbox itself, whatever the folder of the archive.
        let base = name[(name.lastIndex(of: "/").map(name.index(after:)) ?? name.startIndex)...]
        return [name, String(base.dropLast(3))]
    }

    private static func normalized(_ path: String) -> String {
        path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    /// Why the fetcher would refuse it before or while it fetches; `nil` where it would try.
    func fetcherFault(on agent: AgentTraits) -> (message: String, advice: String)? {
        if uri.unicodeScalars.contains(where: { "\\'\0".unicodeScalars.contains($0) }) {
            return (
                "Mesos' fetcher refuses a backslash, a quote or NUL in a URI", "escape it as %XX"
            )
        }
        if let scheme = uri.firstRange(of: "://"),
            uri.distance(from: uri.startIndex, to: scheme.lowerBound) >= 2
        {
            let rest = uri[scheme.upperBound...]
            guard let slash = rest.firstIndex(of: "/"), rest.index(after: slash) < rest.endIndex
            else {
                return ("Mesos' fetcher refuses a URI without a path", "add the path of the file")
            }
        }
        if uri.hasPrefix("file://"), !uri.hasPrefix("file:///"), !uri.hasPrefix("file://localhost/")
        {
            return (
                "Mesos' fetcher takes file:// with an absolute path alone, and no host",
                "write file:/// and the path"
            )
        }
        if agent.knowsOutputFile, let outputFile {
            return Self.fault(ofDestination: outputFile)
        }
        return baseName.isEmpty
            ? (
                "this URI ends in a slash: there is no name to save it under",
                "name a file, or add \"destPath\""
            ) : nil
    }

    private static func fault(ofDestination path: String) -> (message: String, advice: String)? {
        if path.hasPrefix("/") {
            return ("Mesos' fetcher refuses an absolute \"destPath\"", "write it below the sandbox")
        }
        if path.hasSuffix("/") {
            return ("this \"destPath\" is a folder: nothing can be written there", "name the file")
        }
        return path.split(separator: "/").contains("..")
            ? ("this \"destPath\" leads out of the sandbox", "write it below the sandbox") : nil
    }

    /// Whether its query looks like a signature with an end.
    var hasExpiringQuery: Bool {
        guard let question = uri.firstIndex(of: "?") else { return false }
        let query = uri[question...].dropFirst().prefix { $0 != "#" }
        let names = Set(query.split(separator: "&").map { $0.prefix { $0 != "=" }.lowercased() })
        let signed: Set<String> = [
            "x-amz-expires", "x-amz-signature", "x-goog-expires", "x-goog-signature", "expires",
            "x-oss-expires", "x-oss-signature", "x-cos-signature", "q-sign-time",
        ]
        return !names.isDisjoint(with: signed) || names.contains("se") && names.contains("sig")
    }
}

extension AgentTraits {
    /// Whether the fetcher unpacks a file of that name; the case of letters matters.
    func unpacks(_ name: String) -> Bool {
        let isArchive = [".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz", ".zip"]
            .contains(where: name.hasSuffix)
        return isArchive || unpacksPlainTar && name.hasSuffix(".tar")
            || unpacksBareGzip && name.hasSuffix(".gz")
    }

    /// Whether a newer Mesos would unpack it.
    func couldUnpack(_ name: String) -> Bool { AgentTraits().unpacks(name) }
}
