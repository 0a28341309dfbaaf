extension ObjectShape {
    /// `artifact.raml`.
    static let artifact = ObjectShape([
        Field("uri", .string(min: 1, max: 1_024)).required,
        Field("extract", .bool),
        Field("executable", .bool),
        Field("cache", .bool),
        Field("destPath", .string(min: 1, max: 1_024)),
    ])

    /// `secrets.raml`: an entry of the map of secrets.
    static let secretDefinition = ObjectShape([Field("source", .string(min: 1)).required])

    /// `secrets.raml`: the value of a variable that is a secret.
    static let variableSecret = ObjectShape([Field("secret", .string()).required])

    /// The login of an image; its secret is a key of the map of secrets.
    static let pullConfig = ObjectShape([Field("secret", .string(min: 1)).required])

    /// `network.raml`.
    static let network = ObjectShape([
        Field("name", .string(min: 1)),
        Field("mode", .word(["container", "container/bridge", "host"])),
        Field("labels", .labels),
    ])

    /// `group.raml`, GroupUpdate; `groups` is walked apart, for it may nest as deep as it likes,
    /// and `pods` is known to be dropped.
    static let group = ObjectShape([
        Field("id", .pattern(.pathID)),
        Field("apps", .array(.object(.app))),
        Field("groups", .array(.any)),
        Field("dependencies", .array(.string())),
        Field("scaleBy", .number()),
        Field("version", .string()),
        Field("enforceRole", .bool),
        Field("pods", .any),
    ])

    static let executorResources = ObjectShape([
        Field("cpus", .number()), Field("mem", .number()), Field("disk", .number()),
    ])

    static let resourceLimits = ObjectShape([Field("cpus", .any), Field("mem", .any)])

    static let linuxInfo = ObjectShape([
        Field(
            "seccomp",
            .object(ObjectShape([Field("profileName", .string()), Field("unconfined", .bool)]))),
        Field(
            "ipcInfo",
            .object(
                ObjectShape([
                    Field("mode", .word(["PRIVATE", "SHARE_PARENT"])),
                    Field("shmSize", .integer()),
                ]))),
    ])

    static let unreachable = ObjectShape([
        Field("inactiveAfterSeconds", .integer()), Field("expungeAfterSeconds", .integer()),
    ])
}

extension Shape {
    static let labels = Shape.map(.string())
    static let secrets = Shape.map(.object(.secretDefinition))
    static let port = Shape.integer(0...65_535)
    static let killSelection = Shape.word(["YOUNGEST_FIRST", "OLDEST_FIRST"])
    static let accessMode = Shape.word(["RO", "RW"])
}

extension TextPattern {
    /// `stringTypes.raml`, PathId.
    static let pathID = TextPattern(
        phrase: "an id",
        advice: "use lower-case letters, digits and inner hyphens, with slashes between the parts",
        matches: PathID.isValid)

    /// The names of a pod's variables: 254 characters at most, as in a POSIX shell.
    static let variableName = TextPattern(
        phrase: "a variable's name",
        advice: "begin with a letter or underscore and go on with letters, digits or underscores,"
            + " 254 at most"
    ) { isShellName($0) && $0.utf8.count <= 254 }

    /// The name of a pod's container or endpoint.
    static let containerName = TextPattern(
        phrase: "a name",
        advice: "use lower-case letters, digits and inner hyphens, 63 at most"
    ) { name in
        (1...63).contains(name.utf8.count) && name.utf8.first != 0x2d && name.utf8.last != 0x2d
            && name.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2d }
    }

    /// An app's executor: nothing, `//cmd`, or a path without empty parts.
    static let executor = TextPattern(
        phrase: "an executor", advice: "write a path without empty parts, \"//cmd\", or nothing"
    ) { text in
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return text.isEmpty || text == "//cmd"
            || parts.enumerated().allSatisfy { $0.offset == 0 || !$0.element.isEmpty }
                && text != "/"
    }
}

/// Whether a POSIX shell can use the name of a variable.
func isShellName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(first &- 0x30 < 10) else { return false }
    return name.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x5f }
}
