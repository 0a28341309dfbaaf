import Foundation
import Marathon
import Testing

@Suite struct `The environment of a task` {
    private func tasks(_ text: String) -> [TaskDefinition] {
        MarathonDefinition(parsing: Array(text.utf8), file: "app.json").tasks
    }

    private func launch(
        _ hostPorts: [Int] = [], random: [Int] = [], prefix: String = ""
    ) -> LaunchContext {
        LaunchContext(
            taskID: "task", executorID: "executor", host: "agent.test",
            version: "1970-01-01T00:00:00.000Z", hostPorts: hostPorts, randomPorts: random,
            prefix: prefix)
    }

    @Test func `of an app holds its id, image, resources and labels`() throws {
        let task = try #require(
            tasks(
                """
                {"id": "/a/b", "cpus": 10, "mem": 256, "disk": 0.25, "cmd": "run",
                 "container": {"docker": {"image": "img"}},
                 "labels": {"tier/level": "gold", "b": "B"}}
                """
            ).first)
        let expected = [
            "MESOS_TASK_ID": "task", "MARATHON_APP_ID": "/a/b",
            "MARATHON_APP_VERSION": "1970-01-01T00:00:00.000Z", "MARATHON_APP_DOCKER_IMAGE": "img",
            "MARATHON_APP_RESOURCE_CPUS": "10.0", "MARATHON_APP_RESOURCE_MEM": "256.0",
            "MARATHON_APP_RESOURCE_DISK": "0.25", "MARATHON_APP_RESOURCE_GPUS": "0",
            "MARATHON_APP_ENFORCE_GROUP_ROLE": "FALSE", "MARATHON_APP_LABELS": "TIER_LEVEL B",
            "MARATHON_APP_LABEL_TIER_LEVEL": "gold", "MARATHON_APP_LABEL_B": "B",
            "HOST": "agent.test", "PORT0": "31000", "PORT_31000": "31000",
            "PORT_DEFAULT": "31000", "PORT": "31000", "PORTS": "31000",
        ]
        #expect(task.environment(for: launch([31_000])) == expected)
        #expect(task.name == "b.a")
    }

    @Test func `of an app names its ports by number and name`() throws {
        let task = try #require(
            tasks(
                """
                {"id": "/a", "cmd": "run",
                 "portDefinitions": [{"port": 8080, "name": "http"}, {"port": 8081}]}
                """
            ).first)
        let environment = task.environment(for: launch([1_000, 1_001]))
        #expect(environment["PORT_8080"] == "1000")
        #expect(environment["PORT_8081"] == "1001")
        #expect(environment["PORT_HTTP"] == "1000")
        #expect(environment["PORTS"] == "1000,1001")
    }

    @Test func `of an app has no variable for port 0`() throws {
        let task = try #require(tasks(#"{"id": "/a", "cmd": "run", "ports": [0, 0]}"#).first)
        let environment = task.environment(for: launch([1_001, 1_002]))
        #expect(environment["PORT_0"] == nil)
        #expect(environment["PORT0"] == "1001")
        #expect(environment["PORT1"] == "1002")
        #expect(environment["PORT"] == "1001")
    }

    @Test func `of an app on a network of its own has container ports`() throws {
        let task = try #require(
            tasks(
                """
                {"id": "/a", "networks": [{"name": "n"}],
                 "container": {"type": "MESOS", "docker": {"image": "i"}, "portMappings": [
                   {"containerPort": 8080, "name": "http"}, {"name": "jabber"}]}}
                """
            ).first)
        let environment = task.environment(for: launch(random: [2_000]))
        #expect(environment["PORT_8080"] == "8080")
        #expect(environment["PORT_HTTP"] == "8080")
        #expect(environment["PORT1"] == "2000")
        #expect(environment["PORT_2000"] == "2000")
        #expect(environment["PORT_JABBER"] == "2000")
        #expect(environment["PORTS"] == "2000")
    }

    @Test func `of an app lets its author win`() throws {
        let task = try #require(
            tasks(#"{"id": "/a", "cmd": "run", "env": {"MESOS_TASK_ID": "mine"}}"#).first)
        #expect(task.environment(for: launch())["MESOS_TASK_ID"] == "mine")
    }

    @Test func `of an app puts the prefix before ports and host alone`() throws {
        let task = try #require(tasks(#"{"id": "/a", "cmd": "run"}"#).first)
        let environment = task.environment(for: launch([1_000], prefix: "C_"))
        #expect(environment["C_HOST"] == "agent.test")
        #expect(environment["C_PORT0"] == "1000")
        #expect(environment["HOST"] == nil)
        #expect(environment["MESOS_TASK_ID"] == "task")
    }

    @Test func `of a pod lets Marathon win`() throws {
        let both = tasks(
            """
            {"id": "/p", "environment": {"HOST": "mine", "A": "pod", "B": "pod"},
             "labels": {"a": "A"}, "networks": [{"name": "n"}],
             "containers": [
               {"name": "one", "resources": {}, "environment": {"B": "container"}},
               {"name": "two", "resources": {"cpus": 0.0001, "mem": 1e7}, "labels": {"b": "B"},
                "endpoints": [{"name": "e-1", "containerPort": 80, "hostPort": 0}]}]}
            """)
        try #require(both.count == 2)
        let first = both[0].environment(for: launch([5_000]))
        #expect(first["HOST"] == "agent.test")
        #expect(first["A"] == "pod")
        #expect(first["B"] == "container")
        #expect(first["MARATHON_APP_LABELS"] == "A")
        #expect(first["MARATHON_CONTAINER_ID"] == "one")
        #expect(first["MESOS_EXECUTOR_ID"] == "executor")
        #expect(first["EP_HOST_E_1"] == "5000")
        #expect(first["EP_CONTAINER_E_1"] == "80")
        #expect(first["ENDPOINT_E_1"] == "80")
        #expect(first["PORT0"] == nil)
        let second = both[1].environment(for: launch([5_000]))
        #expect(second["MARATHON_APP_LABELS"] == "A B")
        #expect(second["MARATHON_CONTAINER_RESOURCE_CPUS"] == "1.0E-4")
        #expect(second["MARATHON_CONTAINER_RESOURCE_MEM"] == "1.0E7")
    }

    @Test func `goes with the command that Mesos is told`() throws {
        func command(_ rest: String) throws -> TaskCommand {
            try #require(tasks(#"{"id": "/a", \#(rest)}"#).first).command
        }
        let shell = try command(#""cmd": "run it""#)
        #expect(shell.usesShell && shell.value == "run it" && shell.arguments.isEmpty)
        let bare = try command(#""args": ["a", "b"]"#)
        #expect(!bare.usesShell && bare.value == "a" && bare.arguments == ["a", "b"])
        let contained = try command(#""args": ["a"], "container": {"docker": {"image": "i"}}"#)
        #expect(!contained.usesShell && contained.value == nil && contained.arguments == ["a"])
        let image = try command(#""container": {"docker": {"image": "i"}}"#)
        #expect(!image.usesShell && image.value == nil && image.arguments.isEmpty)
    }
}
