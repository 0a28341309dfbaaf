import Foundation

/// How much the tests take upon themselves; `scripts/test --deep` says it by the environment.
enum DeepTesting {
    private static let environment = ProcessInfo.processInfo.environment

    /// Whether everything is tried, which takes hours.
    static let isOn = environment["SIMAGENT_DEEP"] != nil
    /// Whether the programs were built with a sanitizer, whose memory is not theirs.
    static let isSanitized = environment["SIMAGENT_SANITIZER"] != nil
    /// Whether it was the thread sanitizer's, which keeps large files of its own.
    static let isThreadSanitized = environment["SIMAGENT_SANITIZER"] == "thread"

    /// What a sanitizer is told, for every program that a test starts.
    static let sanitizerOptions = environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }

    /// Arguments of `extract` that must make no difference.
    static let extractionFlags: [String] = {
        guard isOn else { return [""] }
        #if ISAL
        let libraries = ["zlib", "isal"]
        #else
        let libraries = ["zlib"]
        #endif
        return libraries.flatMap { library in
            [1, 2, 4].map { " --inflate \(library) --threads \($0)" }
        }
    }()
}
