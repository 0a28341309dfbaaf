import DockerCredentials

/// What is read: the kinds of references that definitions hold, in their usual proportion.
enum References {
    /// A thousand references, the same in every run; one in twenty is invalid.
    static func mixture() -> [String] {
        let digest = String(repeating: "0123456789abcdef", count: 4)
        return (0..<1_000).map { number in
            switch number % 20 {
            case 0..<4: "redis:\(number)"
            case 4..<6: "library/ubuntu"
            case 6..<12: "quay.io/team-\(number)/service:1.\(number).0"
            case 12..<16: "registry.example.com:5000/group/sub.group/app_\(number):v\(number)"
            case 16..<18: "gcr.io/project-\(number)/app@sha256:\(digest)"
            case 18: "localhost:5000/a/b/c/d/e:latest"
            default: "quay.io/Team/app:\(number)"
            }
        }
    }

    /// A file with one login, whatever the path.
    static let file: @Sendable (String) -> ClientEnvironment.File = { path in
        path.hasSuffix("config.json")
            ? .bytes(Array(#"{"auths": {"quay.io": {"auth": "dXNlcjpwYXNzd29yZA=="}}}"#.utf8))
            : .missing
    }
}
