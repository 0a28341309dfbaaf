import LocatedJSON

/// What only the whole tree shows: places, clashes and cycles (`RootGroup.validRootGroup`).
struct GroupRules {
    private struct Node {
        let path: String
        let value: JSONValue?
        var dependencies: [String]
    }

    private var nodes: [String: Node] = [:]
    private var order: [String] = []
    private var misplaced: [(path: String, value: JSONValue?, id: String, group: String)] = []
    private var clashes: [(path: String, value: JSONValue?, id: String)] = []

    /// `scaleBy` and `version` stand alone (`Group.validNestedGroupUpdateWithBase`); the id only
    /// says which group is meant.
    static func checkAlone(_ group: ObjectView, _ list: inout ViolationList) {
        let others = ["apps", "groups", "dependencies", "enforceRole", "scaleBy", "version"]
        for name in ["scaleBy", "version"] where group[name] != nil {
            guard let other = others.first(where: { $0 != name && group[$0] != nil }) else {
                continue
            }
            list.add(
                "G-NOT-ALONE", "\(group.path)/\(name)",
                "\"\(name)\" stands beside \"\(other)\"",
                "send \"\(name)\" by itself", at: group.name(of: name))
        }
    }

    /// A group; its dependencies resolve against its own id.
    mutating func group(_ group: ObjectView, id: String) {
        insert(
            id, path: group.path + "/id", value: group["id"] ?? group.json,
            dependencies: group.strings("dependencies").map { PathID.absolute($0, below: id) })
    }

    /// An app, below a group or by itself.
    mutating func app(
        _ task: TaskDefinition, idPath: String, value: JSONValue?, group: String?
    ) {
        if let group, PathID.parent(of: task.id) != group {
            misplaced.append((idPath, value, task.id, group))
        }
        insert(task.id, path: idPath, value: value, dependencies: task.dependencies)
    }

    private mutating func insert(
        _ id: String, path: String, value: JSONValue?, dependencies: [String]
    ) {
        if nodes[id] != nil { return clashes.append((path, value, id)) }
        nodes[id] = Node(path: path, value: value, dependencies: dependencies)
        order.append(id)
    }

    func check(_ list: inout ViolationList) {
        for app in misplaced {
            list.add(
                "G-NOT-CHILD", app.path,
                "\(shown(app.id)) does not stand directly below its group \(shown(app.group))",
                "move it to the group \(shown(PathID.parent(of: app.id)))", at: app.value)
        }
        for clash in clashes {
            list.add(
                "G-ID-CLASH", clash.path, "\(shown(clash.id)) is defined twice",
                "name one of them otherwise", at: clash.value)
        }
        guard misplaced.isEmpty, clashes.isEmpty, let cycle = cycle() else { return }
        let node = cycle.first.flatMap { nodes[$0] }
        list.add(
            "G-CYCLE", "/dependencies",
            "these depend on each other in a circle: "
                + shown(cycle.prefix(5).joined(separator: " → ")),
            "take one of the dependencies out", at: node?.value)
    }

    /// The members of one circle of dependencies, by depth-first search without recursion.
    private func cycle() -> [String]? {
        var done: Set<String> = []
        for start in order where !done.contains(start) {
            var path: [(id: String, next: Int)] = [(start, 0)]
            var onPath: Set<String> = [start]
            while let top = path.last {
                let dependencies = nodes[top.id]?.dependencies ?? []
                guard top.next < dependencies.count else {
                    done.insert(top.id)
                    onPath.remove(top.id)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let next = dependencies[top.next]
                if onPath.contains(next), let first = path.firstIndex(where: { $0.id == next }) {
                    return path[first...].map(\.id) + [next]
                }
                guard nodes[next] != nil, !done.contains(next) else { continue }
                path.append((next, 0))
                onPath.insert(next)
            }
        }
        return nil
    }
}
