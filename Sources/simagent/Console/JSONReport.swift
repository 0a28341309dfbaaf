import FoundationEssentials
import Vocabulary

/// JSON output: keys sorted, slashes as they are, nothing that drives a terminal, a line end behind
/// it.
enum JSONReport {
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self).terminalSafeJSON + "\n"
    }
}

/// A finding as every schema has it.
struct FindingJSON: Encodable {
    let id: String
    let severity: String
    let path: String?
    let place: PlaceJSON?
    let message: String
    let advice: String

    init(_ finding: Finding) {
        id = finding.id
        severity = finding.severity.rawValue
        path = finding.path
        place = finding.place.map(PlaceJSON.init)
        message = finding.message
        advice = finding.advice
    }
}

/// A place in a file as every schema has it.
struct PlaceJSON: Encodable {
    let file: String
    let member: String?
    let line: Int?
    let column: Int?

    init(_ place: Place) {
        file = place.file
        member = place.member
        line = place.line
        column = place.column
    }
}

/// A step of a trace as every schema has it.
struct StepJSON: Encodable {
    let step: String
    let place: String
    let outcome: String
    let because: String

    init(_ step: Step) {
        self.step = step.step
        place = step.place
        outcome = step.outcome.rawValue
        because = step.because
    }
}
