import Foundation
import Testing
import Vocabulary

@testable import Secrets

/// A store in a folder that goes with its owner.
private final class Folder {
    let url = FileManager.default.temporaryDirectory
        .appendingPathComponent("simagent-secrets-\(UUID().uuidString)")
    var store: DirectorySecretStore { DirectorySecretStore(root: url.path) }

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func mode(_ path: String) throws -> Int? {
        let file = url.appendingPathComponent(path).path
        return try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    }
}

@Suite struct `A directory store` {
    @Test func `writes what it reads, for the owner alone`() throws {
        let folder = try Folder()
        let bytes = Array(UInt8.min...UInt8.max)
        try folder.store.put(Secret(bytes), at: "/group/app/pull")
        let found = try folder.store.resolve("group/app/pull")
        #expect(found.value.reveal() == bytes)
        #expect(found.findings.isEmpty)
        #expect(try folder.mode("group/app/pull") == 0o600)
        #expect(try folder.mode("group") == 0o700)
        try folder.store.put(Secret("new"), at: "group/app/pull")
        #expect(try folder.store.text("group/app/pull") == "new")
        let left = try FileManager.default.contentsOfDirectory(
            atPath: folder.url.path + "/group/app")
        #expect(left == ["pull"])
    }

    @Test func `says that others may read a file`() throws {
        let folder = try Folder()
        try folder.store.put(Secret("x"), at: "pull")
        let file = folder.url.appendingPathComponent("pull").path
        for mode in [0o640, 0o604, 0o644, 0o620] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
            let finding = try #require(try folder.store.resolve("pull").findings.first)
            #expect(finding.id == "S03")
            #expect(finding.severity == .warning)
            #expect(finding.place?.file == file)
        }
    }

    @Test(arguments: ["", "/", "..", "../x", "a/../../x", "a/./b", "a\0b"])
    func `refuses a source that leads elsewhere`(_ source: String) throws {
        let store = try Folder().store
        #expect(store.failure(source)?.code == .invalidSource)
        #expect(throws: SecretStoreError.self) { try store.put(Secret("x"), at: source) }
        #expect(throws: SecretStoreError.self) { try store.remove(source) }
    }

    @Test func `follows no link, neither out nor in`() throws {
        let folder = try Folder()
        let manager = FileManager.default
        try folder.store.put(Secret("x"), at: "real/a")
        let root = folder.url.path
        try manager.createSymbolicLink(atPath: root + "/link", withDestinationPath: "/etc/passwd")
        try manager.createSymbolicLink(atPath: root + "/etc", withDestinationPath: "/etc")
        #expect(folder.store.failure("link")?.code == .unreadable)
        #expect(folder.store.failure("etc/passwd") != nil)
        #expect(throws: SecretStoreError.self) {
            try folder.store.put(Secret("x"), at: "etc/simagent-test")
        }
        #expect(try folder.store.list() == ["real/a"])
    }

    @Test func `tells a missing secret from a folder and from a missing store`() throws {
        let folder = try Folder()
        try folder.store.put(Secret("x"), at: "group/a")
        #expect(folder.store.failure("nothing")?.code == .notFound)
        #expect(folder.store.failure("group/a/b")?.code == .notFound)
        #expect(folder.store.failure("group")?.code == .unreadable)
        let missing = DirectorySecretStore(root: folder.url.path + "/nowhere")
        #expect(missing.failure("a")?.reason.contains("cannot be opened") == true)
        #expect(throws: SecretStoreError.self) { try folder.store.put(Secret("x"), at: "group") }
        #expect(throws: SecretStoreError.self) {
            try folder.store.put(Secret("x"), at: "group/a/b")
        }
    }

    @Test func `keeps a mebibyte and not one byte more`() throws {
        let folder = try Folder()
        let most = [UInt8](repeating: 7, count: DirectorySecretStore.maxBytes)
        try folder.store.put(Secret(most), at: "most")
        #expect(try folder.store.resolve("most").value.count == most.count)
        #expect(throws: SecretStoreError.self) { try folder.store.put(Secret(most + [7]), at: "x") }
        try Data(most + [7]).write(to: folder.url.appendingPathComponent("more"))
        #expect(folder.store.failure("more")?.code == .tooLarge)
    }

    @Test func `lists below a folder, and removes what is left empty`() throws {
        let folder = try Folder()
        for source in ["b", "a/x", "a/y/z", "ab"] { try folder.store.put(Secret("x"), at: source) }
        #expect(try folder.store.list() == ["a/x", "a/y/z", "ab", "b"])
        #expect(try folder.store.list("a") == ["a/x", "a/y/z"])
        #expect(throws: SecretStoreError.self) { try folder.store.list("nothing") }
        try folder.store.remove("a/y/z")
        #expect(try folder.mode("a") == 0o700)
        #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/a/y"))
        #expect(throws: SecretStoreError.self) { try folder.store.remove("a/y/z") }
    }
}
