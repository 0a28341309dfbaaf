import Vocabulary

/// What a source did without that Mesos would have needed, or did with it.
func sourceFindings(
    of request: ArtifactRequest, _ source: any ContentSource, _ receipt: ContentReceipt
) -> [Finding] {
    func finding(_ id: String, _ message: String, _ advice: String) -> Finding {
        Finding(
            id: id, severity: FetchRules.severity(of: id),
            place: Place(file: redacted(request.uri)), message: message, advice: advice)
    }
    var findings: [Finding] = []
    if source is WebHDFSSource || source is ObjectStoreSource {
        findings.append(
            finding(
                "F34", "it came without Hadoop's client, which Mesos fetches it with",
                "see that every agent has the client, and that it reads the URI"))
    }
    if request.uri.contains("https://"), let target = receipt.redirectedTo,
        target.lowercased().hasPrefix("http://")
    {
        findings.append(
            finding(
                "F35", "a redirect led from HTTPS to \(target), and Mesos follows it as well",
                "name an address that stays with HTTPS"))
    }
    return findings
}
