import Archives

/// Members from a few bytes each: names that collide, links that point at each other, parents
/// that are replaced; what a byte-wise fuzzer of tar headers would take years to write.
enum MemberScript {
    private static let parts: [String] = ["a", "b", "c", "a", "b", ".", "..", "", "long"]

    @Sendable static func archive(_ input: [UInt8]) -> [UInt8] {
        var bytes = input[...]
        var members: [(entry: TarEntry, data: [UInt8])] = []
        while let kind = bytes.popFirst(), members.count < 24 {
            let name = path(from: &bytes, isName: true)
            let mode = UInt32(bytes.popFirst() ?? 0) << 4 | UInt32(kind >> 4)
            switch kind % 6 {
            case 0, 1:
                let count = Int(bytes.popFirst() ?? 0) * (kind & 0x40 == 0 ? 1 : 300)
                let data = [UInt8](repeating: kind, count: count)
                members.append((TarEntry(file: name, size: 0, mode: mode), data))
            case 2: members.append((TarEntry(directory: name, mode: mode), []))
            case 3, 4:
                let target = path(from: &bytes, isName: false)
                members.append((TarEntry(symlink: name, target: target), []))
            default:
                let target = path(from: &bytes, isName: false)
                members.append((TarEntry(hardLink: name, target: target), []))
            }
        }
        // A name of no bytes cannot be packed: such a script is an archive of nothing.
        return (try? packTar(members, compression: .none)) ?? []
    }

    private static func path(from bytes: inout ArraySlice<UInt8>, isName: Bool) -> String {
        let shape = bytes.popFirst() ?? 0
        var words: [String] = []
        for _ in 0...(Int(shape) & 3) {
            let byte = bytes.popFirst() ?? 0
            let part = parts[Int(byte) % parts.count]
            words.append(part == "long" ? String(repeating: "l", count: 120) : part)
        }
        var path = words.joined(separator: "/")
        if shape & 0x80 != 0, shape & 0x40 != 0 { path = "/" + path }
        if path.isEmpty { path = isName ? "a" : "b" }
        return path
    }
}
