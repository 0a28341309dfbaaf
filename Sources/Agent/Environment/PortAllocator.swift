import Marathon

/// The ports of one launch, in the order in which they were asked for.
struct LaunchPorts {
    let host: [Int]
    let random: [Int]
}

/// The ports that an agent gives to tasks, as Marathon would pick them from its offer.
///
/// A fixed port is given as it was asked for. Where any will do it is the lowest of the offered
/// range that is free, where Marathon picks at random: a run can be repeated. The range is that
/// of Mesos' default resources (`Containerizer::resources`, `DEFAULT_PORTS`).
struct PortAllocator {
    /// What an agent offers without `--resources`.
    static let offered = 31_000...32_000

    private var taken: Set<Int> = []
    private var nextOffered = offered.lowerBound
    private var nextRandom = 1_025

    /// Ports for one task, or for all containers of a pod.
    ///
    /// - Parameter task: The task; an app's ports, a pod's endpoints.
    /// - Returns: The agent's ports in the order of the requests, and those that Marathon makes up
    ///   for a network on which the agent allocates none; `nil` where the offer is exhausted.
    mutating func ports(for task: TaskDefinition) -> LaunchPorts? {
        let requests = task.ports + task.endpoints
        let fixed = requests.compactMap(\.hostPort).filter { $0 != 0 }
        taken.formUnion(fixed)
        var host: [Int] = []
        var random: [Int] = []
        for request in requests {
            if let wanted = request.hostPort {
                guard let port = wanted == 0 ? anyPort() : wanted else { return nil }
                host.append(port)
            } else if request.declared == 0, task.container == nil {
                random.append(nextRandom)
                nextRandom = nextRandom == 65_535 ? 1_025 : nextRandom + 1
            }
        }
        return LaunchPorts(host: host, random: random)
    }

    private mutating func anyPort() -> Int? {
        while nextOffered <= Self.offered.upperBound {
            let port = nextOffered
            nextOffered += 1
            if taken.insert(port).inserted { return port }
        }
        return nil
    }
}
