/// What Mesos is told to run: the fields of `CommandInfo`.
public struct TaskCommand: Sendable, Hashable {
    /// Whether a shell reads ``value``.
    public let usesShell: Bool
    /// The shell's text, or the program; `nil` where the image's own is run.
    public let value: String?
    /// The arguments, the program's name among them.
    public let arguments: [String]

    /// An app's (`TaskBuilder.commandInfo`); one with an executor of its own runs that
    /// (`TaskBuilder.build`).
    init(_ app: AppInput, hasContainer: Bool) {
        if let executor = app.executor {
            let rest = app.cmd ?? app.args.joined(separator: " ")
            let path = "'\(executor)'"
            (usesShell, arguments) = (true, [])
            value = "chmod ug+rx \(path) && exec \(path)" + (rest.isEmpty ? "" : " \(rest)")
        } else if let cmd = app.cmd {
            (usesShell, value, arguments) = (true, cmd, [])
        } else {
            (usesShell, value, arguments) = (
                false, hasContainer ? nil : app.args.first, app.args
            )
        }
    }

    /// A pod's container's (`TaskGroupBuilder.computeCommandInfo`).
    init(_ container: ObjectView) {
        let exec = container.object("exec")
        let command = exec?.object("command")
        if let shell = command?.string("shell"), !shell.isEmpty {
            (usesShell, value, arguments) = (true, shell, [])
            return
        }
        let argv = command?.strings("argv") ?? []
        let overrides = exec?.bool("overrideEntrypoint") ?? false
        (usesShell, value, arguments) = (false, overrides ? argv.first : nil, argv)
    }
}
