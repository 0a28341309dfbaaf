public import Vocabulary

/// A release of Apache Mesos.
public struct MesosVersion: ReleaseVersion {
    /// Major, minor and patch number.
    public let numbers: [Int]

    /// The newest release that is known here.
    public static let newest = MesosVersion(1, 11, 0)

    /// A release by its three numbers.
    public init(numbers: [Int]) {
        self.numbers = numbers
    }

    /// A release by its numbers.
    public init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        numbers = [major, minor, patch]
    }

    /// Reads `1`, `1.9` or `1.9.0`, with or without a leading `v`; `nil` for anything else.
    public init?(_ text: String) {
        self.init(dotted: text)
    }
}
