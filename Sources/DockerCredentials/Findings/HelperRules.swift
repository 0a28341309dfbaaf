import LocatedJSON
import Vocabulary

/// Rules about the helper that is asked for a key: H01 to H03, H05, H06.
struct HelperRules {
    let file: ConfigFile
    let document: JSONDocument
    let context: ReviewContext

    /// Judges the helper for `key`.
    ///
    /// - Parameters:
    ///   - key: The key that is wanted.
    ///   - entry: What the file itself has for it.
    ///   - sink: Where findings go.
    /// - Returns: Whether the helper decides, so that the file's entries are no matter.
    func review(_ key: String, entry: ConfigFile.Entry?, _ sink: inout FindingSink) -> Bool {
        if context.behavior.knowsCredentialHelpers,
            let helper = file.credentialHelpers.first(where: { $0.host == key })
        {
            return single(key, helper.suffix, &sink)
        }
        guard context.behavior.knowsCredentialStore, !file.credentialStore.isEmpty else {
            return false
        }
        return store(key, entry, &sink)
    }

    private func single(_ key: String, _ suffix: String, _ sink: inout FindingSink) -> Bool {
        let place = document.member(key, of: "credHelpers")?.value.location
        if suffix.isEmpty {
            if !file.credentialStore.isEmpty {
                sink.add(
                    "H05", at: place, severity: .info,
                    "credHelpers/\(key) is empty, and so switches credsStore off for it")
            }
            return false
        }
        if refuses(suffix, "credHelpers/\(key)", place, &sink) { return true }
        let program = "docker-credential-\(suffix)"
        if !context.hasProgram(program) {
            sink.add(
                "H03", at: place, "\(program) is asked for \(key), and is not on the PATH",
                advice: "install \(program) on every agent, or pack a plain login")
        } else {
            amazon(suffix, place, &sink)
        }
        return true
    }

    private func store(
        _ key: String, _ entry: ConfigFile.Entry?, _ sink: inout FindingSink
    ) -> Bool {
        let suffix = file.credentialStore
        let place = document.root.members.reversed()
            .first { $0.name.lowercased() == "credsstore" }?
            .value.location
        if refuses(suffix, "credsStore", place, &sink) { return true }
        let program = "docker-credential-\(suffix)"
        if let entry, entry.undecodable == nil, entry.kind != .anonymous {
            let answers = context.hasProgram(program)
            let words =
                answers
                ? "what it answers counts, and the file's login for \(key) does not"
                : "Docker 29 and newer fail without it, older ones use the file's login"
            sink.add("H02", at: place, "credsStore names \(program); \(words)")
            return answers
        }
        if context.hasProgram(program) {
            amazon(suffix, place, &sink)
            return true
        }
        if let entry, entry.undecodable != nil { return false }
        sink.add(
            "H01", at: place,
            "the login is in the \"\(suffix)\" keychain of the machine where the file was made, not"
                + " in the file")
        return true
    }

    private func refuses(
        _ suffix: String, _ path: String, _ place: JSONLocation?, _ sink: inout FindingSink
    ) -> Bool {
        let isName =
            !suffix.contains("..")
            && suffix.utf8.allSatisfy { $0 > 0x20 && $0 != 0x2f && $0 != 0x5c && $0 != 0x7f }
        guard !isName else { return false }
        sink.add("H05", at: place, "\(path) is no name of a helper: \(suffix)")
        return true
    }

    private func amazon(_ suffix: String, _ place: JSONLocation?, _ sink: inout FindingSink) {
        guard suffix == "ecr-login" else { return }
        sink.add(
            "H06", at: place,
            "ecr-login needs AWS credentials in the agent's environment; its faults look like a"
                + " missing login")
    }
}
