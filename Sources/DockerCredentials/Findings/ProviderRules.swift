import LocatedJSON
import Vocabulary

/// Rules about what single registries hand out: P01, P03 to P09.
struct ProviderRules {
    let entry: ConfigFile.Entry
    let host: String
    let now: Int64

    private static let azureUser = "00000000-0000-0000-0000-000000000000"
    private static let halfAnHour: Int64 = 1_800

    /// Judges a login; returns whether a rule has named a fault that other rules would name again.
    func review(_ sink: inout FindingSink) -> Bool {
        let user = entry.username
        let password = String(decoding: entry.password.reveal(), as: UTF8.self)
        switch user {
        case "AWS": amazon(&sink)
        case "oauth2accesstoken":
            add("P03", "the login of \(entry.key) is a Google access token, which lives one hour")
        case "_json_key", "_json_key_base64": google(&sink)
        case "robot":
            add("P08", "the user of \(entry.key) is robot: the shell has eaten the rest behind $")
        default: break
        }
        let isGitHubJob = password.hasPrefix("ghs_")
        if isGitHubJob || user == "gitlab-ci-token" || password.hasPrefix("glcbt-")
            || ["$CI_JOB_TOKEN", "${CI_JOB_TOKEN}"].contains(password)
        {
            sink.add(
                "P06", at: entry.location, "the login of \(entry.key) is the token of one CI job",
                advice: isGitHubJob
                    ? "use a classic token with read:packages" : "use a deploy token")
        }
        if password.hasPrefix("github_pat_"), host == "ghcr.io" {
            add("P07", "the token of \(entry.key) is fine-grained, which GHCR does not support")
        }
        if entry.key == ImageReference.hubKey, entry.kind == .basic,
            !password.hasPrefix("dckr_pat_"), !password.hasPrefix("dckr_oat_")
        {
            add("P09", "the Docker Hub login of the file is an account's password")
        }
        if user == Self.azureUser || host.hasSuffix(".azurecr.io") { return azure(&sink) }
        return false

        func add(_ id: String, _ message: String) { sink.add(id, at: entry.location, message) }
    }

    private func amazon(_ sink: inout FindingSink) {
        guard let end = AmazonToken(entry)?.expiration else { return }
        expiry("P01", "ECR", end, "12 hours", &sink)
    }

    private func google(_ sink: inout FindingSink) {
        var text = entry.password.reveal()
        if entry.username == "_json_key_base64" { text = (try? GoBase64.decode(text)) ?? [] }
        let document = try? JSONDocument(parsing: text)
        guard document?.root["type"]?.stringValue != "service_account" else { return }
        sink.add(
            "P04", at: entry.location,
            "the password of \(entry.key) is no key of a Google service account")
    }

    private func azure(_ sink: inout FindingSink) -> Bool {
        let password = entry.password.reveal()
        if entry.username == Self.azureUser, password.isEmpty, entry.identityToken.isEmpty {
            sink.add("P05", at: entry.location, "the login of \(entry.key) has no Azure token")
            return true
        }
        let token = entry.identityToken.isEmpty ? password : entry.identityToken.reveal()
        guard let end = JSONWebToken(token)?.expiration else { return false }
        expiry("P05", "ACR", end, "3 hours", &sink)
        return false
    }

    private func expiry(
        _ id: String, _ provider: String, _ end: Int64, _ life: String,
        _ sink: inout FindingSink
    ) {
        guard end < now.addingReportingOverflow(Self.halfAnHour).partialValue else { return }
        let words = end < now ? "expired at" : "expires at"
        sink.add(
            id, at: entry.location, severity: end < now ? .error : .warning,
            "the \(provider) token of \(entry.key) \(words) \(utcText(end)); such tokens live"
                + " \(life)")
    }
}

/// A JSON web token, of which only the end of its life is read; the signature is not checked.
struct JSONWebToken {
    /// When it ends, in seconds since 1970.
    let expiration: Int64?

    /// Reads three parts joined by dots; `nil` where it is no such token.
    init?(_ token: [UInt8]) {
        let parts = token.split(separator: 0x2e, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var payload = parts[1].map { (byte: UInt8) -> UInt8 in
            byte == 0x2d ? 0x2b : byte == 0x5f ? 0x2f : byte
        }
        while payload.count % 4 != 0 { payload.append(0x3d) }
        guard let text = try? GoBase64.decode(payload),
            let document = try? JSONDocument(parsing: text)
        else { return nil }
        expiration = document.root["exp"]?.numberText.flatMap { Int64($0) }
    }
}

/// Seconds since 1970 as `2026-02-03 04:05 UTC`; the number itself where it is no sensible time.
func utcText(_ seconds: Int64) -> String {
    guard (0...253_402_300_799).contains(seconds) else { return "\(seconds)" }
    // Days to a date by the civil calendar's 400-year cycle, from 1 March of year 0.
    let days = seconds / 86_400 + 719_468
    let era = days / 146_097
    let dayOfEra = days - era * 146_097
    let year = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let date = "\(year + era * 400 + (month <= 2 ? 1 : 0))-\(two(month))-\(two(day))"
    return "\(date) \(two(seconds % 86_400 / 3_600)):\(two(seconds % 3_600 / 60)) UTC"
}
