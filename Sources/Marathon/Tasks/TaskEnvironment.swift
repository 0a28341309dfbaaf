extension TaskDefinition {
    /// What Marathon itself sets.
    func marathonVariables(for launch: LaunchContext) -> [String: String] {
        var variables = [
            "MESOS_TASK_ID": launch.taskID, "MARATHON_APP_ID": id,
            "MARATHON_APP_VERSION": launch.version,
            "MARATHON_APP_ENFORCE_GROUP_ROLE": enforcesGroupRole ? "TRUE" : "FALSE",
        ]
        let scope = container == nil ? "MARATHON_APP" : "MARATHON_CONTAINER"
        variables["\(scope)_RESOURCE_CPUS"] = javaText(resources.cpus)
        variables["\(scope)_RESOURCE_MEM"] = javaText(resources.mem)
        variables["\(scope)_RESOURCE_DISK"] = javaText(resources.disk)
        variables["\(scope)_RESOURCE_GPUS"] = String(resources.gpus)
        variables.merge(labelVariables) { $1 }
        if let container {
            variables["HOST"] = launch.host
            variables["MARATHON_CONTAINER_ID"] = container
            variables["MESOS_EXECUTOR_ID"] = launch.executorID
            return variables.merging(endpointVariables(for: launch)) { $1 }
        }
        if containerizer == .docker, let image { variables["MARATHON_APP_DOCKER_IMAGE"] = image }
        variables[launch.prefix + "HOST"] = launch.host
        return variables.merging(portVariables(for: launch)) { $1 }
    }

    private var labelVariables: [String: String] {
        var variables: [String: String] = [:]
        var names: [String] = []
        for label in labelNames {
            guard let value = labels[label], label.utf16.count < 493, value.utf16.count < 512
            else { continue }
            let name = variableName(label)
            names.append(name)
            variables["MARATHON_APP_LABEL_\(name)"] = value
        }
        variables["MARATHON_APP_LABELS"] = names.joined(separator: " ")
        return variables
    }

    /// The ports of an app (`EnvironmentHelper.portsEnv`).
    private func portVariables(for launch: LaunchContext) -> [String: String] {
        guard !ports.isEmpty else { return [:] }
        var variables: [String: String] = [:]
        var allocated: [Int] = []
        var random: [Int] = []
        for (index, port) in ports.enumerated() {
            let effective: Int
            if port.hostPort != nil {
                guard allocated.count < launch.hostPorts.count else { continue }
                effective = launch.hostPorts[allocated.count]
                allocated.append(effective)
            } else if port.declared != 0 {
                effective = port.declared
            } else {
                guard random.count < launch.randomPorts.count else { continue }
                effective = launch.randomPorts[random.count]
                random.append(effective)
            }
            let text = String(effective)
            variables["\(launch.prefix)PORT\(index)"] = text
            let number = port.declared != 0 ? port.declared : effective
            variables["\(launch.prefix)PORT_\(number)"] = text
            if let name = port.name {
                variables["\(launch.prefix)PORT_\(name.uppercased())"] = text
            }
        }
        let all = allocated + random
        if let first = all.first { variables["\(launch.prefix)PORT"] = String(first) }
        variables["\(launch.prefix)PORTS"] = all.map(String.init).joined(separator: ",")
        return variables
    }

    /// The endpoints of a pod: those of every container go to every container.
    private func endpointVariables(for launch: LaunchContext) -> [String: String] {
        var variables: [String: String] = [:]
        var hostPorts = launch.hostPorts[...]
        let prefix = launch.prefix.uppercased()
        for endpoint in endpoints {
            let name = variableName(endpoint.name ?? "")
            let hostPort = endpoint.hostPort == nil ? nil : hostPorts.popFirst()
            let containerPort = endpoint.declared == 0 ? nil : endpoint.declared
            variables["\(prefix)EP_HOST_\(name)"] = hostPort.map(String.init)
            variables["\(prefix)EP_CONTAINER_\(name)"] = containerPort.map(String.init)
            let port = networkMode == .host ? hostPort : containerPort
            variables["\(prefix)ENDPOINT_\(name)"] = port.map(String.init)
        }
        return variables
    }
}

/// A label's or endpoint's name as part of a variable's: every run of characters that are no ASCII
/// letters, digits or underscores is one underscore, then all is upper case.
func variableName(_ text: String) -> String {
    var name = ""
    var isInRun = false
    for scalar in text.unicodeScalars {
        let isWord =
            (scalar.value | 0x20) &- 0x61 < 26 || scalar.value &- 0x30 < 10 || scalar == "_"
        if isWord {
            name.unicodeScalars.append(scalar)
        } else if !isInRun {
            name += "_"
        }
        isInRun = !isWord
    }
    return name.uppercased()
}

/// A double as Java writes it: `1.0`, `0.25`, `1.0E7`, `1.0E-4`.
func javaText(_ value: Double) -> String {
    let text = value.description
    let size = value.magnitude
    if size == 0 || size >= 1e-3 && size < 1e7 { return text }
    // The digits are Swift's, the shortest that read back; only the point is moved.
    let parts = text.lowercased().split(separator: "e")
    var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let sign = value < 0 ? "-" : ""
    let number = parts[0].drop { $0 == "-" }.split(separator: ".")
    let whole = number[0].drop { $0 == "0" }
    let fraction = number.count > 1 ? number[1] : ""
    exponent += whole.count - 1
    var digits = whole + fraction
    if whole.isEmpty {
        let significant = fraction.drop { $0 == "0" }
        exponent -= fraction.count - significant.count
        digits = significant
    }
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    let rest = digits.dropFirst()
    return "\(sign)\(digits.prefix(1)).\(rest.isEmpty ? "0" : rest)E\(exponent)"
}
