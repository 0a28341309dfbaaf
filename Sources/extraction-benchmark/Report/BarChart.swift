/// The medians as horizontal bars, one group for each archive; ours stand out by colour.
enum BarChart {
    private static let rowHeight = 20
    private static let labelWidth = 150
    private static let barWidth = 460

    /// An SVG picture of its own: no script, no font from elsewhere, readable on white and black.
    static func svg(of series: [Series]) -> String {
        var body = ""
        var y = 44
        for series in series {
            let longest = series.results.map(\.wall).max() ?? 1
            body += text(16, y, series.archive.name, "font-weight=\"bold\"")
            y += 10
            for result in series.results.sorted(by: { $0.wall < $1.wall }) {
                let width = max(1, Int(Double(barWidth) * result.wall / max(longest, 1e-9)))
                body += text(16, y + 14, result.contender, "")
                body +=
                    "<rect x=\"\(16 + labelWidth)\" y=\"\(y + 2)\" width=\"\(width)\""
                    + " height=\"\(rowHeight - 5)\" fill=\"\(result.isOurs ? "#e8590c" : "#868e96")\"/>\n"
                let ratio = series.ratio(of: result.contender, against: Contender.reference.name)
                let label =
                    seconds(result.wall)
                    + (ratio.map { "  (\(fixed($0, 2))×)" } ?? "")
                body += text(22 + labelWidth + width, y + 14, label, "")
                y += rowHeight
            }
            y += 26
        }
        let width = 16 + labelWidth + barWidth + 150
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(y)" width="\(width)" \
            height="\(y)" font-family="sans-serif" font-size="13">
            <rect width="100%" height="100%" fill="#ffffff"/>
            \(text(16, 22, "Median seconds to unpack; in brackets, times as fast as GNU tar", ""))\
            \(body)</svg>

            """
    }

    private static func seconds(_ value: Double) -> String {
        value < 0.1 ? "\(fixed(value * 1_000, 2)) ms" : "\(fixed(value, 2)) s"
    }

    private static func text(_ x: Int, _ y: Int, _ text: String, _ attributes: String) -> String {
        let safe = text.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            default: String(character)
            }
        }.joined()
        return "<text x=\"\(x)\" y=\"\(y)\" fill=\"#212529\" \(attributes)>\(safe)</text>\n"
    }
}
