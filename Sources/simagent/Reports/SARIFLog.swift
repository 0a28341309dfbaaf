import Agent
import FoundationEssentials
import LocatedJSON
import Marathon
import Vocabulary

/// A SARIF 2.1.0 log, which code-hosting sites show beside the lines.
struct SARIFLog: Encodable {
    let version = "2.1.0"
    let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    let runs: [Run]

    private enum CodingKeys: String, CodingKey {
        case version, runs
        case schema = "$schema"
    }

    struct Run: Encodable {
        let tool: Tool
        let results: [Result]
        let columnKind = "unicodeCodePoints"
    }

    struct Tool: Encodable {
        let driver: Driver
    }

    struct Driver: Encodable {
        let name = "simagent"
        let version = Simagent.version
        let rules: [Rule]
    }

    struct Text: Encodable {
        let text: String
    }

    struct Rule: Encodable {
        let id: String
        let shortDescription: Text
        let fullDescription: Text
        let help: Text
        let defaultConfiguration: Level

        init(_ rule: FindingRule) {
            id = rule.id
            shortDescription = Text(text: rule.title)
            fullDescription = Text(text: rule.what + " " + rule.why)
            help = Text(text: rule.advice)
            defaultConfiguration = Level(level: level(of: rule.severity))
        }
    }

    struct Level: Encodable {
        let level: String
    }

    struct Result: Encodable {
        let ruleId: String
        let ruleIndex: Int?
        let level: String
        let message: Text
        let locations: [Location]
    }

    struct Location: Encodable {
        let physicalLocation: PhysicalLocation
        let logicalLocations: [LogicalLocation]?
    }

    struct PhysicalLocation: Encodable {
        let artifactLocation: ArtifactLocation
        let region: Region?
    }

    struct ArtifactLocation: Encodable {
        let uri: String
    }

    /// Lines and columns from 1; the end is the column behind the last.
    struct Region: Encodable {
        let startLine: Int
        let startColumn: Int
        let endColumn: Int
    }

    struct LogicalLocation: Encodable {
        let fullyQualifiedName: String
    }

    init(_ reports: [CheckReport]) {
        let rules = DefinitionRules.all + AgentRules.all
        let index = Dictionary(
            rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let results = reports.flatMap { report in
            let lines = TextLines(report.text)
            let region = { (line: Int?, column: Int?) -> Region? in
                guard let line, let column else { return nil }
                let offset = lines.offset(line: line, column: column)
                let end = Excerpt.endOfToken(in: report.text, at: offset)
                let width = report.text[offset..<max(end, offset)].count { $0 & 0xc0 != 0x80 }
                return Region(
                    startLine: line, startColumn: column, endColumn: column + max(width, 1))
            }
            return Self.unreadable(report, index)
                + report.violations.map { violation in
                    Self.result(
                        report.file, violation.id, index, .error,
                        "\(violation.message); \(violation.advice)", violation.path,
                        region(violation.location?.line, violation.location?.column))
                }
                + report.findings.map { finding in
                    Self.result(
                        report.file, finding.id, index, finding.severity,
                        "\(finding.message); \(finding.advice)", finding.path ?? "",
                        region(finding.place?.line, finding.place?.column))
                }
        }
        runs = [Run(tool: Tool(driver: Driver(rules: rules.map(Rule.init))), results: results)]
    }

    private static func unreadable(_ report: CheckReport, _ index: [String: Int]) -> [Result] {
        guard let error = report.error else { return [] }
        return [result(report.file, "J-SYNTAX", index, .error, error, "", nil)]
    }

    private static func result(
        _ file: String, _ id: String, _ index: [String: Int], _ severity: Severity,
        _ message: String, _ path: String, _ region: Region?
    ) -> Result {
        let place = PhysicalLocation(
            artifactLocation: ArtifactLocation(uri: address(of: file)), region: region)
        let names = path.isEmpty ? nil : [LogicalLocation(fullyQualifiedName: path)]
        return Result(
            ruleId: id, ruleIndex: index[id], level: level(of: severity),
            message: Text(text: message),
            locations: [Location(physicalLocation: place, logicalLocations: names)])
    }
}

private func level(of severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
}

/// A path as a URI: relative to where the program runs, which is the checkout where a
/// code-hosting site runs it, else with `file:`.
private func address(of path: String) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    let inside = path.hasPrefix(here) ? path.dropFirst(here.count) : path[...]
    var text = inside.hasPrefix("/") ? "file://" : ""
    for byte in (inside.hasPrefix("./") ? inside.dropFirst(2) : inside).utf8 {
        let isPlain =
            (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || "/-._~".utf8.contains(byte)
        if isPlain {
            text.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            let digits = String(byte, radix: 16, uppercase: true)
            text += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
        }
    }
    return text
}
