public import Vocabulary

/// A release of the Docker client.
public struct DockerVersion: ReleaseVersion {
    /// Major, minor and patch number.
    public let numbers: [Int]

    /// The newest release that is known here.
    public static let newest = DockerVersion(29, 8, 0)

    /// A release by its three numbers.
    public init(numbers: [Int]) {
        self.numbers = numbers
    }

    /// A release by its numbers.
    public init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        numbers = [major, minor, patch]
    }

    /// Reads `28`, `1.6.2`, `v20.10`, `19.03.6` or `18.06.1-ce`; `nil` for anything else.
    public init?(_ text: String) {
        self.init(dotted: text.prefix { $0 != "-" && $0 != "+" && $0 != "~" })
    }
}
