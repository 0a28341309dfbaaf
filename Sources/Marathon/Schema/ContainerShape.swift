extension ObjectShape {
    /// `appContainer.raml`.
    static let container = ObjectShape([
        Field("type", .word(["MESOS", "DOCKER"])),
        Field("docker", .object(.docker)),
        Field("portMappings", .array(.object(.portMapping))),
        Field("volumes", .array(.union(appVolumes))),
        Field("linuxInfo", .object(.linuxInfo)),
    ])

    /// `docker.raml`.
    static let docker = ObjectShape([
        Field("image", .string(min: 1)).required,
        Field("pullConfig", .object(.pullConfig)),
        Field("forcePullImage", .bool),
        Field("credential", .object(.credential)),
        Field("network", .word(["BRIDGE", "HOST", "NONE", "USER"])),
        Field("parameters", .array(.object(.dockerParameter))),
        Field("portMappings", .array(.object(.portMapping))),
        Field("privileged", .bool),
    ])

    static let credential = ObjectShape([
        Field("principal", .string()).required, Field("secret", .string()),
    ])

    static let dockerParameter = ObjectShape([
        Field("key", .string(min: 1)).required, Field("value", .string()).required,
    ])

    static let portMapping = ObjectShape([
        Field("containerPort", .port),
        Field("hostPort", .port),
        Field("servicePort", .port),
        Field("protocol", .word(["tcp", "udp", "udp,tcp"])),
        Field("name", .string(min: 1)),
        Field("labels", .labels),
        Field("networkNames", .array(.string())),
    ])

    /// The kinds of an app's volume in the order in which Marathon tries them.
    static let appVolumes = [persistentVolume, externalVolume, secretVolume, hostVolume]

    static let persistentVolume = ObjectShape([
        Field("containerPath", .string(min: 1)).required,
        Field("persistent", .object(.persistentInfo)).required,
        Field("mode", .accessMode).required,
    ])

    static let persistentInfo = ObjectShape([
        Field("type", .word(["root", "path", "mount"])),
        Field("size", .number()),
        Field("maxSize", .number()),
        Field("profileName", .string()),
        Field("constraints", .array(.array(.string()))),
    ])

    static let externalVolume = ObjectShape([
        Field("containerPath", .string(min: 1)).required,
        Field("external", .object(.externalInfo)).required,
        Field("mode", .accessMode).required,
    ])

    static let externalInfo = ObjectShape([
        Field("name", .string()), Field("provider", .string()), Field("options", .any),
        Field("size", .number()), Field("shared", .bool),
    ])

    static let secretVolume = ObjectShape([
        Field("containerPath", .string(min: 1)).required, Field("secret", .string(min: 1)).required,
    ])

    static let hostVolume = ObjectShape([
        Field("containerPath", .string(min: 1)).required,
        Field("hostPath", .string(min: 1)).required,
        Field("mode", .accessMode).required,
    ])
}
