import DockerCredentials
import Foundation
import Testing

@Suite struct `An image reference` {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let input: String
        let valid: Bool
        let domain: String?
        let path: String?
        let familiar: String?
        let tag: String?
        let digest: String?
        let indexKey: String?
        let error: String?
        let canonical: String?
        let familiarString: String?
        let withDefaultTag: String?
        let dockerRef: String?
        let registryHost: String?
        let dockerPullQuery: String?
        let mesos: Mesos

        struct Mesos: Decodable {
            let registry: String?
            let repository: String
            let tag: String?
            let digest: String?
        }

        var testDescription: String { input }
    }

    static let cases: [Case] = {
        struct File: Decodable { let vectors: [Case] }
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Data/image-references.json")
        return (try? JSONDecoder().decode(File.self, from: Data(contentsOf: file)).vectors) ?? []
    }()

    @Test func `has a table of examples`() {
        #expect(Self.cases.count >= 100)
    }

    @Test(arguments: cases)
    func `is read as docker pull 28 reads it`(_ example: Case) {
        let behavior = DockerBehavior(DockerVersion(28, 2, 2))
        do throws(ImageReferenceError) {
            let image = try ImageReference(parsing: example.input, behavior: behavior)
            #expect(example.valid)
            #expect(image.host == example.domain)
            #expect(image.path == example.path)
            #expect(image.familiarName == example.familiar)
            #expect(image.tag == example.tag)
            #expect(image.digest == example.digest)
            #expect(image.configKey == example.indexKey)
            #expect(image.canonical == example.canonical)
            #expect(image.familiarText == example.familiarString)
            #expect(image.withDefaultTag == example.withDefaultTag)
            #expect(image.engineReference == example.dockerRef)
            #expect(image.registryHost == example.registryHost)
            #expect(image.pullQuery == example.dockerPullQuery)
        } catch {
            #expect(!example.valid)
            #expect(error.description == example.error)
        }
    }

    @Test(arguments: cases)
    func `is taken apart as Mesos does`(_ example: Case) {
        let image = MesosImageReference(example.input)
        #expect(image.registry == example.mesos.registry)
        #expect(image.repository == example.mesos.repository)
        #expect(image.tag == example.mesos.tag)
        #expect(image.digest == example.mesos.digest)
    }

    @Test func `has no field in the table that is not compared`() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Data/image-references.json")
        let table = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        let rows = try #require((table as? [String: Any])?["vectors"] as? [[String: Any]])
        let known: Set<String> = [
            "input", "valid", "domain", "path", "familiar", "tag", "digest", "indexKey",
            "canonical", "familiarString", "withDefaultTag", "dockerRef", "registryHost",
            "dockerPullQuery", "mesos", "error",
        ]
        #expect(Set(rows.flatMap(\.keys)) == known)
        let mesos = rows.flatMap { ($0["mesos"] as? [String: Any] ?? [:]).keys }
        #expect(Set(mesos) == ["registry", "repository", "tag", "digest"])
    }

    @Test func `of ten megabytes is answered`() {
        for unit in ["a/", "a.", "A", ":", "@", "-"] {
            let text = String(repeating: unit, count: 10_000_000 / unit.utf8.count)
            #expect(throws: ImageReferenceError.self) { try ImageReference(parsing: text) }
        }
    }
}
