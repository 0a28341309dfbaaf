/// How much a finding matters; ordered from the least to the most.
public enum Severity: String, Sendable, Comparable, CaseIterable {
    /// Worth knowing; nothing needs to change.
    case info
    /// Works by luck, or leaks something.
    case warning
    /// The definition will not do what it is meant to do.
    case error

    /// Whether `left` matters less than `right`.
    public static func < (left: Severity, right: Severity) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .error: 2
        }
    }
}
