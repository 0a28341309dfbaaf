import ArgumentParser
import Glibc
import Secrets
import Transfer
import Vocabulary

/// Where secrets are kept, and who is trusted to keep them.
struct SecretStoreOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where secrets are kept: DIR, dcos+https://HOST or vault+https://HOST/MOUNT.",
            valueName: "store"))
    var secrets: String?

    @Option(
        help: ArgumentHelp(
            "Certificates that the store's server may have, in PEM (also VAULT_CACERT).",
            valueName: "file"))
    var secretsCa: String?

    /// The store that `--secrets` names, `nil` where it was not given.
    func store(cancellation: Cancellation) throws -> (any SecretStore)? {
        try secrets.map { try Self.open($0, certificates: secretsCa, cancellation) }
    }

    /// The store of `--secrets`, else the directory of `SIMAGENT_SECRETS`.
    func requiredStore(cancellation: Cancellation) throws -> any SecretStore {
        if let store = try store(cancellation: cancellation) { return store }
        guard let directory = ProcessEnvironment["SIMAGENT_SECRETS"] else {
            throw CommandFailure(
                "no store was named; give --secrets DIR, or set SIMAGENT_SECRETS", status: .usage)
        }
        return try Self.open(directory, certificates: secretsCa, cancellation)
    }

    private static func open(
        _ text: String, certificates: String?, _ cancellation: Cancellation
    ) throws -> any SecretStore {
        let address: SecretStoreAddress
        do throws(SecretStoreError) {
            address = try SecretStoreAddress(parsing: text)
        } catch {
            throw CommandFailure("--secrets: \(error.description)", status: .usage)
        }
        var settings = TransferSettings()
        settings.certificateFile = certificates
        var login = SecretStoreLogin()
        switch address {
        case .directory(let path):
            var status = stat()
            guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
                throw CommandFailure(
                    "--secrets: \(path.terminalSafe) is no directory; name the folder of the"
                        + " secrets", status: .usage)
            }
        case .dcos:
            login = SecretStoreLogin(environment: environment(of: dcosNames))
            login.dcosServiceAccount = try serviceAccount()
        case .vault:
            let variables = environment(of: vaultNames)
            var file: [UInt8]?
            if variables["VAULT_TOKEN"] == nil, let home = ProcessEnvironment["HOME"] {
                file = try? InputFile.read(home + "/.vault-token")
            }
            login = SecretStoreLogin(environment: variables, vaultTokenFile: file)
            settings.certificateFile = certificates ?? ProcessEnvironment["VAULT_CACERT"]
        }
        settings.proxies = ProcessEnvironment.proxies
        return address.open(login: login, settings: settings, cancellation: cancellation)
    }

    /// The service account of the environment: JSON, or a file: URL or path as DC/OS' own programs
    /// take it.
    private static func serviceAccount() throws -> DCOSServiceAccount? {
        let name = "DCOS_SERVICE_ACCOUNT_CREDENTIAL"
        guard let text = ProcessEnvironment[name], !text.isEmpty else { return nil }
        let isPath = text.hasPrefix("file://") || text.hasPrefix("/")
        let path = text.hasPrefix("file://") ? String(text.dropFirst(7)) : text
        let json = isPath ? Secret(try InputFile.read(path)) : Secret(text)
        do throws(SecretStoreError) {
            return try DCOSServiceAccount(parsing: json)
        } catch {
            throw CommandFailure("\(name): \(error.reason); \(error.advice)", status: .usage)
        }
    }

    private static let dcosNames = ["DCOS_ACS_TOKEN", "DCOS_UID", "DCOS_PASSWORD"]
    private static let vaultNames = ["VAULT_TOKEN", "VAULT_NAMESPACE"]
    private static func environment(of names: [String]) -> [String: String] {
        var found: [String: String] = [:]
        for name in names { found[name] = ProcessEnvironment[name] }
        return found
    }
}
