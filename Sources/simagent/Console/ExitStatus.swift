/// How the program ends; a promise to whoever calls it.
///
/// Thrown by a command whose result was printed already and is a *no*.
enum ExitStatus: Int32, Error {
    /// It would work.
    case works = 0
    /// It would fail, or did.
    case fails = 1
    /// The definition is invalid, or cannot be read.
    case invalid = 2
    /// Wrong usage.
    case usage = 64
    /// Interrupted; nothing half-made is left.
    case interrupted = 130
}

/// Why a command cannot give a result: one line for a person, and how the program ends.
struct CommandFailure: Error {
    /// What failed, where, and what to do; escaped for a terminal by whoever made it.
    let message: String
    /// How the program ends.
    let status: ExitStatus

    init(_ message: String, status: ExitStatus = .fails) {
        self.message = message
        self.status = status
    }
}
