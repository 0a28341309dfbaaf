import Foundation
import Testing

/// The environment that a run shows: ports of the agent, precedence, and what stays out of it.
@Suite struct `The environment in simagent run` {
    private func tasks(_ text: String) throws -> [[String: Any]] {
        let result = try BuiltProgram.run(
            ["run", "-", "--format", "json"], input: Data(text.utf8))
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        let report = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return try #require((report as? [String: Any])?["tasks"] as? [[String: Any]])
    }

    private func environments(_ text: String) throws -> [[String: String]] {
        try tasks(text).map { try #require($0["environment"] as? [String: String]) }
    }

    @Test func `has the ports of one agent, each given once`() throws {
        let group = """
            {"id": "/g", "apps": [
              {"id": "a", "cmd": "run", "ports": [0, 0]},
              {"id": "b", "cmd": "run", "requirePorts": true,
               "portDefinitions": [{"port": 31002, "name": "fixed"}, {"port": 0}]},
              {"id": "c", "container": {"type": "MESOS", "docker": {"image": "i"},
               "portMappings": [{"containerPort": 8080, "hostPort": 0, "name": "http"},
                 {"containerPort": 9090}, {"containerPort": 0, "name": "any"}]},
               "networks": [{"name": "n"}]},
              {"id": "d", "cmd": "run"}]}
            """
        let all = try environments(group)
        #expect(all.map { $0["PORTS"] } == ["31000,31001", "31002,31003", "31004,1025", "31005"])
        #expect(all[1]["PORT_31002"] == "31002" && all[1]["PORT_FIXED"] == "31002")
        #expect(all[2]["PORT_8080"] == "31004" && all[2]["PORT_HTTP"] == "31004")
        #expect(all[2]["PORT1"] == "9090" && all[2]["PORT_ANY"] == "1025")
        #expect(all[3]["PORT_DEFAULT"] == "31005" && all[3]["PORT0"] == "31005")
        #expect(try environments(group).map { $0["PORTS"] } == all.map { $0["PORTS"] })
    }

    @Test func `gives all endpoints of a pod to each of its containers`() throws {
        let pod = """
            {"id": "/p", "networks": [{"mode": "host"}], "containers": [
              {"name": "one", "resources": {}, "endpoints": [{"name": "web", "hostPort": 0}]},
              {"name": "two", "resources": {}, "endpoints": [{"name": "admin", "hostPort": 8443}]}]}
            """
        for environment in try environments(pod) {
            #expect(environment["ENDPOINT_WEB"] == "31000")
            #expect(environment["EP_HOST_ADMIN"] == "8443")
            #expect(environment["PORT0"] == nil)
        }
    }

    @Test func `says who sets what, and what Mesos is told`() throws {
        let app = """
            {"id": "/a/b", "args": ["x", "y z"], "user": "nobody",
             "env": {"MESOS_TASK_ID": "mine", "MESOS_SANDBOX": "mine", "DB_PASSWORD": "hunter2",
                     "LOGIN": {"secret": "k"}},
             "secrets": {"k": {"source": "k"}},
             "container": {"docker": {"image": "img", "parameters": [{"key": "k", "value": "v"},
               {"key": "env", "value": "API_TOKEN=hunter2"}]},
               "portMappings": [{"containerPort": 80, "hostPort": 0, "protocol": "udp,tcp"}],
               "volumes": [{"containerPath": "/d", "hostPath": "/h", "mode": "RO"}]},
             "networks": [{"mode": "container/bridge"}]}
            """
        let task = try #require(try tasks(app).first)
        let environment = try #require(task["environment"] as? [String: String])
        #expect(environment["MESOS_TASK_ID"] == "mine")
        #expect(environment["MESOS_SANDBOX"] == "/mnt/mesos/sandbox")
        #expect(environment["LOGIN"] == nil)
        let origins = try #require(task["environmentOrigins"] as? [String: String])
        #expect(Set(origins.keys) == Set(environment.keys))
        #expect(origins["MESOS_TASK_ID"] == "definition" && origins["PORT0"] == "marathon")
        #expect(origins["MESOS_SANDBOX"] == "agent")
        let info = try #require(task["taskInfo"] as? [String: Any])
        #expect(info["name"] as? String == "b.a" && info["user"] as? String == "nobody")
        let container = try #require(info["container"] as? [String: Any])
        let mappings = try #require(container["portMappings"] as? [[String: Any]])
        #expect(mappings.map { $0["protocol"] as? String } == ["udp", "tcp"])
        let text = try BuiltProgram.run(["run", "-", "-v"], input: Data(app.utf8)).output
        for line in [
            "MESOS_TASK_ID=mine  the definition, over Marathon",
            "MESOS_SANDBOX=/mnt/mesos/sandbox  the agent, over the definition",
            "DB_PASSWORD=***  the definition", "PORT_80=31000  Marathon",
            "LOGIN  a secret: only a plugin sets it",
            "of equal names those of the agent win over those of the definition win over those of"
                + " Marathon",
            "command none, arguments to the image's own: \"x\" \"y z\"", "port 31000 → 80/udp",
            "volume /d (the agent's /h, RO)", "--k=v", "--env=API_TOKEN=***", "user nobody",
        ] {
            #expect(text.contains(line), "\(line)")
        }
        #expect(!text.contains("hunter2"))
    }

    @Test func `has no more ports than an agent offers`() throws {
        let ports = [String](repeating: "0", count: 1_002).joined(separator: ",")
        let result = try BuiltProgram.run(
            ["run", "-"],
            input: Data("{\"id\": \"/a\", \"cmd\": \"run\", \"ports\": [\(ports)]}".utf8))
        #expect(result.status == 1)
        #expect(result.output.contains("it needs more ports than an agent offers (31000 to 32000)"))
    }
}
