import DockerCredentials
import LocatedJSON
import Vocabulary

/// The config that logins are packed from.
struct PackSource {
    let home: String
    /// Finds entries as the newest Docker does, and reads `.dockercfg` where there is nothing else.
    let behavior = DockerBehavior.newest

    struct Config {
        let name: String
        let text: [UInt8]
        let layout: ConfigFile.Layout
        let file: ConfigFile

        /// What to say where nothing of it can be packed.
        var emptiness: String {
            file.credentialStore.isEmpty
                ? "\(name) holds no login"
                : "\(name) holds no login itself; name the registries that"
                    + " docker-credential-\(file.credentialStore) is to be asked for, with"
                    + " --resolve-helpers"
        }

        /// What is wrong with the config for keys that have no login.
        func findings(_ missing: [String], _ context: ReviewContext) -> [Finding] {
            var context = context
            context.wanted = missing
            return DockerCredentials.findings(
                aboutText: text, named: name, layout: layout, context: context
            ).filter { $0.id != "K09" }
        }
    }

    func read() throws(CommandFailure) -> Config {
        for (name, layout) in [
            ("\(home)/.docker/config.json", ConfigFile.Layout.config),
            ("\(home)/.dockercfg", .dockercfg),
        ] {
            switch readFile(name) {
            case .missing: continue
            case .unreadable(let reason):
                throw CommandFailure("\(name.terminalSafe) cannot be read: \(reason)")
            case .bytes(let text):
                do throws(ConfigFileError) {
                    let file = try ConfigFile(parsing: text, layout: layout, behavior: behavior)
                    return Config(name: name, text: text, layout: layout, file: file)
                } catch {
                    let place = error.location.map { ":\($0.line):\($0.column)" } ?? ""
                    throw CommandFailure(
                        "\(name.terminalSafe)\(place): \(error.message.terminalSafe); mend it, or"
                            + " write it anew with docker login")
                }
            }
        }
        throw CommandFailure(
            "\(home.terminalSafe)/.docker/config.json does not exist; docker login makes it")
    }

    /// Asks the helper that the config names, as docker does.
    func askHelper(_ key: String) -> CredentialDecision {
        DockerPull(behavior: behavior, environment: environment).decide(key: key)
    }

    /// What the credentials store of a config keeps, by key.
    func storedKeys(_ file: ConfigFile) -> [String] {
        file.storedKeys(environment) ?? []
    }

    /// What helpers need of the caller's environment.
    private var environment: ClientEnvironment {
        let names = [
            "PATH", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "DISPLAY", "WAYLAND_DISPLAY",
            "GNUPGHOME", "GPG_TTY", "PASSWORD_STORE_DIR", "USER", "CLOUDSDK_CONFIG",
            "GOOGLE_APPLICATION_CREDENTIALS", "AWS_PROFILE", "AWS_REGION", "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "HTTPS_PROXY", "https_proxy", "NO_PROXY",
        ]
        var variables = ["HOME": home]
        for name in names { variables[name] = ProcessEnvironment[name] }
        return ClientEnvironment(home: home, variables: variables)
    }
}
