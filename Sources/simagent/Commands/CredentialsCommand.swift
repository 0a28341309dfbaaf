import ArgumentParser
import DockerCredentials
import Vocabulary

/// `simagent credentials IMAGE|HOST`.
struct CredentialsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "credentials", _superCommandName: "simagent",
        abstract: "Which credential a client would use for an image, and why.")

    /// `--reveal`, or `--reveal=yes` where the output is a terminal.
    enum Reveal: String, ExpressibleByArgument, CaseIterable {
        case unlessTerminal = "no-terminal"
        case yes
    }

    @Argument(
        help: ArgumentHelp(
            "An image as Docker reads it; a registry has a slash at its end or a scheme.",
            valueName: "image|host"))
    var target: String

    @OptionGroup var options: CredentialOptions
    @OptionGroup var strict: StrictOption
    @OptionGroup var output: OutputOptions

    @Option(defaultAsFlag: Reveal.unlessTerminal, help: "Print secrets as they are.")
    var reveal: Reveal?

    func run() throws {
        if reveal == .unlessTerminal, Console.isTerminal(1) {
            throw CommandFailure(
                "secrets are not printed on a terminal; write --reveal=yes to print them here",
                status: .usage)
        }
        let question = try options.question(try CredentialTarget(target))
        let reveals = reveal != nil
        guard let client = options.client.single else {
            let answers = CredentialClientName.allCases.map(question.answer)
            let clients = Dictionary(
                uniqueKeysWithValues: answers.map {
                    ($0.client.rawValue, CredentialJSON($0, reveals: reveals))
                })
            try output.show(["clients": clients]) { CredentialText(palette: $0).table(answers) }
            if answers.allSatisfy({ $0.decision.kind == .error })
                || answers.contains(where: { strict.fails($0.findings) })
            {
                throw ExitStatus.fails
            }
            return
        }
        let answer = question.answer(client)
        try output.show(CredentialJSON(answer, reveals: reveals)) {
            CredentialText(palette: $0).text(answer, reveals: reveals)
        }
        if answer.decision.kind == .error || strict.fails(answer.findings) {
            throw ExitStatus.fails
        }
    }
}

/// What `IMAGE|HOST` names.
struct CredentialTarget {
    /// The image, `nil` for a registry.
    let image: String?
    /// The registry, `nil` for an image.
    let registry: String?

    init(_ text: String) throws {
        guard text.hasSuffix("/") || text.firstRange(of: "://") != nil else {
            image = text
            registry = nil
            return
        }
        image = nil
        let rest = text.firstRange(of: "://").map { text[$0.upperBound...] } ?? text[...]
        // User info names nobody's registry, and may be a secret.
        let authority = rest.prefix { $0 != "/" }
        let host = String(
            authority.lastIndex(of: "@").map { authority[$0...].dropFirst() } ?? authority)
        guard !host.isEmpty else {
            throw ValidationError("'\(text)' names no registry; write quay.io/ for example")
        }
        registry = host == "index.docker.io" ? "docker.io" : host
    }
}
