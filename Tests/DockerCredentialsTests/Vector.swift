import DockerCredentials
import Foundation
import Testing

struct VectorFile: Decodable {
    let vectors: [Vector]
}

/// One measured case: files in a sandbox, an image, and what each client did.
struct Vector: Decodable, Sendable, CustomTestStringConvertible {
    struct Expected: Decodable, Sendable {
        let kind: String
        let username: String?
        let secret: String?
        let key: String?
        let identitytoken: String?
        let registrytoken: String?
        let reason: String?
        let header: String?
        let anyOf: [Alternative]?
    }

    struct Alternative: Decodable, Sendable {
        let kind: String
        let username: String?
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

    private enum CodingKeys: String, CodingKey {
        case id, note, files, env, helpers, image, expect
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        note = try container.decodeIfPresent(String.self, forKey: .note)
        files = try container.decodeIfPresent([String: Content].self, forKey: .files)
        env = try container.decodeIfPresent([String: String].self, forKey: .env)
        helpers = try container.decodeIfPresent(
            [String: [String: HelperPart]].self, forKey: .helpers)
        image = try container.decode(String.self, forKey: .image)
        // The containerd column has a shape of its own.
        let all = try container.decode([String: AnyColumn].self, forKey: .expect)
        expect = all.compactMapValues(\.expected)
    }

    struct AnyColumn: Decodable {
        let expected: Expected?

        init(from decoder: any Decoder) throws {
            expected = try? Expected(from: decoder)
        }
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
    }

    func environment(_ variables: [String: String]) -> ClientEnvironment {
        let filled = variables.mapValues {
            $0.replacingOccurrences(of: "$SANDBOX", with: url.path)
        }
        return ClientEnvironment(home: filled["HOME"] ?? url.path, variables: filled)
    }
}
