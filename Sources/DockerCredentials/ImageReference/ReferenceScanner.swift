/// Scans `host/path[:tag][@digest]` by the grammar of distribution/reference (`regexp.go`).
struct ReferenceScanner {
    struct Parts {
        var nameLength = 0
        var host = ""
        var path = ""
        var tag: String?
        var digest: String?
    }

    private static let invalid = ImageReferenceError("invalid reference format")

    private let text: [UInt8]
    private let takesAddresses: Bool
    private var index = 0

    /// - Parameters:
    ///   - text: `host/path[:tag][@digest]`.
    ///   - takesAddresses: Whether the host may be an IPv6 address in brackets.
    private init(_ text: [UInt8], takesAddresses: Bool) {
        self.text = text
        self.takesAddresses = takesAddresses
    }

    /// Scans a text; where it is wrong in nothing but its case, the error says so (`Parse`).
    static func parts(
        of text: [UInt8], takesAddresses: Bool
    ) throws(ImageReferenceError) -> Parts {
        var scanner = ReferenceScanner(text, takesAddresses: takesAddresses)
        do throws(ImageReferenceError) {
            return try scanner.scan()
        } catch {
            guard error == invalid, text.contains(where: { $0 &- 0x41 < 26 }) else { throw error }
            let lower = text.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
            scanner = ReferenceScanner(lower, takesAddresses: takesAddresses)
            do throws(ImageReferenceError) {
                _ = try scanner.scan()
            } catch {
                // Any other fault is one of a digest whose form is right.
                if error == invalid { throw error }
            }
            throw ImageReferenceError("repository name must be lowercase")
        }
    }

    static func isLowerHex(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (0x61...0x66).contains(byte)
    }

    private mutating func scan() throws(ImageReferenceError) -> Parts {
        var parts = Parts()
        let hostEnd = endOfHost()
        if hostEnd > 0, hostEnd < text.count, text[hostEnd] == UInt8(ascii: "/"),
            let pathEnd = endOfPath(from: hostEnd + 1)
        {
            parts.host = string(0..<hostEnd)
            parts.path = string(hostEnd + 1..<pathEnd)
            index = pathEnd
        } else if let pathEnd = endOfPath(from: 0) {
            // An underscore breaks the host's grammar: then all of it is path, and no host is left.
            parts.path = string(0..<pathEnd)
            index = pathEnd
        } else {
            throw Self.invalid
        }
        parts.nameLength = index
        if index < text.count, text[index] == UInt8(ascii: ":") {
            parts.tag = try scanTag()
        }
        if index < text.count, text[index] == UInt8(ascii: "@") {
            parts.digest = try scanDigest()
        }
        guard index == text.count else { throw Self.invalid }
        return parts
    }

    private func isLetterOrDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
    }

    private func isLowerOrDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || byte &- 0x61 < 26
    }

    /// Labels joined by dots, or an address in brackets, with an optional port; 0 if none.
    private func endOfHost() -> Int {
        var end = 0
        if text.first == UInt8(ascii: "[") {
            guard takesAddresses else { return 0 }
            end = 1
            while end < text.count, text[end] == UInt8(ascii: ":") || isHex(text[end]) {
                end += 1
            }
            guard end > 1, end < text.count, text[end] == UInt8(ascii: "]") else { return 0 }
            end += 1
        } else {
            while true {
                let start = end
                while end < text.count,
                    isLetterOrDigit(text[end]) || text[end] == UInt8(ascii: "-")
                {
                    end += 1
                }
                guard end > start, text[start] != 0x2d, text[end - 1] != 0x2d else { return 0 }
                guard end < text.count, text[end] == UInt8(ascii: ".") else { break }
                end += 1
            }
        }
        if end < text.count, text[end] == UInt8(ascii: ":") {
            let start = end + 1
            end = start
            while end < text.count, text[end] &- 0x30 < 10 { end += 1 }
            guard end > start else { return 0 }
        }
        return end
    }

    private func isHex(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6
    }

    /// Components joined by slashes: runs of lower-case letters and digits, joined by one dot,
    /// one or two underscores, or hyphens.
    private func endOfPath(from start: Int) -> Int? {
        var end = start
        while true {
            let run = end
            while end < text.count, isLowerOrDigit(text[end]) { end += 1 }
            guard end > run else { return nil }
            guard end < text.count else { return end }
            switch text[end] {
            case UInt8(ascii: "/"), UInt8(ascii: "."): end += 1
            case UInt8(ascii: "_"):
                end += 1
                if end < text.count, text[end] == UInt8(ascii: "_") { end += 1 }
            case UInt8(ascii: "-"):
                while end < text.count, text[end] == UInt8(ascii: "-") { end += 1 }
            default: return end
            }
        }
    }

    private mutating func scanTag() throws(ImageReferenceError) -> String {
        let start = index + 1
        var end = start
        while end < text.count, end - start < 128,
            isLetterOrDigit(text[end]) || text[end] == UInt8(ascii: "_")
                || end > start && (text[end] == 0x2e || text[end] == 0x2d)
        {
            end += 1
        }
        guard end > start else { throw Self.invalid }
        index = end
        return string(start..<end)
    }

    private mutating func scanDigest() throws(ImageReferenceError) -> String {
        let start = index + 1
        guard let colon = text[start...].firstIndex(of: UInt8(ascii: ":")) else {
            throw Self.invalid
        }
        let digits = text[(colon + 1)...]
        guard isAlgorithm(text[start..<colon]) else { throw Self.invalid }
        guard digits.count >= 32, digits.allSatisfy(isHex) else { throw Self.invalid }
        let length: Int
        switch string(start..<colon) {
        case "sha256": length = 64
        case "sha384": length = 96
        case "sha512": length = 128
        default: throw ImageReferenceError("unsupported digest algorithm")
        }
        guard digits.count == length else {
            throw ImageReferenceError("invalid checksum digest length")
        }
        guard digits.allSatisfy(Self.isLowerHex) else {
            throw ImageReferenceError("invalid checksum digest format")
        }
        index = text.count
        return string(start..<text.count)
    }

    /// Words that begin with a letter, joined by one of `+`, `.`, `-`, `_`.
    private func isAlgorithm(_ name: ArraySlice<UInt8>) -> Bool {
        name.split(omittingEmptySubsequences: false, whereSeparator: { "+.-_".utf8.contains($0) })
            .allSatisfy { word in
                word.first.map { ($0 | 0x20) &- 0x61 < 26 } == true
                    && word.allSatisfy(isLetterOrDigit)
            }
    }

    private func string(_ range: Range<Int>) -> String {
        String(decoding: text[range], as: UTF8.self)
    }
}
