import Foundation
import Testing
import Transfer
import Vocabulary

@testable import Secrets

@Suite(.timeLimit(.minutes(5))) struct `A Vault store` {
    @Test(arguments: ["kv1", "kv2", "old1", "old2"])
    func `finds the version of its mount by itself`(_ mount: String) throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        let store = server.vault(mount)
        #expect(try store.text("/pull") == "{\"auths\":{}}")
        #expect(try store.text("pull@value") == "{\"auths\":{}}")
        #expect(try server.seen().filter { $0.contains("/sys/") }.count == 1)
    }

    @Test(arguments: ["kv1", "kv2"])
    func `wants a field where the map has not one`(_ mount: String) throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        let store = server.vault(mount)
        #expect(try store.text("two@b") == "2")
        let several = try #require(store.failure("two"))
        #expect(several.reason == "it has not one field; its fields: a, b")
        #expect(store.failure("two@c")?.reason == "it has no field c; its fields: a, b")
    }

    @Test func `tells deleted from destroyed from missing`() throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        let store = server.vault("kv2")
        let deleted = try #require(store.failure("gone"))
        #expect(deleted.code == .deleted)
        #expect(deleted.reason == "version 3 was deleted at 2024-05-01T10:00:00Z")
        #expect(store.failure("destroyed")?.reason == "version 3 was destroyed")
        #expect(store.failure("nothing")?.code == .notFound)
        #expect(store.failure("number")?.code == .unreadable)
    }

    @Test func `sends the namespace`() throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        let login = ["VAULT_TOKEN": "good", "VAULT_NAMESPACE": "team-a"]
        #expect(try server.vault("team/kv", login).text("pull") == "{\"auths\":{}}")
        #expect(server.vault("team/kv").failure("pull")?.code == .forbidden)
    }

    @Test func `says why a login is not taken`() throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        #expect(server.vault("kv2", [:]).failure("pull")?.code == .loginRefused)
        #expect(try server.seen().isEmpty)
        let wrong = server.vault("kv2", ["VAULT_TOKEN": "wrong"])
        #expect(wrong.failure("pull")?.code == .forbidden)
        let expired = server.vault("kv2", ["VAULT_TOKEN": "expired"])
        #expect(expired.failure("pull")?.code == .authExpired)
        #expect(server.vault("kv2").failure("forbidden")?.code == .forbidden)
    }

    @Test func `tells a sealed Vault at once, and asks a busy one again`() throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        #expect(server.vault("sealed").failure("x")?.code == .sealed)
        #expect(try server.seen().count == 1)
        for source in ["flaky/2/x", "limited", "replicating"] {
            #expect(try server.vault("kv2").text(source) == "at last")
        }
        #expect(server.vault("kv2").failure("down")?.code == .unavailable)
    }

    @Test func `takes two mebibytes, and no engine but KV`() throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        #expect(try server.vault("kv2").resolve("large").value.count == 2 << 20)
        #expect(server.vault("database").failure("x")?.code == .invalidSource)
        #expect(server.vault("kv1").failure("html")?.code == .unavailable)
        #expect(server.vault("kv1").failure("cut")?.code == .unavailable)
    }

    @Test func `gives an older version where one is named`() throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        let store = server.vault("kv2")
        #expect(try store.text("pull?version=1") == "first")
        #expect(try store.text("/pull@value?version=1") == "first")
        #expect(try server.seen().last == "GET /v1/kv2/data/pull?version=1")
        #expect(store.failure("pull?version=2")?.code == .deleted)
        #expect(store.failure("pull?version=9")?.code == .notFound)
        for odd in ["pull?version=", "pull?version=0", "pull?version=x", "pull?version=1&a=b"] {
            #expect(store.failure(odd)?.code == .invalidSource)
        }
        #expect(server.vault("kv1").failure("pull?version=1")?.code == .invalidSource)
        #expect(throws: SecretStoreError.self) { try store.put(Secret("x"), at: "a?version=1") }
        #expect(throws: SecretStoreError.self) { try store.remove("pull?version=1") }
    }

    @Test func `asks again after one cut connection, and does not wait for a silent one`() throws {
        var settings = TransferSettings()
        settings.stallTimeout = .seconds(1)
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        #expect(try server.vault("kv2").text("cut-once") == "at last")
        let slow = try #require(server.vault("kv2", settings: settings).failure("slow"))
        #expect(slow.code == .unavailable)
        #expect(slow.reason.contains("no byte came for 1.0 seconds"))
        #expect(server.vault("kv2").failure("moved")?.reason.contains("redirects") == true)
        #expect(server.vault("kv2").failure("broken")?.reason.hasSuffix("HTTP 500") == true)
    }

    @Test func `speaks TLS with an authority of one's own`() throws {
        let server = try StoreServer(tls: true)
        defer { withExtendedLifetime(server) {} }
        #expect(try server.vault("kv2").text("pull") == "{\"auths\":{}}")
        let untrusting = try SecretStoreAddress(parsing: "vault+\(server.base)/kv2")
            .open(login: SecretStoreLogin(environment: ["VAULT_TOKEN": "good"]))
        #expect(untrusting.failure("pull")?.reason.contains("is not trusted") == true)
    }

    @Test(arguments: ["kv1", "kv2"])
    func `puts, lists and removes`(_ mount: String) throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        let store = server.vault(mount)
        try store.put(Secret("one"), at: "new/a")
        try store.put(Secret("two"), at: "new/sub/b@field")
        #expect(try store.text("new/a") == "one")
        #expect(try store.text("new/sub/b@field") == "two")
        #expect(try store.list("new") == ["new/a", "new/sub/"])
        #expect(try store.list("nothing").isEmpty)
        #expect(try store.list().contains("pull"))
        try store.remove("new/a")
        #expect(store.failure("new/a")?.code == .notFound)
        #expect(throws: SecretStoreError.self) { try store.put(Secret([0xff]), at: "binary") }
    }
}
