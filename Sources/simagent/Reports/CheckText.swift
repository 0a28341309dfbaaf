import LocatedJSON
import Marathon
import Vocabulary

/// What `check` says to a person: violations and findings as compilers say them.
struct CheckText {
    let palette: Palette

    func render(_ report: CheckReport) -> String {
        guard let definition = report.definition else { return "" }
        var text = ""
        for violation in definition.violations {
            let location = violation.location
            text += entry(
                report, line: location?.line, column: location?.column, offset: location?.offset,
                word: palette.bad("error"), id: violation.id, message: violation.message,
                advice: violation.advice)
        }
        let lines = TextLines(report.text)
        for finding in report.findings {
            let place = finding.place
            let offset = place?.line.flatMap { line in
                place?.column.map { lines.offset(line: line, column: $0) }
            }
            text += entry(
                report, line: place?.line, column: place?.column, offset: offset,
                word: palette.severity(finding.severity, finding.severity.rawValue),
                id: finding.id, message: finding.message, advice: finding.advice)
        }
        return text + summary(report, definition)
    }

    private func entry(
        _ report: CheckReport, line: Int?, column: Int?, offset: Int?, word: String, id: String,
        message: String, advice: String
    ) -> String {
        let place = line.map { line in ":\(line)" + (column.map { ":\($0)" } ?? "") } ?? ""
        var text =
            "\(report.file.terminalSafe)\(place): \(word) \(palette.strong(id)):"
            + " \(message.terminalSafe)\n"
        if let line, let offset {
            for line in Excerpt(report.text, offset: offset, line: line).lines {
                text += line + "\n"
            }
        }
        return text + "      = \(Self.sentence(advice).terminalSafe)\n"
    }

    /// An advice with a capital and a full stop.
    private static func sentence(_ advice: String) -> String {
        let isOpen = advice.last.map { !".!?".contains($0) } ?? false
        return advice.prefix(1).uppercased() + advice.dropFirst() + (isOpen ? "." : "")
    }

    private func summary(_ report: CheckReport, _ definition: MarathonDefinition) -> String {
        let name = "\(report.file.terminalSafe): "
        let findings = report.findings.count
        let also = findings == 0 ? "" : ", \(counted(findings, "finding"))"
        guard definition.isValid else {
            let count = definition.violations.count
            return name + palette.bad("INVALID")
                + "  Marathon refuses this: \(counted(count, "violation"))\(also)\n"
        }
        let count = definition.tasks.count
        return name + palette.good("VALID")
            + "  \(definition.form.rawValue), \(counted(count, "task"))\(also)\n"
    }
}
