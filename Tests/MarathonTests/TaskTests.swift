import Foundation
import Marathon
import Testing

/// What reaches Mesos, row by row: the numbers are those of the table of Marathon's own tests.
@Suite struct `A task as Mesos is told of it` {
    struct Row: Decodable, Sendable, CustomTestStringConvertible {
        let no: String
        let features: [String]?
        let task: Int?
        let launch: Launch?
        let id: String?
        let name: String?
        let launchIDs: [String]?
        let fetch: [String]?
        let command: Command?
        let ports: [String]?
        let environment: [String: String?]?
        let envSecrets: [String: String]?
        var testDescription: String { no }
    }

    struct Launch: Decodable, Sendable {
        let hostPorts: [Int]?
        let randomPorts: [Int]?
        let prefix: String?
    }

    struct Command: Decodable, Sendable {
        let shell: Bool
        let value: String?
        let arguments: [String]
    }

    private static let data: Data = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Data/tasks.json")
        return (try? Data(contentsOf: file)) ?? Data()
    }()

    static let rows = (try? JSONDecoder().decode([Row].self, from: data)) ?? []

    /// The same rows as they stand, for what tells null from absent.
    private static func raw(_ row: Row) throws -> [String: Any] {
        let all = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
        return try #require(all.first { $0["no"] as? String == row.no })
    }

    @Test func `has a table`() {
        #expect(Self.rows.count == 62)
        #expect(Set(Self.rows.map(\.no)).count == Self.rows.count)
    }

    @Test(arguments: rows)
    func `has what the table says`(_ row: Row) throws {
        let raw = try Self.raw(row)
        let text = try JSONSerialization.data(
            withJSONObject: try #require(raw["text"]), options: .sortedKeys)
        var features = MarathonFeatures()
        for feature in row.features ?? [] {
            let isKnown = features.set(feature, to: true)
            #expect(isKnown)
        }
        let definition = MarathonDefinition(
            parsing: Array(text), file: "case.json", features: features)
        #expect(definition.violations.isEmpty, "\(definition.violations)")
        let task = try #require(definition.tasks.dropFirst(row.task ?? 0).first)
        let launch = LaunchContext(
            taskID: "task", executorID: "executor", host: "host",
            version: "1970-01-01T00:00:00.000Z", hostPorts: row.launch?.hostPorts ?? [],
            randomPorts: row.launch?.randomPorts ?? [], prefix: row.launch?.prefix ?? "")

        if let id = row.id { #expect(task.id == id) }
        if let name = row.name { #expect(task.name == name) }
        if raw.keys.contains("user") { #expect(task.user == raw["user"] as? String) }
        if let ids = row.launchIDs {
            let made = task.ids(instance: "U")
            #expect([made.task, made.executor] == ids)
        }
        if let fetch = row.fetch { #expect(task.artifacts.map(\.words) == fetch) }
        if let command = row.command {
            #expect(task.command.usesShell == command.shell)
            #expect(task.command.value == command.value)
            #expect(task.command.arguments == command.arguments)
        }
        if let ports = row.ports { #expect(task.ports.map(\.words) == ports) }
        let environment = task.environment(for: launch)
        for (name, value) in row.environment ?? [:] {
            #expect(environment[name] == value, "\(name)")
        }
        if let secrets = row.envSecrets {
            #expect(task.environmentSecrets.mapValues(\.source) == secrets)
        }
        if raw.keys.contains("container") {
            let told = task.containerInfo(for: launch)
            guard let wanted = raw["container"] as? [String: Any] else {
                #expect(told == nil)
                return
            }
            let found = try #require(told).members
            for (name, value) in wanted {
                #expect("\(found[name] ?? "nothing")" == Self.words(value), "\(name)")
            }
        }
    }

    private static func words(_ value: Any) -> String {
        switch value {
        case is NSNull: "null"
        case let flag as NSNumber: flag.boolValue ? "true" : "false"
        case let list as [Any]: "\(list.map { "\($0)" })"
        default: "\(value)"
        }
    }
}

extension Artifact {
    fileprivate var words: String {
        [
            uri, extract ? "extract" : "copy", executable ? "executable" : nil,
            cache ? "cache" : nil, outputFile.map { "to \($0)" },
        ].compactMap(\.self).joined(separator: " ")
    }
}

extension PortRequest {
    fileprivate var words: String {
        let fixed = hostPort.flatMap { $0 == 0 ? nil : " fixed \($0)" } ?? ""
        return "\(name ?? "-") \(declared)\(fixed)"
    }
}

extension ContainerInfo {
    /// Its fields by the names of the table.
    fileprivate var members: [String: String] {
        [
            "type": containerizer.rawValue, "image": image ?? "null",
            "cached": cached.map(String.init) ?? "null", "configSecret": configSecret ?? "null",
            "network": docker?.network ?? "null",
            "privileged": docker.map { "\($0.isPrivileged)" } ?? "null",
            "forcePullImage": docker.map { "\($0.forcesPull)" } ?? "null",
            "parameters": "\((docker?.parameters ?? []).map { "\($0.key)=\($0.value)" })",
            "networkNames": "\(networkNames)",
            "portMappings":
                "\(portMappings.map { "\($0.hostPort)>\($0.containerPort)/\($0.networkProtocol)" })",
            "volumes": "\(volumes.map(\.words))",
        ]
    }
}

extension TaskVolume {
    fileprivate var words: String {
        switch source {
        case .host(let path): "\(containerPath) host \(path) \(mode)"
        case .sandbox(let path): "\(containerPath) sandbox \(path) \(mode)"
        case .persistent: "\(containerPath) persistent \(mode)"
        case .external: "\(containerPath) external \(mode)"
        }
    }
}
