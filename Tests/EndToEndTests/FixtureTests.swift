import Foundation
import Testing

/// Every line of the fixtures' README, run as it says.
@Suite struct `A fixture` {
    struct Line: Sendable, CustomTestStringConvertible {
        let command: String
        let status: Int32
        let printed: String
        var testDescription: String { command }
    }

    static let lines: [Line] = {
        let file = BuiltProgram.checkout.appendingPathComponent("sandbox-fixtures/README.md")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { row in
            let cells = row.components(separatedBy: " | ")
            guard cells.count == 4, let status = Int32(cells[1]) else { return nil }
            let code = CharacterSet(charactersIn: "|` ")
            return Line(
                command: cells[0].trimmingCharacters(in: code), status: status,
                printed: cells[2].trimmingCharacters(in: CharacterSet(charactersIn: "`")))
        }
    }()

    @Test func `is told of, for every definition that there is`() throws {
        let folder = BuiltProgram.checkout.appendingPathComponent("sandbox-fixtures")
        for kind in ["apps", "pods"] {
            let path = folder.appendingPathComponent(kind).path
            for name in try FileManager.default.contentsOfDirectory(atPath: path) {
                let told = Self.lines.contains { $0.command.contains("/\(kind)/\(name)") }
                #expect(told, "\(kind)/\(name)")
            }
        }
    }

    @Test(arguments: lines)
    func `prints what its README says`(_ line: Line) throws {
        let folder = try TemporaryFolder()
        let home = BuiltProgram.checkout.appendingPathComponent("sandbox-fixtures").path
        let result = try BuiltProgram.run(
            line.command.split(separator: " ").map(String.init),
            environment: ["MESOS_FRAMEWORKS_HOME": home, "TMPDIR": folder.url.path])
        #expect(result.status == line.status)
        let wanted = line.printed.replacingOccurrences(
            of: "CHECKOUT", with: BuiltProgram.checkout.path)
        let printed = result.output.split(separator: "\n")
            .map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(printed.contains(wanted), "\(result.output)")
        #expect(result.errors.isEmpty)
        let everything = result.output + result.errors
        #expect(!everything.contains("invented-"), "a password is shown")
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(left.isEmpty, "the sandbox stays")
    }
}
