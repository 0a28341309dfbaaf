import LocatedJSON
import Vocabulary

/// A credential helper, `docker-credential-SUFFIX`, asked as docker-credential-helpers' client does
/// (`client/client.go`).
struct CredentialHelper {
    /// What it said.
    enum Answer {
        /// A user and a secret; the user `<token>` makes it an identity token.
        case credential(username: String, secret: Secret)
        /// It knows no login for the key.
        case notFound
        /// It is not on the PATH.
        case missing
        /// It failed; Go's words for the cause, and its trimmed standard output.
        case failed(cause: String, output: String)
        /// It ended well with something else than the JSON that is due; Go's words.
        case notJSON(String)
    }

    /// The program's name.
    let program: String
    let environment: ClientEnvironment

    init(suffix: String, environment: ClientEnvironment) {
        program = "docker-credential-\(suffix)"
        self.environment = environment
    }

    /// The text on standard output that means: no login for that key.
    static let notFoundText = "credentials not found in native keychain"

    /// What docker/cli says of a helper that failed.
    func dockerWords(_ answer: Answer) -> String? {
        switch answer {
        case .credential: nil
        case .notFound: Self.notFoundText
        case .missing:
            "error getting credentials - err: \(missingWords), out: ``"
        case .failed(let cause, let output):
            "error getting credentials - err: \(cause), out: `\(output)`"
        case .notJSON(let words): words
        }
    }

    /// What other programs in Go say of a helper that failed.
    func plainWords(_ answer: Answer) -> String? {
        switch answer {
        case .missing: missingWords
        case .failed(let cause, let output): output.isEmpty ? cause : output
        default: dockerWords(answer)
        }
    }

    private var missingWords: String {
        "exec: \"\(program)\": executable file not found in $PATH"
    }

    /// Asks for the login of a key.
    ///
    /// - Parameters:
    ///   - key: The text on its standard input.
    ///   - reader: Whether text behind the answer is passed over, as docker/cli does, or an error.
    /// - Returns: What it said, and what it wrote to standard error.
    func get(_ key: String, as reader: GoJSON.Reader = .stream) -> (answer: Answer, stderr: String?)
    {
        let (run, refusal) = run("get", input: key)
        guard let run else { return (refusal, nil) }
        let errors = Self.trimmed(run.errors)
        let stderr = errors.isEmpty ? nil : errors
        let output = Self.trimmed(run.output)
        guard run.end == .exited(0) else {
            if case .exited = run.end, output == Self.notFoundText { return (.notFound, stderr) }
            // A failing helper's output is shown by the client; a long one is no message.
            return (.failed(cause: Self.words(run.end), output: String(output.prefix(400))), stderr)
        }
        do throws(GoJSON.Fault) {
            let texts = try Self.texts(try GoJSON.parse(run.output, as: reader))
            return (
                .credential(
                    username: String(decoding: texts["Username"] ?? [], as: UTF8.self),
                    secret: Secret(texts["Secret"] ?? [])), stderr
            )
        } catch {
            return (.notJSON(error.text), stderr)
        }
    }

    /// The fields of an answer, which must all be texts.
    private static func texts(_ root: JSONValue) throws(GoJSON.Fault) -> [String: [UInt8]] {
        func fault(_ value: JSONValue, _ words: String) -> GoJSON.Fault {
            GoJSON.Fault(
                text: "json: cannot unmarshal \(GoJSON.name(value.kind)) into Go \(words)",
                location: nil)
        }
        guard root.kind == .object || root.kind == .null else {
            throw fault(root, "value of type credentials.Credentials")
        }
        var texts: [String: [UInt8]] = [:]
        for name in ["ServerURL", "Username", "Secret"] {
            for value in root.goFields(name.lowercased()) {
                guard let text = value.stringBytes else {
                    throw fault(value, "struct field Credentials.\(name) of type string")
                }
                texts[name] = text
            }
        }
        return texts
    }

    /// The keys that it keeps logins for; `nil` where it fails.
    func list() -> [String]? {
        guard let run = run("list", input: "").run, run.end == .exited(0),
            let root = try? GoJSON.parse(run.output, as: .stream),
            root.kind == .object || root.kind == .null,
            root.members.allSatisfy({ $0.value.kind == .string || $0.value.kind == .null })
        else { return nil }
        return root.goMap.map(\.name)
    }

    private func run(_ action: String, input: String) -> (run: HelperRun?, refusal: Answer) {
        guard !program.contains("/"), !program.utf8.contains(0) else {
            return (nil, .failed(cause: "its name is a path, which is not run here", output: ""))
        }
        guard let path = environment.program(program) else { return (nil, .missing) }
        let process = HelperProcess(
            path: path, variables: environment.helperVariables, limits: environment.helperLimits)
        return (process.run(action, input: Array(input.utf8)), .missing)
    }

    private static func words(_ end: HelperRun.End) -> String {
        switch end {
        case .exited(let status): "exit status \(status)"
        case .signalled(let signal): "signal \(signal)"
        case .timedOut(let limit): "no answer within \(limit), killed"
        case .cancelled: "interrupted, killed"
        case .tooMuchOutput(let maxBytes): "more than \(maxBytes) bytes of output, killed"
        case .notStarted(let reason): "fork/exec: \(reason)"
        }
    }

    private static func trimmed(_ bytes: [UInt8]) -> String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
        guard let first = bytes.firstIndex(where: { !isBlank($0) }),
            let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }
}

extension ClientEnvironment {
    /// The variables of a helper: the client's own.
    var helperVariables: [String: String] {
        var all = variables
        if let home { all["HOME"] = home }
        return all
    }
}
