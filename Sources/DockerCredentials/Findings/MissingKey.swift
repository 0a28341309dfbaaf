import LocatedJSON
import Vocabulary

/// Why no entry serves a key: P02, K01 to K03, K07, K11.
struct MissingKey {
    let file: ConfigFile
    let context: ReviewContext

    /// Lets the one rule speak that names the fault.
    func explain(_ key: String, _ sink: inout FindingSink) {
        let filled = file.entries.filter { !$0.isEmpty }
        if key == ImageReference.hubKey, hub(filled, &sink) { return }
        if key == "registry-1.docker.io", let hub = file.entry(ImageReference.hubKey) {
            sink.accuse(hub.key)
            sink.add(
                "K03", at: hub.location,
                "the image is of registry-1.docker.io and the login of Docker Hub: to Docker they"
                    + " are two registries")
            return
        }
        if let entry = filled.first(where: {
            RegistryKey.host(of: $0.key, behavior: .newest) == key
        }) {
            sink.accuse(entry.key)
            sink.add(
                "K07", at: entry.location, severity: .error,
                "Docker \(context.behavior.version) does not read the key of \(key) as a URL of that"
                    + " spelling", advice: "store the login under \(key)")
            return
        }
        if let wanted = AmazonRegistry(key), amazon(wanted, key, filled, &sink) { return }
        let keys = file.entries.map(\.key)
        if key.isEmpty {
            sink.add(
                "K01",
                "the image's name has no host: Docker looks for a login under the empty key",
                advice: "correct the name: a host's name has no underscore")
            return
        }
        // The Hub's key is a URL; what resembles it has a rule of its own.
        let nearest =
            key == ImageReference.hubKey ? nil : NearestKey(to: key, among: keys)
        let entry = nearest.flatMap { file.entry($0.key) }
        var hint = ""
        if let nearest {
            hint =
                "; it has \(nearest.key), which is another registry to Docker: \(nearest.because)"
        } else if !keys.isEmpty {
            hint = "; it has \(keys.inShort)"
        }
        sink.accuse(nearest?.key)
        sink.add(
            "K01", at: entry?.location, "no credential for \(key)\(hint)",
            advice: nearest == nil
                ? "log in to \(key), and pack again" : "store the login under \(key)")
    }

    /// K02 and K03: another spelling of the Hub.
    private func hub(_ entries: [ConfigFile.Entry], _ sink: inout FindingSink) -> Bool {
        let key = ImageReference.hubKey
        if let alias = entries.first(where: {
            let host = RegistryKey.host(of: $0.key, behavior: .newest).lowercased()
            return RegistryKey.isHub(host) || host == "hub.docker.com"
        }) {
            sink.accuse(alias.key)
            sink.add(
                "K02", at: alias.location,
                "Docker finds the Hub's login under exactly \(key), not under \(alias.key)")
            return true
        }
        if let entry = entries.first(where: {
            RegistryKey.plainHost(of: $0.key) == "registry-1.docker.io"
        }) {
            sink.accuse(entry.key)
            sink.add(
                "K03", at: entry.location,
                "the image is of Docker Hub and the login of registry-1.docker.io: to Docker they"
                    + " are two registries", advice: "store the login under \(key)")
            return true
        }
        return false
    }

    private func amazon(
        _ wanted: AmazonRegistry, _ key: String, _ entries: [ConfigFile.Entry],
        _ sink: inout FindingSink
    ) -> Bool {
        for entry in entries {
            guard let other = AmazonRegistry(RegistryKey.plainHost(of: entry.key)), other != wanted
            else { continue }
            sink.accuse(entry.key)
            sink.add(
                "P02", at: entry.location,
                "the login is for account \(other.account) in \(other.region), the image is of"
                    + " account \(wanted.account) in \(wanted.region)",
                advice: "log in to \(key), and pack again")
            return true
        }
        return false
    }
}

/// A private registry of Amazon: twelve digits, `.dkr.ecr.` and a region.
struct AmazonRegistry: Equatable {
    let account: String
    let region: String

    /// Reads a host; `nil` where it is none of Amazon's (`ecr-login/api/client.go`).
    init?(_ host: String) {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard let account = parts.first, account.utf8.count == 12,
            account.utf8.allSatisfy({ $0 &- 0x30 < 10 })
        else { return nil }
        let isDotted = parts.count >= 5 && parts[1] == "dkr" && parts[2].hasPrefix("ecr")
        let isDashed = parts.count >= 4 && parts[1].hasPrefix("dkr-ecr")
        guard isDotted || isDashed else { return nil }
        self.account = String(account)
        region = String(parts[isDotted ? 3 : 2])
    }
}
