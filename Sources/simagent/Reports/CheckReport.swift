import Agent
import Marathon
import Vocabulary

/// What `check` found out about one file: the value behind its text, JSON and SARIF.
struct CheckReport {
    /// The file, as the caller named it.
    let file: String
    /// Its text, for excerpts.
    let text: [UInt8]
    /// What Marathon makes of it; `nil` where it could not be read.
    let definition: MarathonDefinition?
    /// Why it could not be read.
    let error: String?

    init(file: String, features: MarathonFeatures, agent: AgentConfiguration) {
        self.file = file == "-" ? "standard input" : file
        versionFindings = agent.versionFindings
        do throws(CommandFailure) {
            text = try InputFile.read(file)
            definition = MarathonDefinition(
                parsing: text, file: self.file, features: features,
                agent: AgentTraits(agent.mesos, agent.docker))
            error = nil
        } catch {
            text = []
            definition = nil
            self.error = error.message
        }
    }

    var isValid: Bool { definition?.isValid ?? false }
    /// What is worth knowing: of the definition, and of the versions that are to run it.
    var findings: [Finding] {
        guard let definition else { return [] }
        let usesDocker = definition.tasks.contains { $0.containerizer == .docker }
        return definition.findings + (usesDocker ? versionFindings : [])
    }
    private let versionFindings: [Finding]

    var violations: [Violation] { definition?.violations ?? [] }
}
