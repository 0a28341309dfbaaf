/// What a file looks like, by its first bytes.
enum ContentLook {
    /// What something that is no archive is instead, in words: people download login pages.
    static func description(of head: [UInt8]) -> String {
        guard !head.isEmpty else { return "it is empty" }
        let text = String(decoding: head.prefix(512), as: UTF8.self)
        let start = text.drop { $0.isWhitespace || $0 == "\u{feff}" }.prefix(64).lowercased()
        if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") {
            return "it looks like an HTML page"
        }
        if start.hasPrefix("<?xml") || start.hasPrefix("<error") {
            return "it looks like an XML document"
        }
        if start.hasPrefix("{") || start.hasPrefix("[") { return "it looks like a JSON document" }
        if start.hasPrefix("-----begin pgp") { return "it looks like a PGP message" }
        if start.hasPrefix("-----begin") { return "it looks like a PEM file" }
        if start.hasPrefix("version https://git-lfs") { return "it is a Git LFS pointer" }
        if start.hasPrefix("rar!") { return "it looks like a RAR archive" }
        if head.starts(with: [0x37, 0x7a, 0xbc, 0xaf]) { return "it looks like a 7z archive" }
        if head.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) { return "it looks like zstd data" }
        if head.starts(with: [0x7f, 0x45, 0x4c, 0x46]) { return "it looks like a program" }
        if head.allSatisfy({ $0 >= 0x20 && $0 < 0x7f || $0 == 9 || $0 == 10 || $0 == 13 }) {
            return "it looks like text"
        }
        return head.count < 512
            ? "it is only \(head.count) bytes" : "its bytes are of no known kind"
    }
}
