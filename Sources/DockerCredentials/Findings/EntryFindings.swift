import LocatedJSON
public import Vocabulary

/// What is wrong with the content of a credentials file for one registry: rules C, H, K and P01.
///
/// - Parameters:
///   - source: The file that the client reads.
///   - key: The key that is wanted: ``ImageReference/configKey``.
///   - behavior: The Docker that pulls.
///   - hasProgram: Whether a program of that name is on the agent's PATH.
///   - now: Seconds since 1970.
/// - Returns: Findings with places in the file.
public func findings(
    about source: DockerPull.Source, wanted key: String, behavior: DockerBehavior,
    hasProgram: @escaping (String) -> Bool, now: Int64
) -> [Finding] {
    switch source.content {
    case .failure(let error): [finding(about: error, in: source.file)]
    case .success(let file):
        EntryRules(
            file: file, name: source.file, key: key, behavior: behavior, hasProgram: hasProgram,
            now: now
        ).findings
    }
}

private func finding(about error: ConfigFileError, in file: String) -> Finding {
    let place = Place(file: file, line: error.location?.line, column: error.location?.column)
    let id =
        switch error.reason {
        case .unreadable: "A10"
        case .syntax where error.message.contains("byte order mark"): "C01"
        case .syntax where error.message.contains("UTF-16"): "C02"
        case .syntax: "C03"
        case .type: error.message.hasPrefix("the top level") ? "C06" : "C07"
        }
    return Finding(
        id: id, severity: .error, place: place,
        message: "Docker gets no credential from \(file): \(error.message)",
        advice: "mend it, or write it anew with docker login")
}

/// The rules about entries, helpers and keys of one file.
private struct EntryRules {
    let file: ConfigFile
    let name: String
    let key: String
    let behavior: DockerBehavior
    let hasProgram: (String) -> Bool
    let now: Int64

    var findings: [Finding] {
        var findings: [Finding] = []
        for entry in file.entries {
            if let words = entry.undecodable {
                findings.append(
                    make(
                        "C16", .error, entry,
                        "the auth of \(entry.key) is broken (\(words)); Docker then uses other"
                            + " entries only in some runs", "make it anew with docker login"))
            }
        }
        findings += keyFindings + others
        return findings
    }

    private var sameHost: [ConfigFile.Entry] {
        file.entries.filter {
            $0.key == key || RegistryKey.host(of: $0.key, behavior: behavior) == key
        }
    }

    private var keyFindings: [Finding] {
        let matches = sameHost
        let exact = file.entry(key)
        if let helper = helperFinding(exact ?? matches.first) { return [helper] }
        if file.entries.isEmpty {
            return [
                make("C14", .error, nil, "the file holds no credentials", "log in, and pack again")
            ]
        }
        if exact == nil, matches.count > 1 {
            let keys = matches.map(\.key).joined(separator: ", ")
            return [
                make(
                    "K05", .error, matches[0],
                    "\(keys) all stand for \(key): Docker takes one at random",
                    "keep one, under the key \(key)")
            ]
        }
        guard let entry = exact ?? matches.first else { return [missingKey] }
        if let expiry = AmazonToken(entry)?.expiration, expiry < now {
            return [
                make(
                    "P01", .error, entry,
                    "the ECR token of \(entry.key) has expired; such tokens live 12 hours",
                    "log in again, and pack again")
            ]
        }
        if entry.undecodable == nil, entry.kind == .anonymous {
            return [
                make(
                    "C14", .error, entry, "the entry \(entry.key) holds no user and password",
                    "log in with an empty credsStore, and pack again")
            ]
        }
        return []
    }

    private func helperFinding(_ entry: ConfigFile.Entry?) -> Finding? {
        if let helper = file.credentialHelpers.first(where: { $0.host == key }),
            !helper.suffix.isEmpty
        {
            let program = "docker-credential-\(helper.suffix)"
            guard !hasProgram(program) else { return nil }
            return make(
                "H03", .error, nil, "\(program) is asked for \(key), and is not on the agent",
                "install it on every agent, or pack a plain login")
        }
        guard !file.credentialStore.isEmpty, behavior.knowsCredentialStore else { return nil }
        let program = "docker-credential-\(file.credentialStore)"
        if entry?.kind == .basic, entry?.undecodable == nil {
            return make(
                "H02", .warning, nil,
                "credsStore names \(program); Docker 29 and newer fail without it, older ones use"
                    + " the file", "take credsStore out of the file")
        }
        return make(
            "H01", .error, nil,
            "the login is in the \"\(file.credentialStore)\" keychain of the machine where the"
                + " file was made, not in the file",
            "log in with an empty credsStore, and pack again")
    }

    private var missingKey: Finding {
        if key == ImageReference.hubKey {
            let alias = file.entries.first {
                ["docker.io", "index.docker.io", "registry-1.docker.io"]
                    .contains(RegistryKey.plainHost(of: $0.key))
            }
            if let alias {
                return make(
                    "K02", .error, alias,
                    "Docker finds the Hub's login under exactly \(key), not under \(alias.key)",
                    "rename the key")
            }
        }
        let nearest = NearestKey(to: key, among: file.entries.map(\.key))
        let entry = nearest.flatMap { near in file.entries.first { $0.key == near.key } }
        let hint =
            nearest.map { "; it has \($0.key), which is another registry to Docker: \($0.because)" }
            ?? "; it has \(file.entries.map(\.key).joined(separator: ", "))"
        return make(
            "K01", .error, entry, "no credential for \(key)\(hint)",
            nearest == nil ? "log in to \(key), and pack again" : "store the login under \(key)")
    }

    private var others: [Finding] {
        var used = Set(sameHost.map(\.key))
        // The key that was meant is told once, by the rule that says why it is not taken.
        if used.isEmpty, let near = NearestKey(to: key, among: file.entries.map(\.key)) {
            used.insert(near.key)
        }
        return file.entries.filter { !used.contains($0.key) && $0.kind != .anonymous }.map {
            make(
                "K09", .warning, $0,
                "the file also holds credentials for \($0.key): every reader of the sandbox gets"
                    + " them", "pack the entries alone that the image needs")
        }
    }

    private func make(
        _ id: String, _ severity: Severity, _ entry: ConfigFile.Entry?, _ message: String,
        _ advice: String
    ) -> Finding {
        Finding(
            id: id, severity: severity,
            place: Place(
                file: name, line: entry?.location?.line, column: entry?.location?.column),
            message: message.terminalSafe, advice: advice)
    }
}
