/// A file of `name = value` lines in `[sections]`, as AWS and boto write it.
///
/// Mirrors botocore's `configloader.py` in what matters here: keys are compared in lower case,
/// indented lines belong to the value above and are passed over, and of two equal names the last
/// counts.
struct INISections {
    private var sections: [String: [String: String]] = [:]

    init(parsing bytes: [UInt8]) {
        var current: String?
        for line in bytes.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }) {
            let text = String(decoding: line, as: UTF8.self)
            guard let first = text.first, !first.isWhitespace, first != "#", first != ";" else {
                continue
            }
            if first == "[" {
                guard let end = text.firstIndex(of: "]") else { continue }
                let name = text[text.index(after: text.startIndex)..<end]
                let words = name.split { $0 == " " || $0 == "\t" }
                let section = words.joined(separator: " ")
                sections[section, default: [:]] = sections[section] ?? [:]
                current = section
            } else if let current, let equals = text.firstIndex(of: "=") {
                let name = Self.trimmed(text[..<equals]).lowercased()
                let value = Self.trimmed(text[text.index(after: equals)...])
                if !value.isEmpty { sections[current]?[name] = value }
            }
        }
    }

    subscript(section: String) -> [String: String]? { sections[section] }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
