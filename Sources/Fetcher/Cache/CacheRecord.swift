import Vocabulary

/// What a cached file says of itself, in its first 4,096 bytes.
///
/// Lines of `name: value`, filled up with line ends: `head -n 8 FILE` shows it to a person. Record
/// and content are one file, so that one rename makes both visible or neither.
struct CacheRecord: Hashable, Sendable {
    /// The key that the file belongs to, 64 hexadecimal digits.
    var key: String
    /// The URI, without its secrets, for people.
    var uri: String
    /// The content's length in bytes.
    var bytes: UInt64
    /// SHA-256 of the content, 64 hexadecimal digits.
    var sha256: String
    /// The permission bits that copies get.
    var mode: UInt32?
    /// What the server said, to ask it again with.
    var entityTag: String?
    var lastModified: String?

    /// The length of a record in a file.
    static let length = 4_096
    private static let title = "simagent cached artifact 1"

    init(key: String, uri: String, bytes: UInt64, sha256: String, head: ContentHead) {
        self.key = key
        self.uri = uri.terminalSafe
        self.bytes = bytes
        self.sha256 = sha256
        mode = head.mode
        entityTag = head.entityTag.flatMap(Self.line)
        lastModified = head.lastModified.flatMap(Self.line)
    }

    /// Reads a record; `nil` for anything that is none.
    init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.length, let text = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        let lines = text.split(separator: "\n")
        guard lines.first == Self.title[...] else { return nil }
        var values: [Substring: Substring] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstRange(of: ": ") else { return nil }
            values[line[..<colon.lowerBound]] = line[colon.upperBound...]
        }
        guard let key = values["key"], let length = values["bytes"].flatMap({ UInt64($0) }),
            let sha256 = values["sha256"], sha256.utf8.count == 64, values["end"] == "yes"
        else { return nil }
        self.key = String(key)
        uri = values["uri"].map(String.init) ?? ""
        self.bytes = length
        self.sha256 = String(sha256)
        mode = values["mode"].flatMap { UInt32($0, radix: 8) }
        entityTag = values["etag"].map(String.init)
        lastModified = values["last-modified"].map(String.init)
    }

    /// The record as the file begins with it.
    var encoded: [UInt8] {
        var lines = ["key: \(key)", "bytes: \(bytes)", "sha256: \(sha256)"]
        if let mode { lines.append("mode: " + String(mode, radix: 8)) }
        if let entityTag { lines.append("etag: \(entityTag)") }
        if let lastModified { lines.append("last-modified: \(lastModified)") }
        // The longest comes last, cut to what is left.
        let fixed = ([Self.title] + lines + ["uri: ", "end: yes", ""]).joined(separator: "\n")
        var shown = uri
        while fixed.utf8.count + shown.utf8.count > Self.length { shown.removeLast() }
        lines += ["uri: \(shown)", "end: yes", ""]
        let text = Array((([Self.title] + lines).joined(separator: "\n")).utf8)
        return text + Array(repeating: 0x0a, count: Self.length - text.count)
    }

    /// The head to ask the source again with.
    var head: ContentHead {
        var head = ContentHead()
        head.length = bytes
        head.mode = mode
        head.entityTag = entityTag
        head.lastModified = lastModified
        return head
    }

    /// A server's value as one line of a record, `nil` where it is none or far too long.
    private static func line(_ value: String) -> String? {
        value.utf8.count <= 1_000 && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
            ? value : nil
    }
}
