public import Marathon
public import Vocabulary
import Fetcher
import Synchronization

/// A Mesos agent that takes tasks up to the point where their containers would start.
///
/// ```swift
/// let agent = SimulatedAgent(workDirectory: "/tmp/work", configuration: AgentConfiguration())
/// let reports = agent.launch(definition.tasks)
/// print(reports.map(\.outcome.state))
/// ```
public struct SimulatedAgent: Sendable {
    /// The folder below which sandboxes are made; absolute, and there already.
    public let workDirectory: String
    /// What the agent was started with.
    public let configuration: AgentConfiguration
    /// The time that `MARATHON_APP_VERSION` says: `yyyy-MM-ddTHH:mm:ss.SSSZ`.
    public let version: String
    let cancellation: Cancellation
    let randomID: @Sendable () -> String
    let willMake: @Sendable (SandboxLayout) -> Void

    /// The id of the framework whose sandboxes are made.
    public static let frameworkID = "marathon"
    /// The id of the agent.
    public static let agentID = "S0"

    /// An agent over a work directory.
    ///
    /// - Parameters:
    ///   - workDirectory: An absolute path.
    ///   - configuration: What it was started with.
    ///   - version: When the definition was accepted.
    ///   - cancellation: Polled by all that takes long.
    ///   - randomID: Makes the ids of instances and containers; random UUIDs by default.
    ///   - willMake: Told of every sandbox before it is made, so that it can be removed.
    public init(
        workDirectory: String, configuration: AgentConfiguration,
        version: String = "1970-01-01T00:00:00.000Z",
        cancellation: Cancellation = Cancellation(),
        randomID: @escaping @Sendable () -> String = { randomUUID() },
        willMake: @escaping @Sendable (SandboxLayout) -> Void = { _ in }
    ) {
        self.workDirectory = workDirectory
        self.configuration = configuration
        self.version = version
        self.cancellation = cancellation
        self.randomID = randomID
        self.willMake = willMake
    }

    /// Launches one instance of each task; the containers of a pod share an executor.
    ///
    /// - Parameter tasks: The tasks of a definition.
    /// - Returns: A report for each, in order.
    public func launch(_ tasks: [TaskDefinition]) -> [TaskReport] {
        var runs: [TaskRun] = []
        var pod: (id: String, instance: String, executor: String, ports: LaunchPorts?)?
        var allocator = PortAllocator()
        for task in tasks {
            let isSamePod = task.container != nil && pod?.id == task.id
            let instance = isSamePod ? pod?.instance ?? randomID() : randomID()
            let container = isSamePod ? pod?.executor ?? randomID() : randomID()
            let ports = isSamePod ? pod?.ports : allocator.ports(for: task)
            if task.container != nil { pod = (task.id, instance, container, ports) }
            let ids = task.ids(instance: instance)
            let layout = SandboxLayout(
                agentID: Self.agentID, frameworkID: Self.frameworkID, executorID: ids.executor,
                containerID: container, nestedContainerID: task.container == nil ? nil : randomID())
            willMake(layout)
            runs.append(TaskRun(of: task, on: self, ids: ids, ports: ports, layout: layout))
        }
        return take(runs)
    }

    /// Takes all tasks, several at once where several artifacts may be fetched at once.
    private func take(_ runs: [TaskRun]) -> [TaskReport] {
        let reports = Mutex<[TaskReport?]>(Array(repeating: nil, count: runs.count))
        let width = max(1, min(configuration.fetch.parallel, runs.count))
        let share = configuration.fetch.parallel / width
        concurrently(runs.count, width: width) { index in
            guard !cancellation.isCancelled else { return }
            var run = runs[index]
            run.artifactsAtOnce = share
            let report = run.run()
            reports.withLock { $0[index] = report }
        }
        return reports.withLock { $0.compactMap(\.self) }
    }
}

/// A random UUID of version 4, in lower case.
@usableFromInline func randomUUID() -> String {
    var bytes = (0..<16).map { _ in UInt8.random(in: 0...255) }
    bytes[6] = bytes[6] & 0x0f | 0x40
    bytes[8] = bytes[8] & 0x3f | 0x80
    let digits = Array("0123456789abcdef")
    let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(text[$0]) }
        .joined(separator: "-")
}
