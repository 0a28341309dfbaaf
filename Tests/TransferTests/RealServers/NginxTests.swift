import Foundation
import LoopbackServers
import Testing

@testable import Transfer

@Suite(.timeLimit(.minutes(3))) struct `A transfer from nginx` {
    let nginx: Nginx

    init() throws { nginx = try Nginx(files: ["a.bin": pattern(400_000), "small": pattern(100)]) }

    @Test func `brings every byte, and a part where one asks for it`() throws {
        let whole = try ask(nginx.base + "/files/a.bin")
        #expect(whole.content == pattern(400_000))
        let tag = try #require(whole.response[header: "etag"])
        let rest = try ask(
            nginx.base + "/files/a.bin", headers: [.init("If-Range", tag)], from: 399_000)
        #expect(rest.response.status == 206)
        #expect(rest.content == Array(pattern(400_000)[399_000...]))
        let other = #expect(throws: TransferError.self) {
            try ask(
                nginx.base + "/files/a.bin", headers: [.init("If-Range", "\"other\"")],
                from: 399_000)
        }
        #expect(other?.code == .rangeRefused)
    }

    @Test func `keeps what is gzip-encoded as it was sent`() throws {
        let zipped = try ask(
            nginx.base + "/zipped/a.bin", headers: [.init("Accept-Encoding", "gzip")])
        #expect(zipped.response[header: "transfer-encoding"] == "chunked")
        #expect(zipped.response[header: "content-encoding"] == "gzip")
        #expect(zipped.content.prefix(2) == [0x1f, 0x8b])
        #expect(zipped.content.count < 400_000)
        // Nothing is asked for by itself, so what is not wanted is not sent either.
        #expect(try ask(nginx.base + "/zipped/a.bin").content == pattern(400_000))
        #expect(try ask(nginx.base + "/encoded/small").content == pattern(100))
    }

    @Test(arguments: [403, 404, 410, 500, 503])
    func `gives a status with its page`(_ status: Int) throws {
        let answer = try ask(nginx.base + "/status/\(status)")
        #expect(answer.response.status == status)
        #expect(!answer.content.isEmpty)
    }

    @Test func `trusts the private authority that it is told, and no other`() throws {
        #expect(refusal(nginx.secureBase + "/files/small")?.code == .untrusted)
        var settings = TransferSettings()
        settings.certificateFile = nginx.certificate
        #expect(try ask(nginx.secureBase + "/files/small", settings).content == pattern(100))
        // The wrong scheme for the port, both ways.
        #expect(
            refusal("https://127.0.0.1:\(nginx.port)/files/small", settings)?.code == .untrusted)
    }

    @Test func `ends in a redirect that leads to itself`() {
        let error = refusal(nginx.base + "/loop")
        #expect(error?.code == .badRedirect)
        #expect(error?.reason == "more than 50 redirects")
    }

    @Test func `follows redirects from one scheme to the other, back only where that is wanted`()
        throws
    {
        var settings = TransferSettings()
        settings.certificateFile = nginx.certificate
        #expect(try ask(nginx.base + "/secure/files/small", settings).content == pattern(100))
        let error = refusal(nginx.secureBase + "/plain/files/small", settings)
        #expect(error?.code == .badRedirect)
        #expect(
            error?.reason
                == "a redirect leads from HTTPS to plain HTTP, where anybody can read along")
        settings.followsToPlainHTTP = true
        let back = try ask(nginx.secureBase + "/plain/secure/plain/files/small", settings)
        #expect(back.content == pattern(100))
        #expect(back.response.redirects == 3)
        #expect(refusal(nginx.base + "/zigzag", settings)?.reason == "more than 50 redirects")
        let login = "http://user:p%40ss@127.0.0.1:\(nginx.port)/secure/echo"
        #expect(try ask(login, settings).content == Array("||".utf8))
    }

    @Test func `logs in with user info`() throws {
        let path = "127.0.0.1:\(nginx.port)/private/small"
        #expect(try ask("http://\(path)").response.status == 401)
        #expect(try ask("http://user:p%40ss@\(path)").content == pattern(100))
        #expect(try ask("http://user:wrong@\(path)").response.status == 401)
    }

    @Test func `shows its login to no other server`() throws {
        let other = try Nginx()
        let login = "http://user:p%40ss@127.0.0.1:\(nginx.port)"
        let here = try ask("\(login)/echo")
        #expect(String(decoding: here.content, as: UTF8.self).hasPrefix("Basic "))
        let headers: [TransferRequest.Header] = [
            .init("Authorization", "Bearer p@ss"), .init("Cookie", "a=p@ss"),
        ]
        for (url, sent) in [
            ("\(login)/to/\(other.port)/echo", []),
            ("\(nginx.base)/to/\(other.port)/echo", headers),
        ] {
            let there = try ask(url, headers: sent)
            #expect(there.response.redirects == 1)
            #expect(String(decoding: there.content, as: UTF8.self) == "||")
        }
    }

    @Test func `says how far it came when the server is killed`() throws {
        let error = cutting(nginx.base + "/slow/a.bin") { nginx.stop() }
        #expect(error?.code == .cut)
        #expect(error?.reason.hasPrefix("the connection ended after ") == true)
    }

    @Test func `says that no answer came at all`() {
        let error = refusal(nginx.base + "/nothing")
        #expect(error?.code == .cut)
        #expect(error?.mayPass == true)
    }
}
