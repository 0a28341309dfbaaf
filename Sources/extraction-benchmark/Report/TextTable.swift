/// The measurements as a table for a terminal.
enum TextTable {
    /// One table for each archive: medians, ratio to GNU tar, CPU time and peak memory.
    static func text(of series: [Series]) -> String {
        var text = ""
        for series in series {
            text += "\(series.archive.name) (\(series.archive.packedBytes) bytes packed)\n"
            var rows = [["", "wall s", "GNU tar's / its", "cpu s", "peak MB"]]
            for result in series.results {
                let ratio = series.ratio(of: result.contender, against: Contender.reference.name)
                rows.append([
                    result.contender, fixed(result.wall, result.wall < 0.1 ? 5 : 3),
                    ratio.map { fixed($0, 2) } ?? "", fixed(result.cpu, result.cpu < 0.1 ? 5 : 3),
                    fixed(Double(result.peak) / Double(1 << 20), 1),
                ])
            }
            let widths = rows[0].indices.map { column in
                rows.map { $0[column].count }.max() ?? 0
            }
            for row in rows {
                var line = ""
                for (column, cell) in row.enumerated() {
                    let blanks = String(repeating: " ", count: widths[column] - cell.count)
                    line += column == 0 ? "  \(cell)\(blanks)" : "  \(blanks)\(cell)"
                }
                text += line + "\n"
            }
            text += "\n"
        }
        return text
    }
}
