import DocumentedExamples
import Marathon
import Testing
import Vocabulary

/// The example of the library's page: what stands here was compiled.
private func example(text: String) {
    let definition = MarathonDefinition(parsing: Array(text.utf8), file: "app.json")
    for violation in definition.violations { print(violation.path, violation.message) }
    for finding in definition.findings { print(finding.severity, finding.message, finding.advice) }
    for task in definition.tasks {
        print(task.id, task.image ?? "no image", task.pullSecret?.source ?? "no login")
        for artifact in task.artifacts { print(artifact.uri, artifact.extract) }
    }
}

@Suite struct `The page of Marathon` {
    @Test func `has an example that compiles`() throws {
        #expect(try DocumentationPage(of: "Marathon").exampleStands(in: #filePath))
    }
}
