import DockerCredentials
import Foundation
import Testing

struct VectorFile: Decodable {
    let vectors: [Vector]
}

/// One measured case: files in a sandbox, an image, and what each client did.
struct Vector: Decodable, Sendable, CustomTestStringConvertible {
    /// What a client did; a field that is not listed here fails the decoding.
    struct Expected: Decodable, Sendable {
        struct Helper: Decodable, Sendable {
            let program: String
            let stdin: String
        }

        let kind: String
        let username: String?
        let secret: String?
        let key: String?
        let identitytoken: String?
        let registrytoken: String?
        let reason: String?
        let header: String?
        let error: String?
        let stderr: String?
        let undecodedAuth: String?
        let helper: Helper?
        let anyOf: [Alternative]?

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case kind, username, secret, key, identitytoken, registrytoken, reason, header, error
            case stderr, undecodedAuth, helper, anyOf
            // Told, not compared: an address that no registry asks for, and a remark.
            case email, note
        }

        init(from decoder: any Decoder) throws {
            try refuseUnknown(in: decoder, known: CodingKeys.allCases.map(\.stringValue))
            let container = try decoder.container(keyedBy: CodingKeys.self)
            kind = try container.decode(String.self, forKey: .kind)
            username = try container.decodeIfPresent(String.self, forKey: .username)
            secret = try container.decodeIfPresent(String.self, forKey: .secret)
            key = try container.decodeIfPresent(String.self, forKey: .key)
            identitytoken = try container.decodeIfPresent(String.self, forKey: .identitytoken)
            registrytoken = try container.decodeIfPresent(String.self, forKey: .registrytoken)
            reason = try container.decodeIfPresent(String.self, forKey: .reason)
            header = try container.decodeIfPresent(String.self, forKey: .header)
            error = try container.decodeIfPresent(String.self, forKey: .error)
            stderr = try container.decodeIfPresent(String.self, forKey: .stderr)
            undecodedAuth = try container.decodeIfPresent(String.self, forKey: .undecodedAuth)
            helper = try? container.decodeIfPresent(Helper.self, forKey: .helper)
            anyOf = try container.decodeIfPresent([Alternative].self, forKey: .anyOf)
        }
    }

    struct Alternative: Decodable, Sendable {
        let kind: String
        let username: String?
    }

    /// Whether the engine with the containerd store uses the credential.
    struct ContainerdStore: Decodable, Sendable {
        let credentialUsed: Bool
    }

    /// A file's content in one of the forms of the table.
    enum Content: Decodable, Sendable {
        case bytes(Data, mode: Int?)
        case symlink(String)
        case directory

        private enum Key: String, CodingKey {
            case b64, text, mode, symlink, dir
        }

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                self = .bytes(Data(text.utf8), mode: nil)
                return
            }
            let container = try decoder.container(keyedBy: Key.self)
            let mode = try container.decodeIfPresent(String.self, forKey: .mode)
            let number = mode.flatMap { Int($0, radix: 8) }
            if let target = try container.decodeIfPresent(String.self, forKey: .symlink) {
                self = .symlink(target)
            } else if container.contains(.dir) {
                self = .directory
            } else if let text = try container.decodeIfPresent(String.self, forKey: .text) {
                self = .bytes(Data(text.utf8), mode: number)
            } else {
                let text = try container.decode(String.self, forKey: .b64)
                guard let data = Data(base64Encoded: text) else {
                    throw DecodingError.dataCorruptedError(
                        forKey: .b64, in: container, debugDescription: "no base64")
                }
                self = .bytes(data, mode: number)
            }
        }
    }

    let id: String
    let note: String?
    let files: [String: Content]?
    let env: [String: String]?
    let helpers: [String: [String: HelperPart]]?
    let image: String
    let expect: [String: Expected]
    let containerdStore: Bool?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, note, files, env, helpers, image, expect
        case host, configKey, source, measured
    }

    init(from decoder: any Decoder) throws {
        try refuseUnknown(in: decoder, known: CodingKeys.allCases.map(\.stringValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        note = try container.decodeIfPresent(String.self, forKey: .note)
        files = try container.decodeIfPresent([String: Content].self, forKey: .files)
        env = try container.decodeIfPresent([String: String].self, forKey: .env)
        helpers = try container.decodeIfPresent(
            [String: [String: HelperPart]].self, forKey: .helpers)
        image = try container.decode(String.self, forKey: .image)
        var columns: [String: Expected] = [:]
        var used: Bool?
        let all = try container.nestedContainer(keyedBy: AnyKey.self, forKey: .expect)
        for key in all.allKeys {
            if key.stringValue == "engine_containerd_store" {
                used = try all.decode(ContainerdStore.self, forKey: key).credentialUsed
            } else {
                columns[key.stringValue] = try all.decode(Expected.self, forKey: key)
            }
        }
        expect = columns
        containerdStore = used
    }

    enum HelperPart: Decodable, Sendable {
        case text(String)
        case number(Int)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }
    }

    /// The text of the one credentials file that Mesos would be given.
    var credentialsText: [UInt8]? {
        for name in [".docker/config.json", ".dockercfg"] {
            if case .bytes(let data, _) = files?[name] { return Array(data) }
        }
        return nil
    }

    var testDescription: String { id }
}

