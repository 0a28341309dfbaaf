/// What a file looks like, by its first bytes: people download login pages and call them
/// docker.tar.gz.
struct ContentLook {
    /// In words, as a clause: `it looks like an HTML page`.
    let words: String
    /// Whether libarchive, and so Mesos, would take it for an archive.
    var isReadByLibarchive = false

    /// The look of content that begins with `head`, its first block or all.
    init(of head: [UInt8]) {
        if head.isEmpty {
            words = "it is empty"
        } else if let known = Self.magics.first(where: { $0.matches(head) }) {
            words = known.words
            isReadByLibarchive = known.isReadByLibarchive
        } else if Self.isPGP(head) {
            words = "it looks like a PGP message"
        } else {
            words = Self.text(of: head) ?? Self.bytes(of: head)
        }
    }

    /// Bytes at the front, or behind it, of a format that is no archive here.
    private struct Magic {
        let offset: Int
        let bytes: [UInt8]
        let words: String
        let isReadByLibarchive: Bool

        init(_ bytes: [UInt8], _ what: String, libarchive: Bool = false, at offset: Int = 0) {
            self.bytes = bytes
            self.offset = offset
            words = "it looks like \(what)"
            isReadByLibarchive = libarchive
        }

        init(_ text: String, _ what: String, libarchive: Bool = false) {
            self.init(Array(text.utf8), what, libarchive: libarchive)
        }

        func matches(_ head: [UInt8]) -> Bool { head.dropFirst(offset).starts(with: bytes) }
    }

    private static let magics: [Magic] = [
        Magic([0x1f, 0x8b], "gzip data"),
        Magic("BZh", "bzip2 data"),
        Magic([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "xz data"),
        Magic([0x50, 0x4b, 3, 4], "a zip archive", libarchive: true),
        Magic([0x50, 0x4b, 5, 6], "an empty zip archive", libarchive: true),
        Magic("Rar!\u{1a}\u{07}", "a RAR archive", libarchive: true),
        Magic([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "a 7z archive", libarchive: true),
        Magic("070701", "a cpio archive", libarchive: true),
        Magic("070702", "a cpio archive", libarchive: true),
        Magic("070707", "a cpio archive", libarchive: true),
        Magic([0xc7, 0x71], "a cpio archive", libarchive: true),
        Magic([0x71, 0xc7], "a cpio archive", libarchive: true),
        Magic("#mtree", "an mtree description", libarchive: true),
        Magic([0xed, 0xab, 0xee, 0xdb], "an RPM package", libarchive: true),
        Magic("!<arch>\ndebian", "a Debian package", libarchive: true),
        Magic("!<arch>\n", "an ar archive", libarchive: true),
        Magic([0x28, 0xb5, 0x2f, 0xfd], "zstd data"),
        Magic([0x04, 0x22, 0x4d, 0x18], "LZ4 data"),
        Magic([0x1f, 0x9d], "compress (.Z) data", libarchive: true),
        Magic("LZIP", "lzip data"),
        Magic([0x89, 0x4c, 0x5a, 0x4f], "lzop data"),
        Magic([0x5d, 0x00, 0x00], "lzma data"),
        Magic("MSCF", "a cabinet archive", libarchive: true),
        Magic("xar!", "a xar archive", libarchive: true),
        Magic([0x7f, 0x45, 0x4c, 0x46], "a program"),
        Magic("#!", "a script"),
        Magic("%PDF", "a PDF document"),
        Magic("version https://git-lfs", "a Git LFS pointer"),
    ]

    /// Whether it begins with a packet that holds a session key (RFC 4880, 4.2, 5.1 and 5.3).
    private static func isPGP(_ head: [UInt8]) -> Bool {
        guard head.count > 3 else { return false }
        return switch head[0] {
        case 0x84: head[2] == 3
        case 0x85: head[3] == 3
        case 0xc1: head[2] == 3 || head[3] == 3
        case 0x8c, 0xc3: head[1] < 0x20 && head[2] == 4
        default: false
        }
    }

    /// What a text says of itself, behind blanks and a byte order mark.
    private static func text(of head: [UInt8]) -> String? {
        let text = String(decoding: head.prefix(512), as: UTF8.self)
        let start = text.drop { $0.isWhitespace || $0 == "\u{feff}" }.prefix(64).lowercased()
        for (prefix, what) in [
            ("<!doctype html", "an HTML page"), ("<html", "an HTML page"),
            ("<?xml", "an XML document"), ("<error", "an XML document"),
            ("-----begin pgp", "a PGP message"), ("-----begin", "a PEM file"),
            ("{", "a JSON document"), ("[", "a JSON document"),
        ] where start.hasPrefix(prefix) {
            return "it looks like \(what)"
        }
        let isText = head.allSatisfy {
            $0 >= 0x20 && $0 < 0x7f || (9...13).contains($0)
        }
        return isText ? "it looks like text" : nil
    }

    private static func bytes(of head: [UInt8]) -> String {
        if head.allSatisfy({ $0 == 0 }) { return "it is only \(head.count) zeros" }
        return head.count < 512
            ? "it is only \(head.count) bytes, of no known kind" : "its bytes are of no known kind"
    }
}
