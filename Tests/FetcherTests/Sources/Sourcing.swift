import Foundation
import LoopbackServers
import Testing
import Transfer
import Vocabulary

@testable import Fetcher

/// Keeps what a source sends.
final class CollectingSink: ContentSink {
    private(set) var head: ContentHead?
    private(set) var bytes: [UInt8] = []

    func begin(_ head: ContentHead) throws(FetchError) {
        #expect(self.head == nil)
        self.head = head
    }

    func receive(_ piece: borrowing Span<UInt8>) throws(FetchError) {
        #expect(head != nil)
        for index in piece.indices { bytes.append(piece[index]) }
    }
}

/// Sends a URI's content, as the fetcher does.
func send(
    _ uri: String, _ settings: SourceSettings, unlessStill known: ContentHead? = nil,
    cancellation: Cancellation? = nil
) throws(FetchError) -> (sink: CollectingSink, receipt: ContentReceipt) {
    let sink = CollectingSink()
    let receipt = try source(of: uri, settings)
        .send(to: sink, unlessStill: known, cancellation: cancellation)
    return (sink, receipt)
}

/// The error of a URI that cannot be fetched, which must be one line without any secret.
func refusal(_ uri: String, _ settings: SourceSettings) -> FetchError? {
    do throws(FetchError) {
        _ = try send(uri, settings)
        return nil
    } catch {
        var dumped = error.description
        dump(error, to: &dumped)
        for secret in ["hunter2", "S/K+x", "S%2FK"] { #expect(!dumped.contains(secret)) }
        #expect(!error.description.contains("\n"))
        #expect(!error.message.isEmpty && !error.advice.isEmpty)
        return error
    }
}

func source(of uri: String, _ settings: SourceSettings) throws(FetchError) -> any ContentSource {
    try ArtifactSource(of: uri, frameworksHome: nil, behavior: MesosBehavior())
        .content(of: uri, settings: settings, behavior: MesosBehavior())
}

/// A folder that goes with its owner.
final class TestFolder {
    let url: URL
    var path: String { url.path }

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("simagent-sources-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func write(_ name: String, _ bytes: [UInt8], mode: Int = 0o644) throws {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    }

    func text(_ name: String) throws -> String {
        try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
    }

    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

/// Bytes that tell a gap or a repetition.
func pattern(_ count: Int) -> [UInt8] { (0..<count).map { UInt8($0 % 251) } }

/// A server script beside the tests.
func script(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Servers/\(name)").path
}
