import LocatedJSON

/// An app's networks and ports as Marathon has them in the end
/// (`AppNormalization.NetworkTranslation`): deprecated fields moved, defaults filled in.
struct AppNetwork {
    let mode: NetworkMode
    let names: [String]
    let ports: [PortRequest]
    /// Whether a container is implied by a network though none is written.
    let hasContainer: Bool
    private let mappings: [ObjectView]

    init(_ app: AppInput) {
        let docker = app.container?.docker
        let networks = app.object.objects("networks") ?? []
        let address = app.object.object("ipAddress")
        if !networks.isEmpty {
            mode = NetworkMode(networks[0])
            names = networks.compactMap { $0.string("name") }
        } else if let old = docker?.string("network") {
            mode = ["BRIDGE": .bridge, "USER": .container][old.uppercased()] ?? .host
            names = address?.string("networkName").map { [$0] } ?? []
        } else if let address {
            mode = .container
            names = address.string("networkName").map { [$0] } ?? []
        } else {
            mode = .host
            names = []
        }
        hasContainer = app.container != nil || mode != .host
        let written = app.container?.object.objects("portMappings")
        let deprecated = docker?.objects("portMappings")
        mappings = written.flatMap { $0.isEmpty ? nil : $0 } ?? deprecated ?? written ?? []
        let mode = mode
        if mode == .host {
            ports = Self.definitions(of: app)
        } else if written == nil, deprecated == nil {
            ports = [PortRequest(name: "default", declared: 0, hostPort: mode == .bridge ? 0 : nil)]
        } else {
            ports = mappings.map { mapping in
                PortRequest(
                    name: mapping.string("name"), declared: mapping.integer("containerPort") ?? 0,
                    hostPort: mapping.integer("hostPort") ?? (mode == .bridge ? 0 : nil),
                    protocols: Self.protocols(of: mapping))
            }
        }
    }

    private static func protocols(of port: ObjectView) -> [String] {
        (port.string("protocol") ?? "tcp").lowercased().split(separator: ",").map(String.init)
    }

    /// The agent's ports of a task on its network: without `requirePorts` the number is that of
    /// the service, and any port of the agent will do.
    private static func definitions(of app: AppInput) -> [PortRequest] {
        let areFixed = app.object.bool("requirePorts") ?? false
        if let definitions = app.object.objects("portDefinitions") {
            return definitions.map {
                let port = $0.integer("port") ?? 0
                return PortRequest(
                    name: $0.string("name"), declared: port, hostPort: areFixed ? port : 0,
                    protocols: Self.protocols(of: $0))
            }
        }
        if let ports = app.object["ports"] {
            return ports.elements.map {
                let port = $0.numberText.flatMap(Double.init).flatMap { Int(exactly: $0) } ?? 0
                return PortRequest(name: nil, declared: port, hostPort: areFixed ? port : 0)
            }
        }
        return [PortRequest(name: "default", declared: 0, hostPort: 0)]
    }

    /// The rules about ports and networks together.
    func check(_ app: AppInput, _ list: inout ViolationList) {
        let docker = app.container?.docker
        if docker?.string("network")?.uppercased() == "NONE" {
            list.add(
                "A-NETWORK-NONE", "/container/docker/network",
                "Marathon fails on network NONE with HTTP 500",
                "write \"networks\": [{\"mode\": \"host\"}] or another mode",
                at: docker?["network"])
        }
        if docker?["portMappings"]?.isEmpty == false,
            app.container?.object["portMappings"]?.isEmpty == false
        {
            list.add(
                "A-PORTMAPPINGS-BOTH", "/container/portMappings",
                "\"portMappings\" is given twice; Marathon fails on it with HTTP 500",
                "keep those of \"container\" alone", at: docker?.name(of: "portMappings"))
        }
        if mode != .host, app.object["portDefinitions"]?.isEmpty == false {
            list.add(
                "A-PORTDEFINITIONS", "/portDefinitions",
                "\"portDefinitions\" are for host networks alone",
                "write \"container\": {\"portMappings\": …}",
                at: app.object.name(of: "portDefinitions"))
        }
        if app.container?.type == .docker, mode == .container, names.count > 1 {
            list.add(
                "A-DOCKER-NETWORKS", "/",
                "the Docker containerizer joins one container network at most",
                "keep one network, or use \"type\": \"MESOS\"", at: app.object.name(of: "networks"))
        }
        checkNames(app, &list)
        guard mode != .host else { return }
        for mapping in mappings { check(mapping, of: app, &list) }
    }

    private func checkNames(_ app: AppInput, _ list: inout ViolationList) {
        let named = ports.compactMap(\.name)
        if Set(named).count < named.count {
            list.add(
                "A-PORT-NAMES", mode == .host ? "/portDefinitions" : "/container/portMappings",
                "two ports have one name", "name each of them otherwise",
                at: mode == .host
                    ? app.object["portDefinitions"] : app.container?.object["portMappings"])
        }
        let declared = ports.map(\.declared).filter { $0 != 0 }
        if mode == .host, app.object["portDefinitions"] != nil,
            Set(declared).count < declared.count
        {
            list.add(
                "A-PORTS-UNIQUE", "/portDefinitions", "one port is given twice", "keep it once",
                at: app.object.name(of: "portDefinitions"))
        }
    }

    private func check(
        _ mapping: ObjectView, of app: AppInput, _ list: inout ViolationList
    ) {
        list.checkNetworkNames(
            of: mapping, among: names, owner: "app", needsOne: mode == .container,
            unknown: "A-NETWORK-UNKNOWN", ambiguous: "A-NETWORK-AMBIGUOUS")
    }
}
