import Foundation
import LoopbackServers
import Testing

@testable import Transfer

@Suite(.timeLimit(.minutes(3))) struct `A transfer by FTP` {
    private static let files = [
        "a.bin": pattern(300_000), "empty": [],
        // More than the buffers of the connection hold: what is not read cannot have been sent.
        "slow-b": [UInt8](repeating: 7, count: 40_000_000),
    ]

    @Test func `brings every byte, for anybody and for a user`() throws {
        let server = try FTPServer(files: Self.files)
        let answer = try ask("ftp://127.0.0.1:\(server.port)/a.bin")
        #expect(answer.content == pattern(300_000))
        #expect(answer.response.status == 226)
        #expect(
            try ask("ftp://user:p%40ss@127.0.0.1:\(server.port)/a.bin").content.count == 300_000)
        #expect(try ask("ftp://127.0.0.1:\(server.port)/empty").content.isEmpty)
        #expect(
            try ask("ftp://127.0.0.1:\(server.port)/a.bin", from: 299_000).content
                == Array(pattern(300_000)[299_000...]))
    }

    @Test func `is encrypted where the scheme says so`() throws {
        let server = try FTPServer(files: Self.files, speaksTLS: true)
        let url = "ftps://user:p%40ss@127.0.0.1:\(server.port)/a.bin"
        #expect(refusal(url)?.code == .untrusted)
        var settings = TransferSettings()
        settings.certificateFile = server.certificate
        let answer = try ask(url, settings)
        #expect(answer.content == pattern(300_000))
        #expect(answer.response.status == 226)
    }

    @Test func `says what is missing or refused`() throws {
        let server = try FTPServer(files: Self.files)
        #expect(refusal("ftp://127.0.0.1:\(server.port)/none")?.code == .notFound)
        #expect(
            refusal("ftp://user:wrong@127.0.0.1:\(server.port)/a.bin")?.code == .loginRefused)
    }

    @Test func `says how far it came when the server is killed`() throws {
        let server = try FTPServer(files: Self.files)
        let error = cutting("ftp://127.0.0.1:\(server.port)/slow-b") { server.stop() }
        #expect(error?.code == .cut)
    }
}
