import ArgumentParser
import Secrets
import Vocabulary

/// `simagent secrets put|get|list|remove`.
struct SecretsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secrets", _superCommandName: "simagent",
        abstract: "Keep the secrets that definitions name: in a directory, DC/OS or Vault.",
        subcommands: [Put.self, Get.self, List.self, Remove.self])

    /// What all four share.
    struct Options: ParsableArguments {
        @OptionGroup var location: SecretStoreOptions
        @OptionGroup var output: OutputOptions

        /// Opens the store, runs `work`, and tells its error in one line.
        func withStore<Value>(
            _ work: (any SecretStore) throws(SecretStoreError) -> Value
        ) throws -> Value {
            let interruption = Interruption()
            let store = try location.requiredStore(cancellation: interruption.cancellation)
            do throws(SecretStoreError) {
                return try work(store)
            } catch {
                throw CommandFailure(
                    error.description, status: error.code == .cancelled ? .interrupted : .fails)
            }
        }
    }

    struct Put: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Store a value, read from standard input or a file.",
            discussion: "A value is never an argument: every user of the machine sees those.")

        @Argument(help: "The secret's path, as \"source\" names it.")
        var path: String

        @Option(help: "The file with the value (default: standard input).")
        var file: String?

        @OptionGroup var options: Options

        func run() throws {
            let value = Secret(try InputFile.read(file ?? "-"))
            let (path, output) = (path, options.output)
            let name = try options.withStore { store throws(SecretStoreError) in
                try store.put(value, at: path)
                return store.name
            }
            let report = SecretChange(store: name, path: path, bytes: value.count)
            try output.show(report) { _ in "stored \(path.terminalSafe), \(value.count) bytes\n" }
        }
    }

    struct Get: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a value to standard output, the bytes and nothing else.")

        @Argument(help: "The secret's path.")
        var path: String

        @OptionGroup var options: Options

        func run() throws {
            let path = path
            let found = try options.withStore { store throws(SecretStoreError) in
                try store.resolve(path, for: nil)
            }
            for finding in found.findings where !options.output.quiet {
                Console.writeError(
                    "simagent: \(finding.severity.rawValue) \(finding.id): \(finding.message);"
                        + " \(finding.advice)\n")
            }
            Console.write(found.value.reveal())
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Name the secrets of a store, without their values.")

        @Argument(help: "A folder of the store (default: all of it).")
        var prefix = ""

        @OptionGroup var options: Options

        func run() throws {
            let (prefix, output) = (prefix, options.output)
            let report = try options.withStore { store throws(SecretStoreError) in
                SecretList(store: store.name, secrets: try store.list(prefix))
            }
            try output.show(report) { _ in
                report.secrets.map { $0.terminalSafe + "\n" }.joined()
            }
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a secret.")

        @Argument(help: "The secret's path.")
        var path: String

        @OptionGroup var options: Options

        func run() throws {
            let (path, output) = (path, options.output)
            let name = try options.withStore { store throws(SecretStoreError) in
                try store.remove(path)
                return store.name
            }
            try output.show(SecretChange(store: name, path: path, bytes: nil)) { _ in
                "removed \(path.terminalSafe)\n"
            }
        }
    }
}

/// Schema `simagent.secrets/1` of `put` and `remove`.
private struct SecretChange: Encodable {
    let schema = "simagent.secrets/1"
    let store: String
    let path: String
    let bytes: Int?
}

/// Schema `simagent.secrets/1` of `list`.
private struct SecretList: Encodable {
    let schema = "simagent.secrets/1"
    let store: String
    let secrets: [String]
}
