/// The version of a product's release: up to three numbers, compared one after the other.
///
/// Each product has a type of its own, so that a Docker version is never taken for one of Mesos.
public protocol ReleaseVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Major, minor and patch number.
    var numbers: [Int] { get }

    /// A release by its three numbers.
    init(numbers: [Int])
}

extension ReleaseVersion {
    /// Reads one to three numbers with dots, with or without a leading `v`.
    ///
    /// - Parameter text: The text without any suffix.
    public init?(dotted text: some StringProtocol) {
        let digits = text.hasPrefix("v") ? text.dropFirst() : text[...]
        let words = digits.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = words.compactMap { word in
            word.utf8.allSatisfy { $0 &- 0x30 < 10 } ? Int(word) : nil
        }
        guard (1...3).contains(words.count), numbers.count == words.count else { return nil }
        self.init(numbers: numbers + Array(repeating: 0, count: 3 - numbers.count))
    }

    /// Whether `left` was released before `right`.
    public static func < (left: Self, right: Self) -> Bool {
        left.numbers.lexicographicallyPrecedes(right.numbers)
    }

    /// The three numbers with dots.
    public var description: String { numbers.map(String.init).joined(separator: ".") }
}
