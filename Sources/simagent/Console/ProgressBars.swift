import CLinux
import Fetcher
import Synchronization
import Vocabulary

/// Bars for downloads on a terminal: bytes, rate, and the time that remains.
///
/// Nothing is drawn before half a second has passed, and nothing of it stays: the bars go before
/// the result is printed.
final class ProgressBars: Sendable {
    /// Tasks that run at once number their artifacts alike.
    private struct Key: Hashable {
        let index: Int
        let uri: String
    }

    private struct Item {
        let name: String
        let start: ContinuousClock.Instant
        var bytes: UInt64 = 0
        var total: UInt64?
    }

    private struct State {
        var items: [Key: Item] = [:]
        var lastDrawn: ContinuousClock.Instant?
        var lines = 0
        var isOver = false
    }

    private let state = Mutex(State())
    private let start = ContinuousClock.now
    private let descriptor: Int32 = 2

    /// Bars on standard error; `nil` where it is no terminal, or the caller wants silence.
    init?(isQuiet: Bool) {
        guard !isQuiet, Console.isTerminal(2), ProcessEnvironment["TERM"] != "dumb" else {
            return nil
        }
    }

    /// Takes what a download tells, from any thread.
    func show(_ progress: FetchProgress) {
        let now = ContinuousClock.now
        state.withLock { state in
            guard !state.isOver else { return }
            let key = Key(index: progress.index, uri: progress.uri)
            if progress.isDone {
                state.items[key] = nil
            } else {
                var item =
                    state.items[key]
                    ?? Item(name: Self.name(of: progress.uri), start: now)
                item.bytes = progress.bytes
                item.total = progress.total
                state.items[key] = item
            }
            guard now - start > .milliseconds(500),
                state.lastDrawn.map({ now - $0 > .milliseconds(100) }) ?? true
            else { return }
            state.lastDrawn = now
            draw(&state, at: now)
        }
    }

    /// Takes the bars away; to be called before anything else is printed.
    func end() {
        state.withLock { state in
            state.isOver = true
            guard state.lines > 0 else { return }
            Console.writeError("\u{1b}[\(state.lines)A\u{1b}[J")
            state.lines = 0
        }
    }

    private func draw(_ state: inout State, at now: ContinuousClock.Instant) {
        let known = Int(clinux_terminal_columns(descriptor))
        let columns = (known > 0 ? known : 80) - 1
        let items = state.items.sorted { $0.value.start < $1.value.start }.prefix(10)
        var text = state.lines > 0 ? "\u{1b}[\(state.lines)A\u{1b}[J" : ""
        for (_, item) in items {
            text += Self.line(item, at: now, columns: columns) + "\n"
        }
        state.lines = items.count
        Console.writeError(text)
    }

    private static func line(
        _ item: Item, at now: ContinuousClock.Instant, columns: Int
    ) -> String {
        let seconds = max(0.001, (now - item.start) / .seconds(1))
        let rate = Double(item.bytes) / seconds
        let amount = ByteCount(item.bytes).description
        let speed = ByteCount(UInt64(rate)).description + "/s"
        guard let total = item.total, total > 0 else {
            return fit(pad(item.name, 28) + " " + pad(amount, 10) + " " + speed, columns)
        }
        let share = min(1, Double(item.bytes) / Double(total))
        let width = max(4, min(30, columns - 28 - 40))
        let filled = Int(share * Double(width))
        let bar =
            "[" + String(repeating: "=", count: filled)
            + String(repeating: " ", count: width - filled) + "]"
        let left = rate > 0 ? Double(total - min(total, item.bytes)) / rate : 0
        let percent = pad("\(Int(share * 100))%", 4)
        return fit(
            pad(item.name, 28) + " \(bar) \(percent) " + pad(amount, 9) + " " + pad(speed, 11)
                + " " + clock(left), columns)
    }

    /// The file's name, shortened, without what could drive the terminal.
    private static func name(of uri: String) -> String {
        let path = uri.prefix { $0 != "?" && $0 != "#" }
        let last = path.split(separator: "/").last.map(String.init) ?? uri
        let safe = last.terminalSafe
        return safe.count > 28 ? safe.prefix(12) + "…" + safe.suffix(15) : safe
    }

    private static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(.up), 359_999))
        let digits = whole % 60 < 10 ? "0\(whole % 60)" : "\(whole % 60)"
        let minutes = whole / 60
        guard minutes >= 60 else { return "\(minutes):\(digits)" }
        return "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60):\(digits)"
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func fit(_ text: String, _ columns: Int) -> String {
        text.count > columns ? String(text.prefix(max(1, columns))) : text
    }
}
