/// A member's name as a place beneath the directory, by the hardened policy.
enum MemberPath {
    /// The directory itself.
    case root
    /// A plain relative path, fit for `ConfinedDirectory`.
    case beneath([UInt8], hadLeadingSlash: Bool)

    /// Normalises a name: leading slashes, doubled slashes and `.` components go.
    ///
    /// - Throws: ``ArchiveFault`` with code refused for `..` anywhere and for a NUL, limit for
    ///   what is too long.
    init(_ name: [UInt8], limits: ExtractionLimits) throws(ArchiveFault) {
        var path: [UInt8] = []
        path.reserveCapacity(name.count)
        var start = 0
        while start < name.count {
            let end = name[start...].firstIndex(of: UInt8(ascii: "/")) ?? name.count
            let component = name[start..<end]
            start = end + 1
            let isDots = component.count <= 2 && component.allSatisfy { $0 == UInt8(ascii: ".") }
            if isDots, component.count < 2 { continue }
            if isDots { throw ArchiveFault(.refused, "its name has a '..'", member: name) }
            if component.count > 255 {
                throw ArchiveFault(
                    .limit, "a part of its name is longer than 255 bytes", member: name)
            }
            if !path.isEmpty { path.append(UInt8(ascii: "/")) }
            path += component
        }
        if path.contains(0) {
            throw ArchiveFault(.refused, "its name has a NUL", member: name)
        }
        if path.count > limits.maxNameBytes {
            throw ArchiveFault(
                .limit, "its name is longer than \(limits.maxNameBytes) bytes", member: name)
        }
        self =
            path.isEmpty
            ? .root : .beneath(path, hadLeadingSlash: name.first == UInt8(ascii: "/"))
    }
}

/// Why a link's target may not be made, `nil` where it stays inside.
///
/// Mirrors the idea of PEP 706: absolute targets, targets that climb above the directory, and
/// `..` behind a name (whose meaning depends on what that name becomes) are refused.
func reasonAgainstTarget(_ target: [UInt8], ofLinkAt path: [UInt8]) -> String? {
    let shown = String(decoding: target.prefix(200), as: UTF8.self)
    if target.first == UInt8(ascii: "/") { return "its target \(shown) is absolute" }
    var depth = path.count { $0 == UInt8(ascii: "/") }
    var sawName = false
    for component in target.split(separator: UInt8(ascii: "/")) {
        if component.elementsEqual([UInt8(ascii: ".")]) { continue }
        if component.elementsEqual([UInt8(ascii: "."), UInt8(ascii: ".")]) {
            if sawName { return "its target \(shown) has '..' behind a name" }
            depth -= 1
            if depth < 0 { return "its target \(shown) leads out of the directory" }
        } else {
            sawName = true
        }
    }
    return nil
}
