public import Vocabulary

/// What is wrong with an image's name: rules K10 and K11.
///
/// - Parameters:
///   - image: The reference as it was written.
///   - keys: The keys of the credentials file, which show what a first part was meant to be.
///   - behavior: The Docker that pulls.
/// - Returns: At most one finding; its place and path are the caller's to add.
public func findings(
    aboutImage image: String, keys: [String] = [], behavior: DockerBehavior
) -> [Finding] {
    let shown = image.utf8.count > 300 ? String(image.prefix(300)) + "…" : image
    func finding(_ id: String, _ message: String, _ advice: String? = nil) -> Finding {
        let rule = CredentialRules.rule(id)
        return Finding(
            id: id, severity: .error, message: message.terminalSafe,
            advice: advice?.terminalSafe ?? rule?.advice.asClause ?? "")
    }
    let reference: ImageReference
    do throws(ImageReferenceError) {
        reference = try ImageReference(parsing: image, behavior: behavior)
    } catch {
        let reason = error.description.utf8.count > 300 ? "invalid" : error.description
        return [finding("K10", "\(shown) is no image reference: \(reason)")]
    }
    guard reference.host == "docker.io", let slash = image.firstIndex(of: "/") else { return [] }
    let first = String(image[..<slash])
    guard !RegistryKey.isHub(first) else { return [] }
    let host = keyMeant(byImage: image, among: keys).map(RegistryKey.plainHost(of:))
    // The Hub has namespaces of one part only.
    guard host != nil || reference.path.split(separator: "/").count > 2 else { return [] }
    let rest = image[slash...]
    return [
        finding(
            "K11", "\(shown) is an image of Docker Hub: \(first) has neither dot nor colon",
            "write \(host ?? first + ":443")\(rest)")
    ]
}

/// The key of a host that begins with the first part of an image's name.
private func keyMeant(byImage image: String, among keys: [String]) -> String? {
    let first = image.before("/")
    return keys.first {
        let host = RegistryKey.plainHost(of: $0)
        return host.hasPrefix(first + ".") || host.hasPrefix(first + ":")
    }
}

extension DockerPull.Reading {
    /// What is wrong with an image's name and with the file that was read for it.
    ///
    /// A first part that is no host names the fault of the key that is missing then: K01 to K03 are
    /// silent beside it.
    ///
    /// - Parameters:
    ///   - image: The reference as it was written; `nil` where a registry is asked for.
    ///   - key: ``ImageReference/configKey``.
    ///   - behavior: The Docker that pulls.
    ///   - hasProgram: Whether a program of that name is on the client's PATH.
    ///   - now: Seconds since 1970.
    /// - Returns: Findings, the weightiest first; those without a place are about the name.
    public func findings(
        image: String?, key: String, behavior: DockerBehavior,
        hasProgram: @escaping @Sendable (String) -> Bool, now: Int64
    ) -> [Finding] {
        let keys = (try? source?.content.get())?.entries.map(\.key) ?? []
        let names =
            image.map {
                DockerCredentials.findings(aboutImage: $0, keys: keys, behavior: behavior)
            } ?? []
        // Where the variable has the key, neither the file nor a helper is asked.
        guard let source, variable?.decision(for: key) == nil else { return names }
        var context = ReviewContext(
            wanted: [key], behavior: behavior, hasProgram: hasProgram, now: now)
        if names.contains(where: { $0.id == "K11" }),
            let meant = image.flatMap({ keyMeant(byImage: $0, among: keys) })
        {
            context.accusedKeys = [meant]
        }
        let entries = DockerCredentials.findings(about: source, context: context)
        return
            (names
            + entries.filter { names.isEmpty || !["K01", "K02", "K03"].contains($0.id) }).byWeight
    }
}
