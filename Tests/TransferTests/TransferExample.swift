import DocumentedExamples
import Testing
import Vocabulary
import Transfer

/// The example of the library's page: what stands here was compiled.
private func example(address: String) {
    var settings = TransferSettings()
    settings.stallTimeout = .seconds(10)
    let client = TransferClient(settings: settings)
    do throws(TransferError) {
        var bytes = 0
        let response = try client.perform(TransferRequest(url: address)) { bytes += $0.count }
        print(response.status, bytes)
    } catch {
        print(error.code.name, error.reason, error.advice)
    }
}

@Suite struct `The page of Transfer` {
    @Test func `has an example that compiles`() throws {
        #expect(try DocumentationPage(of: "Transfer").exampleStands(in: #filePath))
    }
}
