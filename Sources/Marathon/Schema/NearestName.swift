/// The known name that an unknown one was meant to be.
enum NearestName {
    /// Names of one place that are written in another, and what to write instead.
    private static let known = [
        "forcePull": "forcePullImage", "force": "forcePull", "forcePullImage": "forcePull",
        "artifacts": "fetch", "fetch": "artifacts", "uris": "artifacts", "env": "environment",
        "environment": "env", "command": "cmd", "image_pull_config": "pullConfig",
        "imagePullConfig": "pullConfig",
    ]

    /// The name among `candidates` that is equal but for the case of letters, or one or two
    /// letters away, or a known confusion.
    static func of(_ name: String, among candidates: [String]) -> String? {
        // A long name is no slip of the finger, and would cost its length squared.
        guard name.utf8.count <= 40 else { return nil }
        let lowered = name.lowercased()
        if let same = candidates.first(where: { $0.lowercased() == lowered }) { return same }
        if let meant = known[name], candidates.contains(meant) { return meant }
        let letters = Array(lowered.utf8)
        return
            candidates
            .map { (name: $0, distance: distance(letters, Array($0.lowercased().utf8))) }
            .filter { $0.distance <= 2 && $0.distance < letters.count }
            .min { $0.distance < $1.distance }?.name
    }

    /// Levenshtein's distance; 3 stands for all that is farther.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard abs(left.count - right.count) <= 2 else { return 3 }
        var row = Array(0...right.count)
        for (index, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in right.enumerated() {
                let substituted = diagonal + (byte == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(substituted, diagonal + 1, row[column] + 1)
            }
        }
        return min(row[right.count], 3)
    }
}
