import LocatedJSON
import Marathon
import Vocabulary

/// Why a definition is refused, as compilers say it: place, id, what, and what to do.
struct ViolationText {
    let palette: Palette

    func render(_ report: RunReport) -> String {
        var text = ""
        for violation in report.definition.violations {
            let place = violation.location.map { ":\($0.line):\($0.column)" } ?? ""
            let path = violation.path.isEmpty ? "" : " (\(violation.path.terminalSafe))"
            text +=
                "\(report.file.terminalSafe)\(place): \(palette.bad("error"))"
                + " \(violation.id): \(violation.message.terminalSafe)\(path)\n"
            text += "  = \(violation.advice.terminalSafe)\n"
        }
        let count = report.definition.violations.count
        return text + "\n" + palette.bad("INVALID")
            + "  Marathon refuses this: \(counted(count, "violation"))\n"
    }
}
