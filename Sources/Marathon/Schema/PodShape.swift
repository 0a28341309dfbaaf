extension ObjectShape {
    /// `pod.raml`.
    static let pod = ObjectShape([
        Field("id", .pattern(.pathID)).required,
        Field("user", .string()),
        Field("environment", .podEnvironment),
        Field("secrets", .secrets),
        Field("labels", .labels),
        Field("volumes", .array(.union(podVolumes))),
        Field("networks", .array(.object(.network))),
        Field("scaling", .object(.scaling)),
        Field("scheduling", .object(.scheduling)),
        Field("executorResources", .object(.executorResources)),
        Field("role", .string(min: 1)),
        Field("linuxInfo", .object(.linuxInfo)),
        Field("legacySharedCgroups", .bool),
        Field("version", .string()),
        Field("containers", .array(.object(.podContainer), min: 1)).required,
    ])

    /// `podContainer.raml`.
    static let podContainer = ObjectShape([
        Field("name", .pattern(.containerName)).required,
        Field("resources", .object(.podResources)).required,
        Field("image", .object(.podImage)),
        Field("exec", .object(.exec)),
        Field("environment", .podEnvironment),
        Field("user", .string()),
        Field("artifacts", .array(.object(.artifact))),
        Field("volumeMounts", .array(.object(.volumeMount))),
        Field("endpoints", .array(.object(.endpoint))),
        Field("healthCheck", .object(.podHealthCheck)),
        Field("check", .any),
        Field("labels", .labels),
        Field("lifecycle", .object(ObjectShape([Field("killGracePeriodSeconds", .number())]))),
        Field("tty", .bool),
        Field("resourceLimits", .object(.resourceLimits)),
        Field("linuxInfo", .object(.linuxInfo)),
    ])

    static let podImage = ObjectShape([
        Field("kind", .word(["DOCKER"])).required,
        Field("id", .string(min: 1, max: 1_024)).required,
        Field("pullConfig", .object(.pullConfig)),
        Field("forcePull", .bool),
        Field("labels", .labels),
    ])

    static let podResources = ObjectShape([
        Field("cpus", .number()), Field("mem", .number()), Field("disk", .number()),
        Field("gpus", .integer()),
    ])

    /// `mesosCommand.raml`: `shell` wins where both are given.
    static let exec = ObjectShape([
        Field(
            "command",
            .union([
                ObjectShape([Field("shell", .string(min: 1)).required]),
                ObjectShape([Field("argv", .array(.string(), min: 1)).required]),
            ])
        ).required,
        Field("overrideEntrypoint", .bool),
    ])

    static let volumeMount = ObjectShape([
        Field("name", .string(min: 1)).required,
        Field("mountPath", .string(min: 1, max: 1_024)).required,
        Field("readOnly", .bool),
    ])

    static let endpoint = ObjectShape([
        Field("name", .pattern(.containerName)).required,
        Field("containerPort", .integer(1...65_535)),
        Field("hostPort", .port),
        Field("protocol", .array(.string())),
        Field("labels", .labels),
        Field("networkNames", .array(.string())),
    ])

    static let podHealthCheck = ObjectShape([
        Field(
            "http",
            .object(
                ObjectShape([
                    Field("endpoint", .string()).required, Field("path", .string()),
                    Field("scheme", .word(["HTTP", "HTTPS"])),
                ]))),
        Field("tcp", .object(ObjectShape([Field("endpoint", .string()).required]))),
        Field("exec", .object(.exec)),
        Field("gracePeriodSeconds", .integer()),
        Field("intervalSeconds", .integer()),
        Field("maxConsecutiveFailures", .integer()),
        Field("timeoutSeconds", .integer()),
        Field("delaySeconds", .integer()),
        Field("ipProtocol", .word(["IPv4", "IPv6"])),
    ])

    /// The kinds of a pod's volume in the order in which Marathon tries them.
    static let podVolumes = [
        podPersistentVolume, podSecretVolume, podHostVolume, podEphemeralVolume,
    ]

    static let podPersistentVolume = ObjectShape([
        Field("name", .string(min: 1)).required,
        Field("persistent", .object(.persistentInfo)).required,
    ])

    static let podSecretVolume = ObjectShape([
        Field("name", .string(min: 1)).required, Field("secret", .string(min: 1)).required,
    ])

    static let podHostVolume = ObjectShape([
        Field("name", .string(min: 1)).required, Field("host", .string(min: 1)).required,
    ])

    static let podEphemeralVolume = ObjectShape([Field("name", .string(min: 1)).required])

    static let scaling = ObjectShape([
        Field("kind", .literal("fixed")).required,
        Field("instances", .integer()),
        Field("maxInstances", .integer()),
    ])

    static let scheduling = ObjectShape([
        Field("backoff", .any), Field("upgrade", .any), Field("placement", .any),
        Field("killSelection", .killSelection),
        Field("unreachableStrategy", .wordOr(["disabled"], .unreachable)),
    ])
}

extension Shape {
    static let podEnvironment = Shape.map(.stringOr(.variableSecret), names: .variableName)
}
