/// A pattern of Go's `filepath.Match` for one part of a host name: `*`, `?` and `[a-z]`.
///
/// A host holds no backslash, so there is no way to quote.
struct Glob {
    private enum Piece {
        case anyText
        case any
        case oneOf([(first: Unicode.Scalar, last: Unicode.Scalar)], isNegated: Bool)

        func matches(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .anyText: false
            case .any: true
            case .oneOf(let ranges, let isNegated):
                ranges.contains { $0.first <= scalar && scalar <= $0.last } != isNegated
            }
        }

        var isAnyText: Bool { if case .anyText = self { true } else { false } }
    }

    private let pieces: [Piece]

    /// Reads a pattern; `nil` where Go finds it malformed, and so matching nothing.
    init?(_ pattern: Substring) {
        var pieces: [Piece] = []
        var rest = pattern.unicodeScalars
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*": pieces.append(.anyText)
            case "?": pieces.append(.any)
            case "[":
                guard let set = Self.set(&rest) else { return nil }
                pieces.append(set)
            default: pieces.append(.oneOf([(scalar, scalar)], isNegated: false))
            }
        }
        self.pieces = pieces
    }

    /// What stands between brackets: at least one range, of which a single letter is one.
    private static func set(_ rest: inout Substring.UnicodeScalarView) -> Piece? {
        let isNegated = rest.first == "^"
        if isNegated { rest.removeFirst() }
        var ranges: [(first: Unicode.Scalar, last: Unicode.Scalar)] = []
        while let first = rest.popFirst() {
            if first == "]", !ranges.isEmpty { return .oneOf(ranges, isNegated: isNegated) }
            guard first != "-", first != "]" else { return nil }
            var last = first
            if rest.first == "-" {
                rest.removeFirst()
                guard let end = rest.popFirst(), end != "-", end != "]" else { return nil }
                last = end
            }
            ranges.append((first, last))
        }
        return nil
    }

    /// Whether the whole text matches.
    func matches(_ text: Substring) -> Bool {
        let text = Array(text.unicodeScalars)
        var (piece, index) = (0, 0)
        var (star, mark) = (-1, 0)
        while index < text.count {
            if piece < pieces.count, pieces[piece].isAnyText {
                (star, mark) = (piece, index)
                piece += 1
            } else if piece < pieces.count, pieces[piece].matches(text[index]) {
                piece += 1
                index += 1
            } else if star >= 0 {
                piece = star + 1
                mark += 1
                index = mark
            } else {
                return false
            }
        }
        return pieces[piece...].allSatisfy(\.isAnyText)
    }
}
