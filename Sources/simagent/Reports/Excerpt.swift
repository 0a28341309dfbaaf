import Vocabulary

/// A line of a file with carets beneath one token of it.
struct Excerpt {
    private let line: Int
    private let before: String
    private let token: String
    private let after: String

    /// The line around a byte of `text`.
    ///
    /// Long lines are cut to what surrounds the token, control characters never reach a terminal,
    /// and what a URI may keep secret is not shown.
    init(_ text: [UInt8], offset: Int, line: Int) {
        self.line = line
        let offset = min(max(offset, 0), text.count)
        // A line may be megabytes long; no more of it is looked at than is shown.
        let earliest = max(0, offset - 101)
        let start = text[earliest..<offset].lastIndex(of: 0x0a).map { $0 + 1 } ?? earliest
        let lineEnd =
            text[offset...].prefix(2_000).firstIndex(of: 0x0a) ?? min(offset + 2_000, text.count)
        let tokenEnd = Self.endOfToken(text[offset..<lineEnd])
        // Whole strings, so that what makes a part of one secret is seen.
        let end = text[min(tokenEnd + 80, lineEnd)..<lineEnd].firstIndex(of: 0x22) ?? lineEnd
        let isLong = offset - start > 100
        before = isLong ? "… " : Self.shown(text[start..<offset])
        let isSecret = Self.endsInSecretName(before) && text[offset..<tokenEnd].first == 0x22
        let shownToken = isSecret ? "\"***\"" : Self.shown(text[offset..<tokenEnd])
        token = String(shownToken.prefix(80))
        after = shownToken.count > 80 ? "…" : String(Self.shown(text[tokenEnd..<end]).prefix(60))
    }

    /// The byte behind the token at a byte of `text`; it stands on one line.
    static func endOfToken(in text: [UInt8], at offset: Int) -> Int {
        let offset = min(max(offset, 0), text.count)
        let line = text[offset...].prefix(64 << 10)
        return endOfToken(line[..<(line.firstIndex(of: 0x0a) ?? line.endIndex)])
    }

    /// The line and the carets; both begin with the gutter.
    var lines: [String] {
        let number = String(repeating: " ", count: max(0, 5 - "\(line)".count)) + "\(line)"
        let gutter = String(repeating: " ", count: number.count)
        let indent = String(repeating: " ", count: before.count)
        let carets = String(repeating: "^", count: max(1, token.count))
        return ["\(number) | \(before)\(token)\(after)", "\(gutter) | \(indent)\(carets)"]
    }

    private static func endOfToken(_ text: ArraySlice<UInt8>) -> Int {
        guard let first = text.first else { return text.startIndex }
        guard first == UInt8(ascii: "\"") else {
            if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
                return text.startIndex + 1
            }
            return text.firstIndex { " \t\r\n,]}:".utf8.contains($0) } ?? text.endIndex
        }
        var index = text.startIndex + 1
        while index < text.endIndex {
            if text[index] == UInt8(ascii: "\\") {
                index += 2
            } else if text[index] == UInt8(ascii: "\"") {
                return index + 1
            } else {
                index += 1
            }
        }
        return text.endIndex
    }

    private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
        var pieces = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\"", omittingEmptySubsequences: false)
            .map { redactedURI(String($0)) }
        // `"DB_PASSWORD": "value"`: the name, the colon and the value are three pieces.
        for index in pieces.indices.dropLast(2)
        where isSecretName(pieces[index])
            && pieces[index + 1].filter({ !$0.isWhitespace }) == ":"
        {
            pieces[index + 2] = "***"
        }
        return pieces.joined(separator: "\"")
            .split(separator: "\t", omittingEmptySubsequences: false).joined(separator: " ")
            .split(separator: "\r", omittingEmptySubsequences: true).joined()
            .terminalSafe
    }

    private static func endsInSecretName(_ text: String) -> Bool {
        let pieces = text.split(separator: "\"", omittingEmptySubsequences: false)
        guard pieces.count >= 3, let last = pieces.last,
            last.filter({ !$0.isWhitespace }) == ":"
        else { return false }
        return isSecretName(String(pieces[pieces.count - 2]))
    }

    /// Whether a variable of that name probably holds a secret; `secret` itself names one.
    static func isSecretName(_ name: String) -> Bool {
        let letters = name.utf8.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        return secretWords.contains { word in
            letters.indices.dropLast(word.count - 1).contains { start in
                letters[start] == word[0] && letters[start...].starts(with: word)
            }
        } && letters != Array("secret".utf8)
    }

    private static let secretWords = [
        "password", "passwd", "token", "auth", "apikey", "api_key", "private", "credential",
        "secret",
    ].map { Array($0.utf8) }
}
