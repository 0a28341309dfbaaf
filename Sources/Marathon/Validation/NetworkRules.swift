import LocatedJSON

/// `NetworkValidation`: what apps and pods share about `networks`.
struct NetworkRules {
    let object: ObjectView

    func check(_ list: inout ViolationList) {
        let networks = object.objects("networks") ?? []
        let modes = networks.map(NetworkMode.init)
        let isMixed =
            Set(modes).count > 1 || modes.count > 1 && modes.first != .container
        if isMixed {
            list.add(
                "NETWORK-MIX", "/networks", "these networks do not go together",
                "give one host network, or one bridge, or any number of container networks",
                at: object.name(of: "networks"))
        }
        var names: Set<String> = []
        for (index, (network, mode)) in zip(networks, modes).enumerated() {
            let name = network.string("name")
            if mode == .container {
                guard let name else {
                    list.add(
                        "NETWORK-NAME", "/networks(\(index))", "a container network needs a name",
                        "add \"name\", or write \"mode\": \"host\"", at: network.json)
                    continue
                }
                if !names.insert(name).inserted {
                    list.add(
                        "NETWORK-NAMES", "/networks", "two networks are called \"\(shown(name))\"",
                        "keep one of them", at: network["name"])
                }
            } else if name != nil {
                list.add(
                    "NETWORK-NAME", "/networks(\(index))",
                    "a network of mode \(mode.rawValue) has no name", "leave \"name\" out",
                    at: network.name(of: "name"))
            }
            if mode == .host, let labels = network["labels"], !labels.isEmpty {
                list.add(
                    "NETWORK-LABELS", "/networks(\(index))", "a host network has no labels",
                    "leave \"labels\" out", at: network.name(of: "labels"))
            }
        }
    }
}

/// How a task is joined to a network.
public enum NetworkMode: String, Sendable {
    /// A named network.
    case container
    /// The bridge of the agent.
    case bridge = "container/bridge"
    /// The agent's own.
    case host

    init(_ network: ObjectView) {
        self = network.string("mode").flatMap { .init(rawValue: $0.lowercased()) } ?? .container
    }
}
