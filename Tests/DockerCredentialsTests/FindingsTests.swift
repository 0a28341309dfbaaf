@testable import DockerCredentials
import Foundation
import Testing
import Vocabulary

/// One row of `findings.json`: what is judged, and the ids that come out, in order.
struct FindingCase: Decodable, Sendable, CustomTestStringConvertible {
    struct File: Decodable, Sendable {
        let path: String
        let kind: String
        let mode: String
        let target: String?
        let leadsToFile: Bool?
        let owner: UInt32?
        let text: String?
    }

    struct Agent: Decodable, Sendable {
        let environment: [String: String]?
        let hasDockerConfig: Bool?
        let sandboxHasFile: Bool?
        let skipsPull: Bool?
        let isMesosContainerizer: Bool?
    }

    let rule: String
    let note: String
    let docker: String
    let expect: [String]
    /// What a message or an advice says among other things.
    let says: String?
    let files: [File]?
    let agentUser: UInt32?
    let agent: Agent?
    let reference: String?
    let keys: [String]?
    let text: String?
    let b64: Data?
    let layout: String?
    let image: String?
    let programs: [String]?
    let mesosContainerizer: Bool?
    let now: Int64?

    var testDescription: String { "\(rule) \(note) \(image ?? "") \(text ?? "")" }

    func findings() throws -> [Finding] {
        let behavior = DockerBehavior(try #require(DockerVersion(docker)))
        if let files {
            return DockerCredentials.findings(
                aboutPlaceIn: try files.map(Self.sandboxFile), behavior: behavior,
                agentUser: agentUser,
                content: { path in
                    files.first { $0.path == path }?.text.map { Array($0.utf8) }
                })
        }
        if let agent {
            return AgentCircumstances(
                environment: agent.environment ?? [:],
                hasDockerConfig: agent.hasDockerConfig ?? false,
                sandboxHasFile: agent.sandboxHasFile ?? false, skipsPull: agent.skipsPull ?? false,
                isMesosContainerizer: agent.isMesosContainerizer ?? false
            ).findings(behavior)
        }
        if let reference {
            return DockerCredentials.findings(
                aboutImage: reference, keys: keys ?? [], behavior: behavior)
        }
        let bytes = try #require(b64.map { Array($0) } ?? text.map { Array($0.utf8) })
        let names = programs ?? []
        let wanted = try image.map { try ImageReference(parsing: $0, behavior: behavior).configKey }
        return DockerCredentials.findings(
            aboutText: bytes, named: "config.json",
            layout: layout == "dockercfg" ? .dockercfg : .config,
            context: ReviewContext(
                wanted: wanted.map { [$0] } ?? [], behavior: behavior,
                hasProgram: { names.contains($0) }, now: try #require(now),
                isForMesosContainerizer: mesosContainerizer ?? false))
    }

    private static func sandboxFile(_ file: File) throws -> SandboxFile {
        let leads = file.leadsToFile ?? false
        let kind: SandboxFile.Kind? =
            switch file.kind {
            case "regular": .regular
            case "directory": .directory
            case "other": .other
            case "symlink": .symbolicLink(target: file.target ?? "", leadsToFile: leads)
            case "hardlink": .hardLink(target: file.target ?? "", leadsToFile: leads)
            default: nil
            }
        return SandboxFile(
            path: file.path, kind: try #require(kind),
            mode: try #require(UInt32(file.mode, radix: 8)), owner: file.owner)
    }
}

@Suite struct `A finding` {
    static let cases: [FindingCase] = {
        struct Table: Decodable { let cases: [FindingCase] }
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Data/findings.json")
        return (try? JSONDecoder().decode(Table.self, from: Data(contentsOf: file)).cases) ?? []
    }()

    @Test(arguments: cases)
    func `comes out where its rule says so, and nowhere else`(_ example: FindingCase) throws {
        let findings = try example.findings()
        #expect(findings.map(\.id) == example.expect, "\(findings.map(\.message))")
        if let words = example.says {
            #expect(
                findings.contains { "\($0.message): \($0.advice)".contains(words) },
                "\(findings.map(\.message))")
        }
        for finding in findings {
            #expect(!finding.message.isEmpty && !finding.advice.isEmpty)
            #expect(!finding.message.contains("s3cret") && !finding.advice.contains("s3cret"))
        }
    }

    @Test func `of every rule of the catalogue has an example, and every example has a rule`() {
        let spoken = Set(Self.cases.flatMap(\.expect))
        #expect(spoken == Set(CredentialRules.all.map(\.id)))
    }

    @Test func `has its weightiest first`() {
        let ids = ["K09": Severity.warning, "K08": .info, "K01": .error, "V13": .warning]
        let findings = ids.map { Finding(id: $0, severity: $1, message: "", advice: "") }
        #expect(findings.byWeight.map(\.severity) == [.error, .warning, .warning, .info])
    }

    @Test func `about an expiring token names the time`() {
        #expect(utcText(1_760_000_000) == "2025-10-09 08:53 UTC")
        #expect(utcText(951_782_400) == "2000-02-29 00:00 UTC")
        #expect(utcText(.max) == "\(Int64.max)")
    }
}
