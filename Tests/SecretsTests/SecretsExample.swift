import DocumentedExamples
import Testing
import Vocabulary

@testable import Secrets

/// The example of the library's page: what stands here was compiled.
private func example(token: String) throws {
    let address = try SecretStoreAddress(parsing: "vault+https://vault.example/secret")
    let login = SecretStoreLogin(environment: ["VAULT_TOKEN": token])
    let store = address.open(login: login)
    do throws(SecretStoreError) {
        let stored = try store.resolve("/shop/registry@config", for: "/shop/checkout")
        if let fault = PullConfigValue(stored.value).fault { print("the value \(fault)") }
        for finding in stored.findings { print(finding.id, finding.message) }
    } catch {
        print(error.code.name, error)
    }
}

@Suite struct `The page of Secrets` {
    @Test func `has an example that compiles`() throws {
        #expect(try DocumentationPage(of: "Secrets").exampleStands(in: #filePath))
    }
}
