import Foundation
import Testing
import Transfer
import Vocabulary

@testable import Secrets

@Suite(.timeLimit(.minutes(5))) struct `A DC/OS store` {
    @Test func `gives text, bytes, odd names and two mebibytes`() throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        let store = server.dcos()
        #expect(try store.text("/pull") == "{\"auths\":{}}")
        #expect(try store.text("with blank/ä b") == "odd")
        #expect(try store.resolve("binary", for: nil).value.reveal() == Array(0...255))
        #expect(try store.resolve("large", for: nil).value.count == 2 << 20)
        #expect(
            try store.resolve("hdfs/__dcos_base64__key", for: nil).value.reveal()
                == [0, 1] + Array("raw".utf8))
        #expect(try server.seen()[1] == "GET /secrets/v1/secret/default/with%20blank/%C3%A4%20b")
    }

    @Test func `keeps the space rule before anything is asked`() throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        let store = server.dcos()
        #expect(try store.text("group/pull", for: "/group/app") == "in a group")
        let error = try #require(store.failure("/group/pull", for: "/other/app"))
        #expect(error.code == .outOfSpace)
        #expect(
            error.description == "secret /group/pull: /other/app is outside /group, whose secret"
                + " it is; move the secret into the space of the service, or to the root")
        #expect(try server.seen().count == 1)
    }

    @Test func `logs in once more when the token has expired`() throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        let store = server.dcos([
            "DCOS_ACS_TOKEN": "old", "DCOS_UID": "me", "DCOS_PASSWORD": "hunter2\"\\",
        ])
        #expect(try store.text("pull") == "{\"auths\":{}}")
        #expect(try store.text("pull") == "{\"auths\":{}}")
        let get = "GET /secrets/v1/secret/default/pull"
        #expect(try server.seen() == [get, "POST /acs/api/v1/auth/login", get, get])
    }

    @Test func `says why a login is not taken`() throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        #expect(server.dcos(["DCOS_ACS_TOKEN": "old"]).failure("pull")?.code == .authExpired)
        #expect(try server.seen().count == 1)
        let wrong = server.dcos(["DCOS_UID": "me", "DCOS_PASSWORD": "wrong"])
        #expect(wrong.failure("pull")?.code == .loginRefused)
        #expect(server.dcos([:]).failure("pull")?.code == .loginRefused)
        #expect(server.dcos(["DCOS_UID": "me"]).failure("pull")?.code == .loginRefused)
    }

    @Test func `asks again on 503, and not for ever`() throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        #expect(try server.dcos().text("flaky/1/a") == "at last")
        #expect(try server.dcos().text("flaky/4/a") == "at last")
        #expect(server.dcos().failure("flaky/9/a")?.code == .unavailable)
        #expect(try server.seen().filter { $0.hasSuffix("flaky/9/a") }.count == 5)
        #expect(server.dcos().failure("down")?.code == .sealed)
    }

    @Test func `tells what is refused, missing or broken`() throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        let store = server.dcos()
        let forbidden = try #require(store.failure("/forbidden/x"))
        #expect(forbidden.code == .forbidden)
        #expect(forbidden.advice == "grant it dcos:secrets:default:/forbidden/x read")
        #expect(store.failure("nothing")?.code == .notFound)
        #expect(store.failure("broken")?.reason.hasSuffix("answers with HTTP 500") == true)
        #expect(store.failure("html")?.code == .unavailable)
        #expect(store.failure("moved")?.reason.contains("redirects") == true)
        #expect(store.failure("a/../b")?.code == .invalidSource)
        #expect(store.failure("/")?.code == .invalidSource)
    }

    @Test func `survives one cut connection, and tells of more`() throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        let store = server.dcos()
        #expect(try store.text("cut-once") == "whole")
        let error = try #require(store.failure("cut"))
        #expect(error.code == .unavailable)
        #expect(error.reason.contains("the connection ended after 14 bytes"))
    }

    @Test func `does not wait for a server that has gone silent`() throws {
        var settings = TransferSettings()
        settings.stallTimeout = .seconds(1)
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        let error = try #require(server.dcos(settings: settings).failure("slow"))
        #expect(error.code == .unavailable)
        #expect(error.reason.contains("no byte came for 1.0 seconds"))
    }

    @Test func `ends at once when it is cancelled between two attempts`() throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        let cancellation = Cancellation()
        var connection = server.connection(cancellation: cancellation)
        connection.retry.firstPause = .seconds(60)
        let store = DCOSSecretStore(
            connection: connection, login: SecretStoreLogin(environment: ["DCOS_ACS_TOKEN": "good"])
        )
        Thread {
            Thread.sleep(forTimeInterval: 0.3)
            cancellation.cancel()
        }.start()
        let start = ContinuousClock.now
        #expect(store.failure("down")?.code == .cancelled)
        // The pause alone would take a minute.
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test func `puts, replaces, lists and removes`() throws {
        let server = try StoreServer()
        defer { withExtendedLifetime(server) {} }
        let store = server.dcos()
        let odd = "line\n\u{1}\"\\ ä"
        try store.put(Secret(odd), at: "new/a")
        #expect(try store.text("new/a") == odd)
        try store.put(Secret([0xff, 0x00]), at: "new/a")
        #expect(try store.resolve("new/a", for: nil).value.reveal() == [0xff, 0x00])
        try store.put(Secret("b"), at: "new/b")
        #expect(try store.list("new") == ["new/a", "new/b"])
        #expect(try store.list().contains("pull"))
        try store.remove("new/a")
        #expect(store.failure("new/a")?.code == .notFound)
    }

    @Test func `speaks TLS with an authority of one's own`() throws {
        let server = try StoreServer(tls: true)
        defer { withExtendedLifetime(server) {} }
        #expect(try server.dcos().text("pull") == "{\"auths\":{}}")
        let untrusting = try SecretStoreAddress(parsing: "dcos+\(server.base)")
            .open(login: SecretStoreLogin(environment: ["DCOS_ACS_TOKEN": "good"]))
        #expect(untrusting.failure("pull")?.reason.contains("is not trusted") == true)
    }
}
