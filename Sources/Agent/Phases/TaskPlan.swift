import Marathon

/// The order in which a containerizer takes its phases: the one place where they differ.
///
/// Docker fetches and then pulls, so what was fetched can hold the login; Mesos pulls first, so
/// it cannot (`docker.cpp` `_launch`, `mesos/containerizer.cpp` `launch`).
struct TaskPlan {
    let phases: [Phase.Name]

    init(for task: TaskDefinition) {
        guard task.image != nil else {
            phases = [.sandbox, .fetch, .extract, .environment]
            return
        }
        phases =
            task.containerizer == .docker
            ? [.sandbox, .fetch, .extract, .environment, .credential]
            : [.sandbox, .credential, .fetch, .extract, .environment]
    }
}
