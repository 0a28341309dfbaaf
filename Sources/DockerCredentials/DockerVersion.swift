/// A release of the Docker client.
public struct DockerVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    private let parts: [Int]

    /// The newest release that is known here.
    public static let newest = DockerVersion(29, 8, 0)

    /// A release by its numbers.
    public init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        parts = [major, minor, patch]
    }

    /// Reads `28`, `1.6.2`, `v20.10`, `19.03.6` or `18.06.1-ce`; `nil` for anything else.
    public init?(_ text: String) {
        var digits = text.hasPrefix("v") ? text.dropFirst() : text[...]
        if let end = digits.firstIndex(where: { $0 == "-" || $0 == "+" || $0 == "~" }) {
            digits = digits[..<end]
        }
        let words = digits.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = words.compactMap { word in
            word.utf8.allSatisfy { $0 &- 0x30 < 10 } ? Int(word) : nil
        }
        guard (1...3).contains(words.count), numbers.count == words.count else { return nil }
        parts = numbers + Array(repeating: 0, count: 3 - numbers.count)
    }

    /// Whether `left` was released before `right`.
    public static func < (left: DockerVersion, right: DockerVersion) -> Bool {
        left.parts.lexicographicallyPrecedes(right.parts)
    }

    /// The three numbers with dots.
    public var description: String { parts.map(String.init).joined(separator: ".") }
}
