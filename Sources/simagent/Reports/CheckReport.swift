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

    init(file: String, features: MarathonFeatures) {
        self.file = file == "-" ? "standard input" : file
        do throws(CommandFailure) {
            text = try InputFile.read(file)
            definition = MarathonDefinition(parsing: text, file: self.file, features: features)
            error = nil
        } catch {
            text = []
            definition = nil
            self.error = error.message
        }
    }

    var isValid: Bool { definition?.isValid ?? false }
    var findings: [Finding] { definition?.findings ?? [] }
    var violations: [Violation] { definition?.violations ?? [] }
}
