import Foundation
import LoopbackServers
import Testing

@testable import Transfer

@Suite(.timeLimit(.minutes(3))) struct `A transfer through tinyproxy` {
    let nginx: Nginx

    init() throws { nginx = try Nginx(files: ["small": pattern(100)]) }

    private func settings(_ proxy: String, _ exceptions: String = "") -> TransferSettings {
        var settings = TransferSettings()
        settings.certificateFile = nginx.certificate
        settings.proxies = ProxyRules(everywhere: proxy)
        settings.proxies.exceptions = exceptions
        return settings
    }

    @Test func `brings HTTP by request, and HTTPS by CONNECT`() throws {
        let proxy = try Tinyproxy()
        let settings = settings(proxy.address)
        let plain = try ask(nginx.base + "/files/small", settings)
        #expect(plain.content == pattern(100))
        #expect(plain.response[header: "via"]?.contains("tinyproxy") == true)
        let secure = try ask(nginx.secureBase + "/files/small", settings)
        #expect(secure.content == pattern(100))
        #expect(secure.response[header: "via"] == nil)
    }

    @Test func `takes the proxy of the scheme that a redirect leads to`() throws {
        let proxy = try Tinyproxy()
        var settings = settings(proxy.address)
        settings.proxies = ProxyRules(environment: ["http_proxy": proxy.address])
        let there = try ask(nginx.base + "/secure/files/small", settings)
        #expect(there.content == pattern(100))
        #expect(there.response.redirects == 1)
        #expect(there.response.url == nginx.secureBase + "/files/small")
        // A proxy that connects to no port at all is not asked to.
        let closed = try Tinyproxy(connectPorts: [1])
        settings.proxies = ProxyRules(environment: ["http_proxy": closed.address])
        #expect(try ask(nginx.base + "/secure/files/small", settings).content == pattern(100))
        settings.proxies = ProxyRules(environment: ["all_proxy": closed.address])
        #expect(
            refusal(nginx.base + "/secure/files/small", settings)?.code == .proxyRefused)
    }

    @Test func `passes hosts by that are excepted`() throws {
        let proxy = try Tinyproxy()
        for exceptions in ["127.0.0.1", "*", "elsewhere,127.0.0.0/8"] {
            let answer = try ask(
                nginx.base + "/files/small", settings(proxy.address, exceptions))
            #expect(answer.response[header: "via"] == nil)
        }
    }

    @Test func `logs in with the proxy's user info, and says where that is missing`() throws {
        let proxy = try Tinyproxy(wantsLogin: true)
        for base in [nginx.base, nginx.secureBase] {
            let answer = try ask(base + "/files/small", settings(proxy.address))
            #expect(answer.content == pattern(100))
        }
        let error = refusal(nginx.secureBase + "/files/small", settings(proxy.bareAddress))
        #expect(error?.code == .proxyRefused)
        #expect(error?.reason.hasSuffix("wants a login (HTTP 407)") == true)
        #expect(
            try ask(nginx.base + "/files/small", settings(proxy.bareAddress)).response.status
                == 407)
    }

    @Test func `says that the proxy does not connect`() throws {
        let proxy = try Tinyproxy(connectPorts: [443])
        let error = refusal(nginx.secureBase + "/files/small", settings(proxy.address))
        #expect(error?.code == .proxyRefused)
        #expect(error?.reason.contains("does not connect to 127.0.0.1:") == true)
    }

    @Test func `says that it may be the proxy that does not answer`() throws {
        let proxy = "http://porter:pr0xy@127.0.0.1:1"
        let error = refusal("http://somewhere.invalid/x", settings(proxy))
        #expect(error?.code == .unreachable)
        #expect(
            error?.reason
                == "no server answers at somewhere.invalid, or its proxy 127.0.0.1:1 does not"
        )
        let unknown = refusal("http://somewhere.invalid/x", settings("http://no-such.invalid:1"))
        #expect(unknown?.reason == "the name of the proxy no-such.invalid:1 is not known")
    }
}
