import Vocabulary

/// The few colours of the text output, or none.
struct Palette {
    let isColored: Bool

    func good(_ text: String) -> String { wrap(text, "32") }
    func bad(_ text: String) -> String { wrap(text, "31") }
    func caution(_ text: String) -> String { wrap(text, "33") }
    func strong(_ text: String) -> String { wrap(text, "1") }
    func faint(_ text: String) -> String { wrap(text, "2") }

    /// The colour of a severity.
    func severity(_ severity: Severity, _ text: String) -> String {
        switch severity {
        case .error: bad(text)
        case .warning: caution(text)
        case .info: faint(text)
        }
    }

    private func wrap(_ text: String, _ code: String) -> String {
        isColored ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }
}
