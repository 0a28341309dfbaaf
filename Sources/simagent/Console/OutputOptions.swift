import ArgumentParser
import Glibc
import Vocabulary

/// What every command understands about its output.
struct OutputOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json

        /// Writes a result: as JSON, or as the text that `text` makes of it.
        func show(_ result: some Encodable, isQuiet: Bool, text: () -> String) throws {
            switch self {
            case .json: Console.write(try JSONReport.encode(result))
            case .text: if !isQuiet { Console.write(text()) }
            }
        }
    }

    enum Color: String, ExpressibleByArgument, CaseIterable {
        case auto
        case always
        case never

        /// The colours for a descriptor.
        func palette(for descriptor: Int32) -> Palette {
            switch self {
            case .always: Palette(isColored: true)
            case .never: Palette(isColored: false)
            case .auto:
                Palette(
                    isColored: Console.isTerminal(descriptor)
                        && ProcessEnvironment["NO_COLOR"] == nil
                        && ProcessEnvironment["TERM"] != "dumb")
            }
        }
    }

    @Option(help: "How the result is written: text for people, json for programs.")
    var format = Format.text

    @Option(help: "When to use colour; auto also respects NO_COLOR.")
    var color = Color.auto

    @Flag(name: .shortAndLong, help: "Print nothing but errors and a JSON result.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Tell more.")
    var verbose = false

    /// The colours for standard output.
    var palette: Palette { palette(for: 1) }

    /// The colours for a descriptor.
    func palette(for descriptor: Int32) -> Palette { color.palette(for: descriptor) }

    /// Writes a result: as JSON when asked for, else as the text that `text` makes of it.
    func show(_ result: some Encodable, text: (Palette) -> String) throws {
        try format.show(result, isQuiet: quiet) { text(palette) }
    }
}

/// `--strict`: from which severity on a finding makes the command fail.
struct StrictOption: ParsableArguments {
    enum Level: String, ExpressibleByArgument, CaseIterable {
        case error
        case warning
        case info

        var severity: Severity {
            switch self {
            case .error: .error
            case .warning: .warning
            case .info: .info
            }
        }
    }

    @Option(
        defaultAsFlag: Level.error,
        help: "Fail with 1 on findings of severity error (--strict=warning: also of warning).")
    var strict: Level?

    /// Whether one of the findings is as severe as `--strict` asks for.
    func fails(_ findings: [Finding]) -> Bool {
        guard let strict else { return false }
        return findings.contains { $0.severity >= strict.severity }
    }
}
