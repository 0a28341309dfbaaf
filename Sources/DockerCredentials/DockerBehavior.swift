/// What differs between versions of the Docker client, as one value chosen once.
///
/// The table is that of the release tags of docker/cli and moby, from 1.6 to 29.8.
public struct DockerBehavior: Sendable {
    /// The version that was asked for.
    public let version: DockerVersion

    /// `~/.docker/config.json` is known (1.7.0).
    public let readsConfigFile: Bool
    /// `~/.dockercfg` is read where there is no config.json (until 20.10).
    public let readsDockercfg: Bool
    /// A warning says that `.dockercfg` is old (20.10.6 to 20.10).
    public let warnsOfDockercfg: Bool
    /// A warning says that `.dockercfg` is ignored (23.0 to 24.0).
    public let warnsOfIgnoredDockercfg: Bool
    /// The second line of the oldest `.dockercfg` must be split by ` = ` too (until 1.10).
    public let wantsSecondDockercfgLine: Bool
    /// `DOCKER_CONFIG` names another folder (1.8.0).
    public let knowsDockerConfigVariable: Bool
    /// `registrytoken` is known (1.10.0).
    public let knowsRegistryToken: Bool
    /// `identitytoken` is known (1.11.0).
    public let knowsIdentityToken: Bool
    /// An entry without `auth` is tolerated (1.11.0); before, it failed the whole file.
    public let toleratesEmptyAuth: Bool
    /// `credsStore` is known (1.11.0).
    public let knowsCredentialStore: Bool
    /// `credHelpers` is known (1.13.0).
    public let knowsCredentialHelpers: Bool
    /// `username` and `password` count where `auth` is empty (19.03.6).
    public let readsPlainPassword: Bool
    /// An empty config.json is no error (20.10.0).
    public let acceptsEmptyFile: Bool
    /// A config.json that is `null` crashes the client (1.10 to 19.03).
    public let crashesOnNull: Bool
    /// An empty user name in `auth` is an error (23.0.0).
    public let refusesEmptyUser: Bool
    /// Keys become hosts by a URL parser (27.0); before, by cutting `http(s)://`.
    public let parsesKeysAsURLs: Bool
    /// `email` is a field of an entry (until 28).
    public let knowsEmail: Bool
    /// A helper's answer carries the key (23.0.10, 24.0.8, 25.0.0); before, it carries none.
    public let helperAnswersCarryKey: Bool
    /// `DOCKER_AUTH_CONFIG` is known (28.3.0).
    public let knowsAuthConfigVariable: Bool
    /// Fields of config.json that say nothing of logins and that this version does not know.
    let unknownFields: Set<String>
    /// What is said of an `auth` without user or colon; lower case from 29.0.
    public let invalidAuthText: String
    /// How the warning about a file begins: the path is put in for `%`.
    let loadWarning: String
    /// The same for a file that was read and cannot be parsed.
    let parseWarning: String
    /// A file that cannot be opened is passed over in silence (25.0 to 26.1).
    public let hidesUnreadableFile: Bool
    /// A failing helper fails `docker run` and `docker create` (28.1.0).
    public let runFailsWithHelper: Bool
    /// A failing helper fails `docker pull` (29.0); before, the file's entry was used.
    public let failsWithHelper: Bool
    /// `docker.io` and `index.docker.io` find the Hub's key inside the lookup too (29.5.0).
    public let mapsHubAliases: Bool
    /// A first part with an upper-case letter is a host (25.0.0).
    public let takesUpperCaseHost: Bool
    /// The host of a reference may be an IPv6 address in brackets (25.0.0).
    public let takesAddressHost: Bool
    /// The limit of 255 counts the path alone (27.0.0); before, host and path.
    public let limitsPathAlone: Bool

    /// The behaviour of the newest release that is known here, made once.
    public static let newest = DockerBehavior()

    /// The behaviour of a version.
    public init(_ version: DockerVersion = .newest) {
        self.version = version
        func since(_ major: Int, _ minor: Int, _ patch: Int = 0) -> Bool {
            version >= DockerVersion(major, minor, patch)
        }
        readsConfigFile = since(1, 7)
        readsDockercfg = !since(23, 0)
        warnsOfDockercfg = since(20, 10, 6) && !since(23, 0)
        knowsDockerConfigVariable = since(1, 8)
        warnsOfIgnoredDockercfg = since(23, 0) && !since(25, 0)
        wantsSecondDockercfgLine = !since(1, 11)
        knowsRegistryToken = since(1, 10)
        knowsIdentityToken = since(1, 11)
        toleratesEmptyAuth = since(1, 11)
        knowsCredentialStore = since(1, 11)
        knowsCredentialHelpers = since(1, 13)
        readsPlainPassword = since(19, 3, 6)
        acceptsEmptyFile = since(20, 10)
        crashesOnNull = since(1, 10) && !since(20, 10)
        refusesEmptyUser = since(23, 0)
        parsesKeysAsURLs = since(27, 0)
        knowsEmail = !since(29, 0)
        helperAnswersCarryKey =
            since(25, 0) || since(24, 0, 8) || (since(23, 0, 10) && !since(24, 0))
        knowsAuthConfigVariable = since(28, 3)
        var unknown: Set<String> = []
        if !since(26, 0) { unknown.insert("features") }
        if since(28, 0) { unknown.insert("stackOrchestrator") }
        if since(29, 0) { unknown.insert("experimental") }
        unknownFields = unknown
        invalidAuthText =
            since(29, 0) ? "invalid auth configuration file" : "Invalid auth configuration file"
        let separator = since(27, 0) ? ": : " : since(17, 0) ? ": " : " - "
        loadWarning = "WARNING: Error loading config file: " + (since(28, 0) ? "" : "%" + separator)
        parseWarning =
            since(28, 0) ? "WARNING: Error parsing config file (%): " : loadWarning
        hidesUnreadableFile = since(25, 0) && !since(27, 0)
        runFailsWithHelper = since(28, 1)
        failsWithHelper = since(29, 0)
        mapsHubAliases = since(29, 5)
        takesUpperCaseHost = since(25, 0)
        takesAddressHost = since(25, 0)
        limitsPathAlone = since(27, 0)
    }

    /// Whether a field of config.json is known that says nothing of logins.
    func knows(_ field: String) -> Bool { !unknownFields.contains(field) }
}
