import FoundationEssentials
import LocatedJSON
public import Vocabulary

/// What the value of a pull secret is, where it is not what Mesos wants: a Docker config.
public enum PullConfigValue: Sendable, Hashable {
    /// The text of a `config.json`, or of the older `.dockercfg`.
    case dockerConfig
    /// The same in base64, which Mesos does not decode.
    case encodedDockerConfig
    /// JSON of another kind.
    case otherJSON
    /// An archive, such as a `docker.tar.gz`.
    case archive
    /// Nothing, or blanks alone.
    case empty
    /// None of these.
    case noJSON

    /// Looks at a value.
    ///
    /// - Parameter value: The bytes of the secret.
    public init(_ value: Secret) {
        let bytes = value.reveal()
        if let kind = Self.kind(ofJSON: bytes) {
            self = kind
        } else if bytes.allSatisfy({ $0 <= 0x20 }) {
            self = .empty
        } else if bytes.starts(with: [0x1f, 0x8b]) {
            self = .archive
        } else if let data = Data(base64Encoded: Data(bytes.filter { $0 > 0x20 })),
            Self.kind(ofJSON: Array(data)) == .dockerConfig
        {
            self = .encodedDockerConfig
        } else {
            self = .noJSON
        }
    }

    /// In words, to stand behind "the value"; `nil` for a Docker config.
    public var fault: String? {
        switch self {
        case .dockerConfig: nil
        case .encodedDockerConfig: "is a Docker config in base64, which Mesos does not decode"
        case .otherJSON: "is JSON, and no Docker config"
        case .archive: "is an archive; the secret holds the config.json itself"
        case .empty: "is empty"
        case .noJSON: "is no JSON"
        }
    }

    private static func kind(ofJSON bytes: [UInt8]) -> Self? {
        guard let document = try? JSONDocument(parsing: bytes), document.trailingOffset == nil
        else { return nil }
        let root = document.root
        guard root.kind == .object else { return .otherJSON }
        if let auths = root["auths"] { return auths.kind == .object ? .dockerConfig : .otherJSON }
        let isOld = root.members.contains { $0.value["auth"] != nil }
        return isOld ? .dockerConfig : .otherJSON
    }
}
