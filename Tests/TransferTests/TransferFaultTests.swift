import Foundation
import LoopbackServers
import Testing
import Vocabulary

@testable import Transfer

private let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Servers/transfer-server.py").path

private func failure(
    _ url: String, _ settings: TransferSettings = TransferSettings(),
    headers: [TransferRequest.Header] = [], cancellation: Cancellation? = nil
) -> TransferError? {
    do throws(TransferError) {
        _ = try TransferClient(settings: settings).content(
            of: TransferRequest(url: url, headers: headers), maxBytes: 1 << 20,
            cancellation: cancellation)
        return nil
    } catch {
        return error
    }
}

@Suite(.timeLimit(.minutes(5))) struct `A failed transfer` {
    @Test func `says that the connection was cut`() throws {
        let server = try LoopbackServer(script: script)
        let error = try #require(failure("http://127.0.0.1:\(server.port)/cut?n=1000"))
        #expect(error.code == .cut)
        #expect(
            error.description
                == "GET http://127.0.0.1:\(server.port)/cut?n=1000: the connection ended after "
                + "500 bytes, before the content did; try again")
    }

    @Test func `tells a stall from a total timeout`() throws {
        let server = try LoopbackServer(script: script)
        var settings = TransferSettings()
        settings.stallTimeout = .seconds(1)
        let stalled = try #require(failure("http://127.0.0.1:\(server.port)/slow", settings))
        #expect(stalled.code == .stalled)
        #expect(stalled.reason.contains("after 10 bytes"))
        settings.stallTimeout = .seconds(60)
        settings.totalTimeout = .milliseconds(500)
        #expect(failure("http://127.0.0.1:\(server.port)/drip", settings)?.code == .timedOut)
    }

    @Test func `is one whose server accepts and says nothing`() throws {
        let server = try LoopbackServer(script: script)
        var settings = TransferSettings()
        settings.stallTimeout = .seconds(1)
        let error = try #require(failure("http://127.0.0.1:\(server.port)/silent", settings))
        #expect(error.code == .stalled)
        #expect(error.reason == "no byte came for 1.0 seconds, after 0 bytes")
    }

    @Test func `ends at the total timeout though a byte comes every second, or far too many do`()
        throws
    {
        let server = try LoopbackServer(script: script)
        var settings = TransferSettings()
        settings.totalTimeout = .seconds(2)
        for path in ["/second?n=600", "/endless"] {
            do throws(TransferError) {
                _ = try TransferClient(settings: settings).perform(
                    TransferRequest(url: "http://127.0.0.1:\(server.port)\(path)")
                ) { _ in }
                Issue.record("it came to an end")
            } catch {
                #expect(error.code == .timedOut)
                #expect(error.reason == "not done within 2.0 seconds")
            }
        }
    }

    @Test func `is no transfer of one byte a second`() throws {
        let server = try LoopbackServer(script: script)
        #expect(failure("http://127.0.0.1:\(server.port)/second?n=3") == nil)
    }

    @Test func `ends within a second of its cancellation`() throws {
        let server = try LoopbackServer(script: script)
        let cancellation = Cancellation()
        let thread = Thread {
            Thread.sleep(forTimeInterval: 0.3)
            cancellation.cancel()
        }
        thread.start()
        let start = ContinuousClock.now
        let url = "http://127.0.0.1:\(server.port)/slow"
        #expect(failure(url, cancellation: cancellation)?.code == .cancelled)
        // The server alone would take far longer.
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test func `says that nobody answers`() throws {
        let error = try #require(failure("http://127.0.0.1:1/x"))
        #expect(error.code == .unreachable)
        #expect(error.reason == "no server answers at 127.0.0.1:1")
        #expect(failure("http://no-such-host.invalid/")?.code == .unknownHost)
    }

    @Test func `never shows a login, a signature or a header`() throws {
        let server = try LoopbackServer(script: script)
        let url =
            "http://me:hunter2@127.0.0.1:\(server.port)/cut?n=10&X-Amz-Signature=hunter2"
        let error = try #require(failure(url, headers: [.init("X-Token", "hunter2")]))
        #expect(error.description.contains("***@127.0.0.1"))
        #expect(!error.description.contains("hunter2"))
        var text = ""
        dump(error, to: &text)
        #expect(!text.contains("hunter2"))
    }

    @Test(arguments: [
        "file:///etc/passwd", "gopher://127.0.0.1/", "no scheme", "http://127.0.0.1/a b",
        "http://127.0.0.1/\r\nX: y", "",
    ])
    func `refuses an address that is none of ours`(_ url: String) {
        #expect(failure(url)?.code == .badRequest)
    }

    @Test func `refuses a header with a line end`() {
        let header = TransferRequest.Header("X-A", "b\r\nX-C: d")
        #expect(failure("http://127.0.0.1:1/", headers: [header])?.code == .badRequest)
        let name = TransferRequest.Header("X A", "b")
        #expect(failure("http://127.0.0.1:1/", headers: [name])?.code == .badRequest)
    }

    @Test func `takes no more than it may`() throws {
        let server = try LoopbackServer(script: script)
        let error = failure("http://127.0.0.1:\(server.port)/bytes?n=1048577")
        #expect(error?.code == .tooLarge)
        #expect(error?.reason == "more than 1048576 bytes came")
        #expect(failure("http://127.0.0.1:\(server.port)/headers") != nil)
    }

    @Test func `hands on what its receiver threw`() throws {
        struct Full: Error {}
        let server = try LoopbackServer(script: script)
        do throws(TransferError) {
            _ = try TransferClient().perform(
                TransferRequest(url: "http://127.0.0.1:\(server.port)/bytes?n=10")
            ) { _ in throw Full() }
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.code == .refusedByReceiver)
            #expect(error.underlying is Full)
        }
    }
}

