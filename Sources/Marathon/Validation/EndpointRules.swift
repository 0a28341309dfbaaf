/// Marathon's rules for the endpoints and health checks of a pod.
struct EndpointRules {
    let pod: PodInput

    func check(_ list: inout ViolationList) {
        let endpoints = pod.containers.flatMap(\.endpoints)
        let names = endpoints.compactMap { $0.string("name") }
        if Set(names).count < names.count {
            list.add(
                "P-ENDPOINT-NAMES", "/containers", "two endpoints have one name",
                "name each of them otherwise", at: pod.object.name(of: "containers"))
        }
        for field in ["hostPort", "containerPort"] {
            let ports = endpoints.compactMap { $0.integer(field) }.filter { $0 != 0 }
            guard Set(ports).count < ports.count else { continue }
            list.add(
                "P-ENDPOINT-PORTS", "/containers", "two endpoints have one \"\(field)\"",
                "give each of them another", at: pod.object.name(of: "containers"))
        }
        let mode = pod.object.objects("networks")?.first.map(NetworkMode.init)
        for endpoint in endpoints {
            let port = endpoint["containerPort"]
            if mode == .host, port != nil {
                list.add(
                    "P-ENDPOINT-PORT", endpoint.path + "/containerPort",
                    "on a host network an endpoint has no \"containerPort\"", "leave it out",
                    at: port)
            } else if mode != nil, mode != .host, port == nil {
                list.add(
                    "P-ENDPOINT-PORT", endpoint.path + "/containerPort",
                    "on a container network an endpoint needs a \"containerPort\"", "add it",
                    at: endpoint.json)
            }
        }
        checkNetworks(endpoints, &list)
        for container in pod.containers { checkHealth(container, &list) }
    }

    /// An endpoint is on networks of its pod, and a port of the agent leads to one of them.
    private func checkNetworks(_ endpoints: [ObjectView], _ list: inout ViolationList) {
        let names = (pod.object.objects("networks") ?? []).compactMap { $0.string("name") }
        for endpoint in endpoints {
            list.checkNetworkNames(
                of: endpoint, among: names, owner: "pod", needsOne: true,
                unknown: "P-ENDPOINT-NETWORK", ambiguous: "P-ENDPOINT-NETWORK")
        }
    }

    private func checkHealth(
        _ container: PodInput.ContainerInput, _ list: inout ViolationList
    ) {
        guard let check = container.object.object("healthCheck") else { return }
        let kinds = ["http", "tcp", "exec"].filter { check[$0] != nil }
        if kinds.count != 1 {
            list.add(
                "P-HEALTH-KIND", check.path, "a health check is one of http, tcp and exec",
                "keep exactly one", at: check.json)
        }
        let timeout = check.integer("timeoutSeconds") ?? 20
        let interval = check.integer("intervalSeconds") ?? 60
        if timeout >= interval {
            list.add(
                "P-HEALTH-TIMEOUT", check.path,
                "the timeout of \(timeout) s is not shorter than the interval of \(interval) s",
                "shorten the one, or lengthen the other", at: check.json)
        }
        for kind in kinds {
            guard let target = check.object(kind), let name = target.string("endpoint"),
                !container.endpoints.contains(where: { $0.string("name") == name })
            else { continue }
            list.add(
                "P-HEALTH-ENDPOINT", target.path + "/endpoint",
                "\"\(shown(name))\" is no endpoint of this container", "name one of its own",
                at: target["endpoint"])
        }
    }
}
