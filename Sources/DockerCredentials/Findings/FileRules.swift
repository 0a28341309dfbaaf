import LocatedJSON
import Vocabulary

/// Rules about one readable file: which key, which helper, which entry (K, H, C14, C16).
struct FileRules {
    let file: ConfigFile
    let document: JSONDocument
    let layout: ConfigFile.Layout
    let context: ReviewContext

    /// Judges the file for every key that is wanted, or every entry where none is.
    func review(_ sink: inout FindingSink) {
        helperKeys(&sink)
        let holdsNothing =
            file.entries.isEmpty && file.credentialStore.isEmpty
            && file.credentialHelpers.isEmpty
        if holdsNothing {
            // A name that is almost right says already why there is nothing.
            if !sink.has("C13") {
                sink.add("C14", at: document.root.location, "\(sink.file) holds no credentials")
            }
            return
        }
        let fromFile = context.wanted.filter { review($0, &sink) }
        let served =
            context.wanted.isEmpty ? file.entries : file.entries.filter { serves($0) != nil }
        for entry in served {
            review(entry, &sink)
            if context.wanted.isEmpty { keyForm(entry, &sink) }
        }
        if context.wanted.isEmpty {
            for host in severalKeys { sink.add("K05", at: host.1, host.0) }
        } else {
            bystanders(served, fromFile, &sink)
        }
        sharedLogins(served, &sink)
        mesosKeys(&sink)
    }

    /// The wanted key that an entry stands for.
    private func serves(_ entry: ConfigFile.Entry) -> String? {
        let host = RegistryKey.host(of: entry.key, behavior: context.behavior)
        return context.wanted.first { $0 == entry.key || $0 == host }
    }

    /// Entries of one host under several keys, none of them the host itself.
    private var severalKeys: [(String, JSONLocation?)] {
        let groups = Dictionary(grouping: file.entries) {
            RegistryKey.host(of: $0.key, behavior: context.behavior)
        }
        return groups.filter { host, entries in
            entries.count > 1 && !entries.contains { $0.key == host }
                && !entries.contains { $0.key == ImageReference.hubKey }
        }.map { host, entries in
            let keys = entries.lazy.map(\.key).inShort
            return (
                "\(keys) all stand for \(host): Docker takes one at random", entries[0].location
            )
        }.sorted { $0.0 < $1.0 }
    }

    /// The rules about one wanted key; whether an entry of the file is used for it.
    private func review(_ key: String, _ sink: inout FindingSink) -> Bool {
        let exact = file.entry(key)
        let sameHost = file.entries.filter {
            $0.key != key && RegistryKey.host(of: $0.key, behavior: context.behavior) == key
        }
        let chosen = exact ?? sameHost.first
        if HelperRules(file: file, document: document, context: context)
            .review(key, entry: chosen, &sink)
        {
            return false
        }
        if exact == nil, sameHost.count > 1 {
            let keys = sameHost.lazy.map(\.key).inShort
            sink.add(
                "K05", at: sameHost[0].location,
                "\(keys) all stand for \(key): Docker takes one at random",
                advice: "keep one, under the key \(key)")
            return true
        }
        guard let chosen else {
            MissingKey(file: file, context: context).explain(key, &sink)
            return false
        }
        if let exact, exact.isEmpty, let filled = sameHost.first(where: { !$0.isEmpty }) {
            sink.add(
                "K06", at: exact.location,
                "the empty entry \(exact.key) wins over the login under \(filled.key)")
        } else if chosen.isEmpty {
            sink.add(
                "C14", at: chosen.location, "the entry \(chosen.key) holds no login")
        }
        if exact == nil { keyForm(chosen, &sink) }
        return true
    }

    /// K04, K07, K08: the spelling of a key that is not the host itself.
    private func keyForm(_ entry: ConfigFile.Entry, _ sink: inout FindingSink) {
        let key = entry.key
        guard key != ImageReference.hubKey else { return }
        let form = KeyForm(key)
        let host = RegistryKey.host(of: key, behavior: context.behavior)
        if form.isOdd {
            sink.add(
                "K07", at: entry.location,
                "the key of \(host) is a URL that not every Docker reads (foreign scheme, user info,"
                    + " query or empty port)", advice: "store the login under \(host)")
        } else if form.isNamespace {
            sink.add(
                "K04", at: entry.location,
                "Docker ignores the path of \(key): the login is used for every image of \(host)",
                advice: "store the login under \(host)")
        } else if form.isLegacy {
            sink.add("K08", at: entry.location, "\(key) is an old spelling of \(host), and works")
        }
    }

