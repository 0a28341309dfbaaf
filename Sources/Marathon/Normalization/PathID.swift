import LocatedJSON

/// Marathon's ids: segments of labels, joined by slashes (`PathId`).
enum PathID {
    /// Whether the text is one: labels of lower-case letters, digits and inner hyphens, joined by
    /// single dots; `..` is a segment, `.` is none; extra slashes are tolerated.
    static func isValid(_ text: String) -> Bool {
        guard !text.isEmpty else { return false }
        return text.split(separator: "/").allSatisfy { segment in
            segment == ".."
                || segment.split(separator: ".", omittingEmptySubsequences: false)
                    .allSatisfy(isLabel)
        }
    }

    private static func isLabel(_ label: Substring) -> Bool {
        guard let first = label.utf8.first, let last = label.utf8.last, first != 0x2d,
            last != 0x2d
        else { return false }
        return label.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2d }
    }

    /// The id as an absolute one, `..` resolved and never above the root.
    static func absolute(_ text: String, below base: String = "/") -> String {
        var segments: [Substring] = []
        let full = text.hasPrefix("/") ? text : base + "/" + text
        for segment in full.split(separator: "/") {
            if segment == ".." {
                _ = segments.popLast()
            } else {
                segments.append(segment)
            }
        }
        return "/" + segments.joined(separator: "/")
    }

    /// The id without its last segment.
    static func parent(of id: String) -> String {
        "/" + id.split(separator: "/").dropLast().joined(separator: "/")
    }

    /// The last part of an id that is also a part of Marathon's own addresses.
    static func checkReserved(_ id: String, at value: JSONValue?, _ list: inout ViolationList) {
        guard let last = id.split(separator: "/").last,
            ["restart", "tasks", "versions"].contains(last)
        else { return }
        list.add(
            "A-ID-RESERVED", "/id", "the last part of an id cannot be \"\(last)\"",
            "name it otherwise", at: value)
    }

    /// Whether a secret's source lies in the space of a service, as DC/OS decides: the source
    /// without its last segment is a prefix of the service's id, by whole segments.
    static func isSource(_ source: String, inSpaceOf id: String) -> Bool {
        let space = source.split(separator: "/").dropLast()
        return id.split(separator: "/").starts(with: space)
    }
}
