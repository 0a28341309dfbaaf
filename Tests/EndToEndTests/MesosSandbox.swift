import Foundation
import LoopbackServers
import Testing

/// A sandbox as an agent makes it, and the program that fetches into it.
struct MesosSandbox {
    private let folder = try? TemporaryFolder()

    /// The path of something in the sandbox; `../` leads to what lies beside it.
    func path(_ name: String) -> String {
        let root = folder?.url.path ?? "/nowhere"
        let sandbox = root + "/sandbox"
        if !FileManager.default.fileExists(atPath: sandbox) {
            try? FileManager.default.createDirectory(
                atPath: sandbox, withIntermediateDirectories: true)
        }
        return name.hasPrefix("../") ? root + "/" + name.dropFirst(3) : sandbox + "/" + name
    }

    /// Writes a file that can be fetched.
    @discardableResult
    func source(_ name: String, _ text: String) throws -> String {
        try #require(folder).write("source/" + name, text)
    }

    /// An item of `MESOS_FETCHER_INFO`.
    func item(
        _ uri: String, _ fields: [String: Any] = [:], action: String = "BYPASS_CACHE"
    ) -> [String: Any] {
        let all: [String: Any] = ["value": uri].merging(fields) { $1 }
        return ["action": action, "uri": all]
    }

    /// Runs the program as an agent does.
    func fetch(
        _ items: [[String: Any]], _ fields: [String: Any] = [:],
        environment: [String: String] = [:]
    ) throws -> ProgramResult {
        let info: [String: Any] = ["items": items, "sandbox_directory": path("").dropLast()]
            .mapValues { $0 is Substring ? "\($0)" : $0 }.merging(fields) { $1 }
        let json = try JSONSerialization.data(withJSONObject: info)
        return try BuiltProgram.run(
            [], name: "mesos-fetcher",
            environment: environment.merging(
                ["MESOS_FETCHER_INFO": String(decoding: json, as: UTF8.self)]) { $1 })
    }

    /// All files and folders of the sandbox, sorted.
    func names() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path("")).sorted()
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: path(name), encoding: .utf8)
    }

    func mode(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        return try #require(attributes[.posixPermissions] as? Int)
    }

    /// Lets an ordinary user read the sources and write the sandbox.
    func openToAll() throws {
        for name in ["", "../", "../source"] {
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o777], ofItemAtPath: path(name))
        }
    }

    func run(_ words: [String]) throws {
        let result = try BuiltProgram.runTool(words[0], Array(words.dropFirst()))
        try #require(result.status == 0, "\(words) \(result.errors)")
    }

    func python(_ text: String, _ arguments: [String]) throws {
        try run(["python3", "-c", text] + arguments)
    }

    /// Writes an executable shell script.
    func script(_ name: String, _ text: String) throws {
        let file = path(name)
        try FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: file).deletingLastPathComponent().path,
            withIntermediateDirectories: true)
        try Data("#!/bin/sh\n\(text)\n".utf8).write(to: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    }

    /// A server for the sources.
    func server() throws -> LoopbackServer {
        let script = BuiltProgram.checkout
            .appendingPathComponent("Tests/FetcherTests/Servers/file-server.py").path
        return try LoopbackServer(script: script, arguments: [path("../source")])
    }
}
