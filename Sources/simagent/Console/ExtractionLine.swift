import Archives

/// One line about an extraction on a terminal: bytes, members, rate.
///
/// Nothing is drawn before half a second has passed, and nothing of it stays.
final class ExtractionLine {
    private let start = ContinuousClock.now
    private var lastDrawn: ContinuousClock.Instant?

    /// A line on standard error; `nil` where it is no terminal, or the caller wants silence.
    init?(isQuiet: Bool) {
        guard !isQuiet, Console.isTerminal(2), ProcessEnvironment["TERM"] != "dumb" else {
            return nil
        }
    }

    /// Takes what the extraction tells.
    func show(_ progress: ExtractionProgress) {
        let now = ContinuousClock.now
        guard now - start > .milliseconds(500),
            lastDrawn.map({ now - $0 > .milliseconds(100) }) ?? true
        else { return }
        lastDrawn = now
        let rate = Double(progress.bytes) / ((now - start) / .seconds(1))
        Console.writeError(
            "\r\u{1b}[K\(ByteCount(progress.bytes)), \(progress.members) members, "
                + "\(ByteCount(UInt64(rate)))/s")
    }

    /// Takes the line away; to be called before anything else is printed.
    func end() {
        if lastDrawn != nil { Console.writeError("\r\u{1b}[K") }
        lastDrawn = nil
    }
}