@Suite struct `TLS` {
    @Test func `trusts the authority that it is told, and no other`() throws {
        let authority = try TestAuthority()
        let server = try LoopbackServer(
            script: script, arguments: [authority.serverCertificate, authority.serverKey])
        let url = "https://127.0.0.1:\(server.port)/bytes?n=5"
        let error = try #require(failure(url))
        #expect(error.code == .untrusted)
        #expect(error.reason.hasSuffix("is not trusted: its authority is not known here"))
        var settings = TransferSettings()
        settings.certificateFile = authority.certificate
        #expect(failure(url, settings) == nil)
        // The certificate is for the address, not for the name.
        let named = "https://localhost:\(server.port)/bytes?n=5"
        #expect(failure(named, settings)?.code == .untrusted)
        settings.verifiesServer = false
        #expect(failure(named, settings) == nil)
        settings.verifiesServer = true
        settings.certificateFile = authority.folder.path + "/missing.pem"
        #expect(failure(url, settings)?.code == .badCertificateFile)
        settings.certificateFile = authority.certificate
        let back = "https://127.0.0.1:\(server.port)/leave?to=http://127.0.0.1:1/"
        #expect(failure(back, settings)?.code == .badRedirect)
    }
}

@Suite struct `Proxy rules` {
    @Test func `come from the environment as curl reads it`() {
        let rules = ProxyRules(environment: [
            "http_proxy": "http://a", "HTTP_PROXY": "http://evil", "HTTPS_PROXY": "http://b",
            "ALL_PROXY": "http://c", "no_proxy": "x,y",
        ])
        #expect(rules.proxy(for: "http://h/") == "http://a")
        #expect(rules.proxy(for: "https://h/") == "http://b")
        #expect(rules.proxy(for: "ftp://h/") == "http://c")
        #expect(rules.exceptions == "x,y")
        #expect(
            ProxyRules(environment: ["HTTP_PROXY": "http://evil"]).proxy(for: "http://h/") == nil)
    }

    @Test func `send the request to the proxy`() throws {
        let server = try LoopbackServer(script: script)
        var settings = TransferSettings()
        settings.proxies = ProxyRules(everywhere: "http://127.0.0.1:\(server.port)")
        let request = TransferRequest(url: "http://somewhere.invalid/echo")
        let answer = try TransferClient(settings: settings).content(of: request, maxBytes: 10_000)
        #expect(
            String(decoding: answer.content, as: UTF8.self)
                .contains("http://somewhere.invalid/echo"))
    }
}
