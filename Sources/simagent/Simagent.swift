import ArgumentParser

/// The whole command line: the list of commands, and what all of them share.
struct Simagent: ParsableCommand {
    static let version = "0.1.0"

    static let commands: [any ParsableCommand.Type] = [
        CheckCommand.self,
        CredentialsCommand.self,
        ExtractCommand.self,
        FetchCommand.self,
        FindingsCommand.self,
        ImageCommand.self,
        SecretsCommand.self,
        ListCommand.self,
        PackCommand.self,
        RunCommand.self,
    ]

    static let configuration = CommandConfiguration(
        commandName: "simagent",
        abstract: "Says before a deployment whether a task's files and its image would arrive.",
        version: version,
        subcommands: commands)

    /// The command of that name, if there is one.
    static func command(named name: String) -> (any ParsableCommand.Type)? {
        commands.first { $0._commandName == name }
    }
}
