/// A path as Go's `filepath.Clean` writes it: no empty part and no `.`, and `..` resolved by name.
func goPath(_ path: String) -> String {
    let isRooted = path.hasPrefix("/")
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
        if part != ".." {
            parts.append(part)
        } else if let last = parts.last, last != ".." {
            parts.removeLast()
        } else if !isRooted {
            parts.append(part)
        }
    }
    let clean = (isRooted ? "/" : "") + parts.joined(separator: "/")
    return clean.isEmpty ? "." : clean
}
