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
    guard first != "docker.io", first != "index.docker.io" else { return [] }
    let host = keys.lazy.map(RegistryKey.plainHost(of:)).first {
        $0.hasPrefix(first + ".") || $0.hasPrefix(first + ":")
    }
    // The Hub has namespaces of one part only.
    guard host != nil || reference.path.split(separator: "/").count > 2 else { return [] }
    let rest = image[slash...]
    return [
        finding(
            "K11", "\(shown) is an image of Docker Hub: \(first) has neither dot nor colon",
            "write \(host ?? first + ":443")\(rest)")
    ]
}
