public import Vocabulary

extension MesosPull {
    /// The rules that hold for a client that sends `auth` as it stands, or that name it.
    private static let rules: Set = [
        "C12", "V01", "V02", "V03", "V05", "V06", "V07", "V12", "V13", "V15", "V17", "K12", "P01",
        "P03", "P04", "P05", "P06", "P07",
    ]

    /// What is wrong with the configs that the containerizer reads, as far as they serve an image.
    ///
    /// A config that it cannot use has none: the decision says why.
    ///
    /// - Parameters:
    ///   - image: The image as it was written.
    ///   - now: Seconds since 1970.
    /// - Returns: Findings with the config as their file, the weightiest first.
    public func findings(aboutImage image: String, now: Int64) -> [Finding] {
        let host = MesosImageHost(of: image)
        var found: [Finding] = []
        for (text, source) in configs {
            guard let text, let entries = try? Self.parse(text, source) else { continue }
            let serving = entries.filter { match($0, host) != nil }.map(\.key)
            let context = ReviewContext(
                wanted: serving.isEmpty ? [host.text] : serving, now: now,
                isForMesosContainerizer: true)
            found += DockerCredentials.findings(
                aboutText: text, named: source,
                layout: Self.fileName(of: text) == ".dockercfg" ? .dockercfg : .config,
                context: context)
        }
        return found.filter { Self.rules.contains($0.id) }.byWeight
    }
}
