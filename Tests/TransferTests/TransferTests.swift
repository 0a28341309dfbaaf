import Foundation
import LoopbackServers
import Testing
import Vocabulary

@testable import Transfer

private let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Servers/transfer-server.py").path

private struct Served {
    let server: LoopbackServer
    var settings = TransferSettings()

    init() throws { server = try LoopbackServer(script: script) }

    func url(_ path: String) -> String { "http://127.0.0.1:\(server.port)\(path)" }

    func content(
        _ path: String, maxBytes: Int = 16 << 20, cancellation: Cancellation? = nil
    ) throws -> (response: TransferResponse, content: [UInt8]) {
        try TransferClient(settings: settings).content(
            of: TransferRequest(url: url(path)), maxBytes: maxBytes, cancellation: cancellation)
    }

    func failure(
        _ path: String, cancellation: Cancellation? = nil
    ) -> TransferError? {
        do {
            _ = try content(path, cancellation: cancellation)
            return nil
        } catch {
            return error as? TransferError
        }
    }
}

@Suite struct `A transfer` {
    @Test(arguments: [0, 1, 16_384, 16_385, 3_000_000])
    func `brings every byte in order`(_ count: Int) throws {
        let served = try Served()
        let whole = try served.content("/bytes?n=\(count)")
        #expect(whole.content == pattern(count))
        #expect(whole.response.status == 200)
        #expect(whole.response.bytes == UInt64(count))
        #expect(try served.content("/chunked?n=\(count)").content == pattern(count))
    }

    @Test func `keeps all headers and tells them before the content`() throws {
        let served = try Served()
        var order: [String] = []
        let response = try TransferClient().perform(
            TransferRequest(url: served.url("/bytes?n=40000")),
            onHead: { head in order.append("head \(head.status) \(head[header: "etag"] ?? "")") },
            receive: { _ in if order.last != "content" { order.append("content") } })
        #expect(order == ["head 200 \"v1\"", "content"])
        #expect(response.headers.filter { $0.name == "x-twice" }.map(\.value) == ["a", "b"])
    }

    @Test func `tells the progress up to the end`() throws {
        let served = try Served()
        var seen: [TransferProgress] = []
        _ = try TransferClient().perform(
            TransferRequest(url: served.url("/bytes?n=500000")),
            onProgress: { seen.append($0) }, receive: { _ in })
        #expect(seen.last == TransferProgress(bytes: 500_000, total: 500_000))
        #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.bytes <= $1.bytes })
    }

    @Test func `sends method, headers and body as they are`() throws {
        let served = try Served()
        let body = Secret(pattern(2 << 20))
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            let request = TransferRequest(
                url: served.url("/echo"), method: method,
                headers: [.init("X-Token", "abc"), .init("Accept", "")], body: body)
            let answer = try TransferClient().content(of: request, maxBytes: 10_000).content
            let seen = try #require(
                try JSONSerialization.jsonObject(with: Data(answer)) as? [String: Any])
            #expect(seen["method"] as? String == method)
            #expect(seen["length"] as? Int == 2 << 20)
            let headers = try #require(seen["headers"] as? [String: String])
            #expect(headers["x-token"] == "abc")
            #expect(headers["accept"] == nil)
            #expect(headers["user-agent"] == "simagent")
        }
    }

    @Test func `sends an empty body where one is meant`() throws {
        let served = try Served()
        let request = TransferRequest(url: served.url("/echo"), method: "POST", body: Secret(""))
        let answer = try TransferClient().content(of: request, maxBytes: 10_000).content
        #expect(String(decoding: answer, as: UTF8.self).contains("\"content-length\": \"0\""))
    }

    @Test func `gives a status as a response`() throws {
        let served = try Served()
        for code in [204, 401, 404, 500, 503] {
            #expect(try served.content("/status?code=\(code)").response.status == code)
        }
    }

    @Test func `asks for the head alone`() throws {
        let served = try Served()
        let answer = try TransferClient().content(
            of: TransferRequest(url: served.url("/bytes?n=77"), method: "HEAD"), maxBytes: 1)
        #expect(answer.content.isEmpty)
        #expect(answer.response[header: "content-length"] == "77")
    }

    @Test func `continues behind what is there`() throws {
        let served = try Served()
        let answer = try TransferClient().content(
            of: TransferRequest(url: served.url("/bytes?n=1000"), resumeOffset: 600),
            maxBytes: 1000)
        #expect(answer.response.status == 206)
        #expect(answer.content == Array(pattern(1000)[600...]))
    }

    @Test func `refuses to continue where the server begins anew`() throws {
        let served = try Served()
        let request = TransferRequest(url: served.url("/chunked?n=1000"), resumeOffset: 600)
        let error = #expect(throws: TransferError.self) {
            try TransferClient().content(of: request, maxBytes: 1000)
        }
        #expect(error?.code == .rangeRefused)
    }

    @Test func `follows redirects up to the limit`() throws {
        var served = try Served()
        let answer = try served.content("/redirect?n=50")
        #expect(answer.response.redirects == 50)
        #expect(answer.response.url == served.url("/bytes?n=10"))
        #expect(answer.content == pattern(10))
        #expect(served.failure("/redirect?n=51")?.code == .badRedirect)
        served.settings.maxRedirects = 0
        #expect(try served.content("/redirect?n=1").response.status == 302)
    }

    @Test func `does not follow a hundred redirects`() throws {
        let served = try Served()
        let error = served.failure("/redirect?n=100")
        #expect(error?.code == .badRedirect)
        #expect(error?.reason == "more than 50 redirects")
    }

    @Test(.enabled(if: hasIPv6)) func `asks by IPv6`() throws {
        let server = try LoopbackServer(script: script, arguments: ["--ipv6"])
        let answer = try ask("http://[::1]:\(server.port)/bytes?n=1000")
        #expect(answer.content == pattern(1000))
        let error = refusal("http://[::1]:1/")
        #expect(error?.reason == "no server answers at [::1]:1")
    }

    @Test func `never follows a redirect to a file or to FTP`() throws {
        let served = try Served()
        for target in ["file:///etc/passwd", "ftp://127.0.0.1:1/x", "gopher://127.0.0.1:1/"] {
            #expect(served.failure("/leave?to=\(target)")?.code == .badRedirect)
        }
    }
}

/// Whether this machine has an IPv6 loopback.
private let hasIPv6: Bool = {
    let number = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
    guard number >= 0 else { return false }
    defer { close(number) }
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_addr = in6addr_loopback
    return unsafe withUnsafePointer(to: &address) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            unsafe bind(number, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) == 0
        }
    }
}()
