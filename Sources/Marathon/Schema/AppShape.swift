extension ObjectShape {
    /// `app.raml`, App.
    static let app = ObjectShape([
        Field("id", .pattern(.pathID)).required,
        Field("cmd", .string(min: 1)),
        Field("args", .array(.string())),
        Field("user", .string()),
        Field("env", .map(.stringOr(.variableSecret))),
        Field("secrets", .secrets),
        Field("fetch", .array(.object(.artifact))),
        Field("uris", .array(.string())),
        Field("container", .object(.container)),
        Field("cpus", .number()),
        Field("mem", .number()),
        Field("disk", .number()),
        Field("gpus", .integer()),
        Field("instances", .integer()),
        Field("executor", .pattern(.executor)),
        Field("executorResources", .object(.executorResources)),
        Field("networks", .array(.object(.network))),
        Field("portDefinitions", .array(.object(.portDefinition))),
        Field("ports", .array(.integer(Int(Int32.min)...Int(Int32.max)))),
        Field("requirePorts", .bool),
        Field("ipAddress", .object(.ipAddress)),
        Field("labels", .labels),
        Field("dependencies", .array(.string())),
        Field("constraints", .array(.array(.string()))),
        Field("healthChecks", .array(.object(.appHealthCheck))),
        Field("check", .object(.appCheck)),
        Field("readinessChecks", .array(.object(.readinessCheck))),
        Field("upgradeStrategy", .object(.upgradeStrategy)),
        Field("unreachableStrategy", .wordOr(["disabled"], .unreachable)),
        Field("killSelection", .killSelection),
        Field("backoffSeconds", .number()),
        Field("backoffFactor", .number()),
        Field("maxLaunchDelaySeconds", .number()),
        Field("taskKillGracePeriodSeconds", .number()),
        Field("residency", .object(.residency)),
        Field("resourceLimits", .object(.resourceLimits)),
        Field("acceptedResourceRoles", .array(.string())),
        Field("role", .string(min: 1)),
        Field("tty", .bool),
        Field("version", .string()),
        Field("versionInfo", .any),
    ])

    /// What an answer to GET holds beside the app itself.
    static let answerNames: Set<String> = [
        "tasks", "tasksStaged", "tasksRunning", "tasksHealthy", "tasksUnhealthy", "deployments",
        "readinessCheckResults", "lastTaskFailure", "taskStats", "counts",
    ]

    static let portDefinition = ObjectShape([
        Field("port", .port),
        Field("name", .string(min: 1)),
        Field("protocol", .word(["tcp", "udp", "udp,tcp"])),
        Field("labels", .labels),
    ])

    static let ipAddress = ObjectShape([
        Field("discovery", .any),
        Field("groups", .array(.string())),
        Field("labels", .labels),
        Field("networkName", .string(min: 1)),
    ])

    static let appHealthCheck = ObjectShape([
        Field("command", .any),
        Field("delaySeconds", .integer()),
        Field("gracePeriodSeconds", .integer()),
        Field("ignoreHttp1xx", .bool),
        Field("intervalSeconds", .integer()),
        Field("ipProtocol", .word(["IPv4", "IPv6"])),
        Field("maxConsecutiveFailures", .integer()),
        Field("path", .string()),
        Field("port", .port),
        Field("portIndex", .integer()),
        Field(
            "protocol",
            .word(
                ["HTTP", "HTTPS", "TCP", "COMMAND", "MESOS_TCP", "MESOS_HTTP", "MESOS_HTTPS"])),
        Field("timeoutSeconds", .integer()),
    ])

    static let appCheck = ObjectShape([
        Field("exec", .any), Field("http", .any), Field("tcp", .any),
        Field("intervalSeconds", .integer()),
        Field("timeoutSeconds", .integer()),
        Field("delaySeconds", .integer()),
    ])

    static let readinessCheck = ObjectShape([
        Field("name", .string()),
        Field("protocol", .word(["HTTP", "HTTPS"])),
        Field("path", .string()),
        Field("portName", .string()),
        Field("intervalSeconds", .integer()),
        Field("timeoutSeconds", .integer()),
        Field("httpStatusCodesForReady", .array(.integer())),
        Field("preserveLastResponse", .bool),
    ])

    static let upgradeStrategy = ObjectShape([
        Field("minimumHealthCapacity", .number(0...1)),
        Field("maximumOverCapacity", .number(0...1)),
    ])

    static let residency = ObjectShape([
        Field("relaunchEscalationTimeoutSeconds", .integer()), Field("taskLostBehavior", .string()),
    ])
}
