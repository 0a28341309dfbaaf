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
        } catch {
            #expect(!example.valid)
            #expect(error.description == example.error)
        }
    }

    @Test func `of ten megabytes is answered`() {
        for unit in ["a/", "a.", "A", ":", "@", "-"] {
            let text = String(repeating: unit, count: 10_000_000 / unit.utf8.count)
            #expect(throws: ImageReferenceError.self) { try ImageReference(parsing: text) }
        }
    }
}
