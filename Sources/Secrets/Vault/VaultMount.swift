import LocatedJSON
import Vocabulary

/// Where a KV engine is mounted, and how its addresses look.
struct VaultMount: Sendable {
    /// The version of the engine.
    enum Version: Sendable {
        case one
        case two
    }

    /// What of a secret is meant; version 1 has one address for both.
    enum Part: String, Sendable {
        case data
        case metadata
    }

    /// Without slashes at its ends.
    let path: String

    private var encoded: String {
        path.split(separator: "/").map { percentEncoded(String($0)) }.joined(separator: "/")
    }

    /// The address that tells the engine's type and version to any token that may use the mount.
    var question: String { "/v1/sys/internal/ui/mounts/" + encoded }

    func address(of secret: SecretPath, _ part: Part, version: Version) -> String {
        let middle = version == .two ? "/\(part.rawValue)/" : "/"
        return "/v1/" + encoded + middle + secret.encoded
    }

    /// The version in the answer to ``question``, `nil` for an engine of another type.
    static func version(in answer: JSONValue?) -> Version? {
        guard let data = answer?["data"], data.kind == .object else { return nil }
        let type = data["type"]?.stringValue ?? "kv"
        guard ["kv", "generic"].contains(type) else { return nil }
        let version = data["options"]?["version"]
        return version?.stringValue == "2" || version?.numberText == "2" ? .two : .one
    }

    /// In words that a version is gone, `nil` where it is not.
    static func deletion(_ metadata: JSONValue) -> String? {
        let version = metadata["version"]?.numberText ?? "?"
        if metadata["destroyed"]?.boolValue == true { return "version \(version) was destroyed" }
        guard let time = metadata["deletion_time"]?.stringValue, !time.isEmpty,
            // A time to come is a plan (`delete_version_after`); the data is still there then.
            metadata.document.root["data"]?["data"]?.kind != .object
        else { return nil }
        return "version \(version) was deleted at \(time.terminalSafe)"
    }
}
