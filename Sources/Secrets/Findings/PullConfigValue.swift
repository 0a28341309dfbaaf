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
        } else if Self.isArchive(bytes) {
            self = .archive
        } else if let decoded = Self.decoded(bytes),
            Self.kind(ofJSON: decoded) == .dockerConfig
        {
            self = .encodedDockerConfig
        } else if let decoded = Self.decoded(bytes), Self.isArchive(decoded) {
            self = .archive
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

    /// gzip or zip.
    private static func isArchive(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x1f, 0x8b]) || bytes.starts(with: [0x50, 0x4b, 3, 4])
    }

    /// What base64 of either alphabet holds, in lines or not, padded or not.
    private static func decoded(_ bytes: [UInt8]) -> [UInt8]? {
        var text = bytes.filter { $0 > 0x20 }.map { byte in
            byte == UInt8(ascii: "-")
                ? UInt8(ascii: "+") : byte == UInt8(ascii: "_") ? UInt8(ascii: "/") : byte
        }
        while !text.count.isMultiple(of: 4) { text.append(UInt8(ascii: "=")) }
        return Data(base64Encoded: Data(text)).map(Array.init)
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
