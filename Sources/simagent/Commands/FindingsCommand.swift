import Agent
import ArgumentParser
import DockerCredentials
import Fetcher
import Marathon
import Secrets
import Vocabulary

/// `simagent findings [ID]`.
struct FindingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings", _superCommandName: "simagent",
        abstract: "The catalogue of findings, or one explained.")

    @Argument(help: "The id of one finding: K01.") var id: String?
    @OptionGroup var output: OutputOptions

    /// The rules of every library, by the order of their rooms.
    private static let catalogue = DefinitionRules.all + CredentialRules.all + SecretRules.all

    func run() throws {
        let all = Self.catalogue + FetchRules.all + AgentRules.all
        guard let id else {
            try output.show(all.map(FindingRuleJSON.init)) { palette in
                all.map { line($0, palette) }.joined()
            }
            return
        }
        let wanted = id.lowercased()
        guard let rule = all.first(where: { $0.id.lowercased() == wanted }) else {
            throw CommandFailure(
                "\(id.terminalSafe): no finding has this id; `simagent findings` lists all of them",
                status: .usage)
        }
        try output.show([FindingRuleJSON(rule)]) { explanation(rule, $0) }
    }

    private func line(_ rule: FindingRule, _ palette: Palette) -> String {
        let width = 24
        let id = rule.id + String(repeating: " ", count: max(1, width - rule.id.utf8.count))
        let word = rule.severity.rawValue
        let severity = word + String(repeating: " ", count: 9 - word.utf8.count)
        return palette.strong(id) + palette.severity(rule.severity, severity) + rule.title + "\n"
    }

    private func explanation(_ rule: FindingRule, _ palette: Palette) -> String {
        """
        \(palette.strong(rule.id)) \(palette.severity(rule.severity, rule.severity.rawValue)): \
        \(rule.title)

        \(rule.what)

        \(palette.strong("Why it matters.")) \(rule.why)

        \(palette.strong("What to do.")) \(rule.advice)

        """
    }
}

/// An element of the catalogue's JSON.
struct FindingRuleJSON: Encodable {
    let id: String
    let severity: String
    let title: String
    let what: String
    let why: String
    let advice: String

    init(_ rule: FindingRule) {
        id = rule.id
        severity = rule.severity.rawValue
        title = rule.title
        what = rule.what
        why = rule.why
        advice = rule.advice
    }
}
