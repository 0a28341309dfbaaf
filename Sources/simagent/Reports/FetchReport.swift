import Fetcher
import Vocabulary

/// Schema `simagent.fetch/1`.
struct FetchReport: Encodable {
    let schema = "simagent.fetch/1"
    let fetched: [FetchedJSON]
    let findings: [FindingJSON]
    let error: String?

    init(_ outcome: FetchOutcome) {
        fetched = outcome.artifacts.map(FetchedJSON.init)
        findings = outcome.findings.map(FindingJSON.init)
        error = outcome.failure?.description
    }
}

/// What was fetched, for a person: a line each, and one for what came out of it.
struct FetchText {
    let palette: Palette
    let isVerbose: Bool

    func render(_ outcome: FetchOutcome) -> String {
        var text = ""
        for artifact in outcome.artifacts {
            text += "\(ArtifactText.fetched(artifact))\n"
            if artifact.isExtracted { text += "  \(ArtifactText.members(of: artifact))\n" }
        }
        for finding in outcome.findings where isVerbose || finding.severity > .info {
            let mark = palette.severity(finding.severity, finding.severity.rawValue)
            text += "\(mark) \(finding.id): \(finding.message.terminalSafe)\n"
            text += "  " + palette.faint("= " + finding.advice.terminalSafe) + "\n"
        }
        return text
    }
}

/// An artifact in words, for every text that shows one.
enum ArtifactText {
    /// `URI → path (size)`.
    static func fetched(_ artifact: FetchedArtifact) -> String {
        let cached = artifact.isCached ? ", from the cache" : ""
        // With a cached archive what comes out of it is all that appears.
        let path = artifact.path == "." ? "content alone" : redactedURI(artifact.path).terminalSafe
        return "\(artifact.uri.terminalSafe) → \(path) (\(ByteCount(artifact.bytes))\(cached))"
    }

    /// `path → members`, the first four by name.
    static func members(of artifact: FetchedArtifact) -> String {
        let shown = artifact.members.prefix(4).map { member in
            let isFolder = member.path.hasSuffix("/")
            let mode = isFolder ? "" : " (0\(String(member.mode, radix: 8)))"
            let name = member.path.count > 80 ? "…" + member.path.suffix(79) : member.path
            return name.terminalSafe + mode
        }
        let more = artifact.members.count - shown.count
        let rest = more > 0 ? " and \(more) more" : ""
        let path =
            artifact.path == "."
            ? artifact.uri.split(separator: "/").last.map(String.init) ?? artifact.uri
            : redactedURI(artifact.path)
        return "\(path.terminalSafe) → \(shown.joined(separator: " "))\(rest)"
    }
}
