import DockerCredentials
import DocumentedExamples
import Testing
import Vocabulary

/// The example of the library's page: what stands here was compiled.
private func example() {
    let client = DockerPull(
        behavior: DockerBehavior(DockerVersion(28, 2, 2)),
        environment: ClientEnvironment(home: "/var/lib/sandbox"))
    let decision = client.decide(reference: "quay.io/team/app:1")
    for step in decision.trace {
        print("\(step.place): \(step.outcome.rawValue), \(step.because)")
    }
    if decision.kind == .anonymous { print("no login: \(decision.reason)") }
}

@Suite struct `The page of DockerCredentials` {
    @Test func `has an example that compiles`() throws {
        #expect(try DocumentationPage(of: "DockerCredentials").exampleStands(in: #filePath))
    }
}
