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
                "F34",
                "\(redacted(request.uri)) came without Hadoop's client, with which Mesos fetches it",
                "see that every agent has the client, and that it reads the URI"))
    }
    if request.uri.contains("https://"), let target = receipt.redirectedTo,
        target.lowercased().hasPrefix("http://")
    {
        findings.append(
            finding(
                "F35",
                "\(redacted(request.uri)) leads from HTTPS to \(target), and Mesos follows as well",
                "name an address that stays with HTTPS"))
    }
    return findings
}