    /// The rules about one entry that may be used; they say nothing of an empty one.
    private func review(_ entry: ConfigFile.Entry, _ sink: inout FindingSink) {
        guard !entry.isEmpty else { return }
        let host = RegistryKey.host(of: entry.key, behavior: context.behavior)
        ValueRules(entry: entry, host: host, context: context).review(&sink)
    }

    /// K09 and C16: what stands beside the entries that are wanted.
    private func bystanders(
        _ served: [ConfigFile.Entry], _ fromFile: [String], _ sink: inout FindingSink
    ) {
        let used = Set(served.map(\.key))
        let others = file.entries.filter { !used.contains($0.key) }
        if let broken = others.first(where: { $0.undecodable != nil }),
            let words = broken.undecodable
        {
            let wanted = served.first {
                $0.gainsByDecoding && serves($0).map(fromFile.contains) == true
            }
            let effect =
                wanted.map { "Docker then uses the entry for \($0.key) only in some runs" }
                ?? "Docker warns of it at every command"
            sink.add(
                "C16", at: broken.location, severity: wanted == nil ? .warning : nil,
                "the auth of \(broken.key) is broken (\(words)); \(effect)")
        }
        let accused = sink.accusedKeys.union(context.accusedKeys)
        let extra = others.filter {
            !$0.isEmpty && $0.undecodable == nil && !accused.contains($0.key)
        }
        guard let first = extra.first else { return }
        let hosts = extra.lazy.map(\.key).inShort
        sink.add(
            "K09", at: first.location,
            "the file also holds credentials for \(hosts): every reader of the sandbox gets"
                + " them")
    }

    /// V18: one login under keys of several hosts.
    private func sharedLogins(_ served: [ConfigFile.Entry], _ sink: inout FindingSink) {
        let groups = Dictionary(grouping: served.filter { !$0.auth.isEmpty }, by: \.auth)
        for entries in groups.values.sorted(by: { $0[0].key < $1[0].key }) {
            let hosts = Set(
                entries.map { RegistryKey.host(of: $0.key, behavior: context.behavior) })
            guard hosts.count > 1 else { continue }
            sink.add(
                "V18", at: entries[1].location,
                "\(entries.lazy.map(\.key).inShort) have the same login")
        }
    }

    /// H04: keys of `credHelpers` that match nothing.
    private func helperKeys(_ sink: inout FindingSink) {
        for (host, _) in file.credentialHelpers {
            // Docker asks for every other host by its own name, for registry-1.docker.io as well.
            guard host != ImageReference.hubKey, host.contains("/") || RegistryKey.isHub(host)
            else { continue }
            let right =
                RegistryKey.isHub(RegistryKey.plainHost(of: host))
                ? ImageReference.hubKey : RegistryKey.host(of: host, behavior: context.behavior)
            sink.add(
                "H04", at: document.member(host, of: "credHelpers")?.nameValue.location,
                "credHelpers/\(host) is never matched", advice: "write \(right)")
        }
    }

    static func isHubAlias(_ host: String) -> Bool {
        RegistryKey.isHub(host) || host == "registry-1.docker.io" || host == "hub.docker.com"
    }

    /// K12: what Mesos would take for the Hub.
    private func mesosKeys(_ sink: inout FindingSink) {
        guard context.isForMesosContainerizer else { return }
        for entry in file.entries where !entry.isEmpty {
            let host = RegistryKey.plainHost(of: entry.key)
            guard host.contains("docker.io"), !Self.isHubAlias(host) else { continue }
            sink.add(
                "K12", at: entry.location,
                "Mesos would offer the login of \(entry.key) to Docker Hub: the key contains"
                    + " docker.io")
        }
    }
}

extension ConfigFile.Entry {
    /// Whether there is nothing in it that could be a login.
    var isEmpty: Bool {
        auth.isEmpty && plain.username.isEmpty && plain.password.isEmpty && identityToken.isEmpty
            && registryToken.isEmpty
    }
}

extension JSONDocument {
    /// The last member of a top-level object, whose name is taken in any case.
    func member(_ name: String, of field: String) -> JSONMember? {
        let parents = root.members.filter { $0.name.lowercased() == field.lowercased() }
        return parents.flatMap { Array($0.value.members) }.last { $0.name == name }
    }
}
