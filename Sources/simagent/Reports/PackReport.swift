import DockerCredentials
import Vocabulary

/// Schema `simagent.pack/1`.
struct PackReport: Encodable {
    let output: String
    let kept: [String]
    let leftOut: [(key: String, because: String)]
    var findings: [Finding] = []
    var error: String?

    init(output: String, _ plan: PackPlan) {
        self.output = output
        kept = plan.logins.keys.map(redactingUserInfo)
        leftOut = plan.leftOut.map { (redactingUserInfo(in: $0.key), $0.because) }
    }

    /// A report from before anything was chosen.
    init(output: String) {
        self.output = output
        kept = []
        leftOut = []
    }

    private enum Key: String, CodingKey {
        case schema, output, kept, leftOut, findings, error
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode("simagent.pack/1", forKey: .schema)
        try container.encode(output, forKey: .output)
        try container.encode(error == nil ? kept : [], forKey: .kept)
        try container.encode(leftOut.map(\.key), forKey: .leftOut)
        try container.encode(findings.map(FindingJSON.init), forKey: .findings)
        try container.encodeIfPresent(error, forKey: .error)
    }

    /// What was packed, what was left, and what to know about it.
    func text(_ palette: Palette) -> String {
        var text = palette.good("wrote") + " \(output.terminalSafe)\n"
        for key in kept { text += "  kept      \(key.terminalSafe)\n" }
        for (key, because) in leftOut {
            text += "  left out  \(key.terminalSafe)"
            text += palette.faint(": \(because.terminalSafe)") + "\n"
        }
        for finding in findings {
            text += palette.severity(finding.severity, "! \(finding.id)") + " \(finding.message)\n"
            text += "  = \(finding.advice)\n"
        }
        return text
    }
}