/// Any name of a member.
struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// Fails on a member that the tests would pass over.
func refuseUnknown(in decoder: any Decoder, known: [String]) throws {
    for key in try decoder.container(keyedBy: AnyKey.self).allKeys
    where !known.contains(key.stringValue) {
        throw DecodingError.dataCorrupted(
            .init(codingPath: decoder.codingPath, debugDescription: "unknown: \(key.stringValue)"))
    }
}

/// A sandbox on disk with a vector's files, removed with its owner.
final class SandboxFixture {
    let url: URL

    init(_ files: [String: Vector.Content]) throws {
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("sandbox-\(UUID().uuidString)")
        let manager = FileManager.default
        try manager.createDirectory(at: url, withIntermediateDirectories: true)
        for (name, content) in files.sorted(by: { $0.key < $1.key }) {
            let file = url.appendingPathComponent(name)
            let isFolder = if case .directory = content { true } else { false }
            try manager.createDirectory(
                at: isFolder ? file : file.deletingLastPathComponent(),
                withIntermediateDirectories: true)
            switch content {
            case .directory: break
            case .symlink(let target):
                try manager.createSymbolicLink(
                    atPath: file.path,
                    withDestinationPath: target.replacingOccurrences(
                        of: "$SANDBOX", with: url.path))
            case .bytes(let data, let mode):
                try data.write(to: file)
                if let mode {
                    try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
                }
            }
        }
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
        try? FileManager.default.removeItem(at: programs)
    }

    /// Programs that answer as the table says, in a folder of their own outside the sandbox.
    func install(_ helpers: [String: [String: Vector.HelperPart]]) throws {
        try FileManager.default.createDirectory(
            at: programs, withIntermediateDirectories: true)
        for (suffix, parts) in helpers {
            var script = "#!/bin/sh\nread -r KEY || true\n"
            for (name, part) in parts {
                switch (name, part) {
                case ("stdout", .text(let text)):
                    let file = programs.appendingPathComponent("\(suffix).stdout")
                    try Data(text.utf8).write(to: file)
                    script +=
                        "while IFS= read -r LINE; do case $LINE in *'$KEY'*)"
                        + " LINE=\"${LINE%%'$KEY'*}$KEY${LINE#*'$KEY'}\";; esac;"
                        + " printf '%s\\n' \"$LINE\"; done <'\(file.path)'\n"
                case ("stderr", .text(let text)):
                    let file = programs.appendingPathComponent("\(suffix).stderr")
                    try Data(text.utf8).write(to: file)
                    script +=
                        "while IFS= read -r LINE; do printf '%s\\n' \"$LINE\" >&2; done"
                        + " <'\(file.path)'\n"
                case ("exit", .number): break
                default: throw CocoaError(.coderInvalidValue)
                }
            }
            if case .number(let status) = parts["exit"] { script += "exit \(status)\n" }
            let program = programs.appendingPathComponent("docker-credential-\(suffix)")
            try Data(script.utf8).write(to: program)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: program.path)
        }
    }

    var programs: URL {
        url.deletingLastPathComponent().appendingPathComponent(url.lastPathComponent + "-programs")
    }

    func environment(_ variables: [String: String]) -> ClientEnvironment {
        var filled = variables.mapValues {
            $0.replacingOccurrences(of: "$SANDBOX", with: url.path)
        }
        filled["PATH"] = programs.path
        return ClientEnvironment(home: filled["HOME"] ?? url.path, variables: filled)
    }
}
