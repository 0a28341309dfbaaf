import DockerCredentials
import Foundation
import Testing

private let skopeo = ["/usr/bin/skopeo", "/usr/local/bin/skopeo"].first {
    FileManager.default.isExecutableFile(atPath: $0)
}

/// The installed skopeo and ``ContainersImage`` over random files, from a fixed seed.
@Suite struct `The installed skopeo` {
    /// SplitMix64: the same files in every run.
    struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var word = state
            word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
            word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
            return word ^ (word >> 31)
        }
    }

    static let hosts = ["quay.io", "docker.io", "localhost:5000", "registry.example.com", "gcr.io"]
    static let paths = ["team/app", "library/ubuntu", "one/app", "team/sub/app", "other/app"]
    static let forms = [
        "HOST", "HOST", "HOST", "https://HOST", "http://HOST", "https://HOST/v1/", "HOST/",
        "HOST/v2/", "HOST/team", "HOST/team/app", "HOST/other", "HTTPS://HOST", "HOST:443",
        "https://index.docker.io/v1/", "index.docker.io", "registry-1.docker.io", "docker.io",
        "docker.io/library", "http://https://HOST", "*.HOST",
    ]

    static func config(_ random: inout Random) -> String {
        var entries: [String] = []
        for number in 0..<Int.random(in: 0...4, using: &random) {
            let host = hosts.randomElement(using: &random) ?? ""
            let form = forms.randomElement(using: &random) ?? ""
            let key = form.replacingOccurrences(of: "HOST", with: host)
            let auth =
                switch Int.random(in: 0..<12, using: &random) {
                case 0: ""
                case 1: Data("justtoken".utf8).base64EncodedString()
                case 2: "not base64"
                case 3: Data(":p".utf8).base64EncodedString()
                default: Data("u\(number):p".utf8).base64EncodedString()
                }
            let name = Bool.random(using: &random) ? "auth" : "AUTH"
            entries.append("\"\(key)\": {\"\(name)\": \"\(auth)\"}")
        }
        let auths = "{\(entries.joined(separator: ", "))}"
        switch Int.random(in: 0..<14, using: &random) {
        case 0: return "{\"auths\": \(auths)} trailing"
        case 1: return "{\"auths\": \(auths), \"credsStore\": \"none\"}"
        case 2: return "\u{feff}{\"auths\": \(auths)}"
        case 3: return "{\"Auths\": \(auths), \"auths\": {}}"
        case 4: return "{\"auths\": \(auths), \"credsStore\": true}"
        default: return "{\"auths\": \(auths)}"
        }
    }

    @Test(.timeLimit(.minutes(5))) func `agree on five hundred files`() throws {
        let program = try #require(skopeo)
        var random = Random(state: 0x51_6d_61_67)
        for number in 0..<500 {
            let text = Self.config(&random)
            let image =
                (Self.hosts.randomElement(using: &random) ?? "") + "/"
                + (Self.paths.randomElement(using: &random) ?? "")
            let legacy = Int.random(in: 0..<6, using: &random) == 0
            let sandbox = try SandboxFixture([
                legacy ? ".dockercfg" : ".docker/config.json": .bytes(Data(text.utf8), mode: nil)
            ])
            let theirs = try login(program, image, home: sandbox.url.path)
            let decision = ContainersImage(environment: sandbox.environment([:]))
                .decide(reference: image)
            let outcomes = decision.anyOf.isEmpty ? [decision] : decision.anyOf
            let ours = outcomes.map { $0.kind == .error ? "" : $0.username ?? "" }
            #expect(ours.contains(theirs), "\(number): \(image) in \(text)")
        }
    }

    /// The user that skopeo prints; empty where it says that there is none, or fails.
    private func login(_ program: String, _ image: String, home: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["login", "--get-login", image]
        process.environment = ["HOME": home]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return "" }
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
}
