import Vocabulary

/// How S3 is asked: keys, region and endpoint, as the AWS command line finds them.
///
/// The library looks at no environment and no file of the user's: the program hands them over.
public struct S3Settings: Sendable, Hashable {
    /// The account's keys, `nil` to ask anonymously.
    public var keys: ObjectStoreKeys?
    /// The region of the buckets, `nil` for `us-east-1` until S3 names another.
    public var region: String?
    /// The address of another store that speaks S3's language, which is asked in path style.
    public var endpoint: String?
    /// Why there are no keys though some were meant; one line.
    public var problem: String?

    /// S3 of AWS, asked anonymously.
    public init() {}

    /// What the standard variables and files of AWS say.
    ///
    /// Keys come from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, else
    /// from the profile (`AWS_PROFILE`, else `default`) of the credentials file, else of the config
    /// file; the region from `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile; the endpoint from
    /// `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`, the profile.
    ///
    /// - Parameters:
    ///   - environment: Names to values; only those above are looked at.
    ///   - credentials: The text of `~/.aws/credentials`.
    ///   - config: The text of `~/.aws/config`.
    public init(environment: [String: String], credentials: [UInt8]?, config: [UInt8]?) {
        func variable(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        let name = variable("AWS_PROFILE") ?? variable("AWS_DEFAULT_PROFILE") ?? "default"
        let secrets = INISections(parsing: credentials ?? [])[name]
        let sections = INISections(parsing: config ?? [])
        let profile = sections["profile \(name)"] ?? (name == "default" ? sections[name] : nil)
        region =
            variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION") ?? profile?["region"]
            ?? secrets?["region"]
        endpoint =
            variable("AWS_ENDPOINT_URL_S3") ?? variable("AWS_ENDPOINT_URL")
            ?? profile?["endpoint_url"]
        if let access = variable("AWS_ACCESS_KEY_ID") {
            guard let secret = variable("AWS_SECRET_ACCESS_KEY") else {
                problem = "AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY"
                return
            }
            keys = ObjectStoreKeys(
                accessKey: access, secretKey: Secret(secret),
                sessionToken: variable("AWS_SESSION_TOKEN").map { Secret($0) },
                place: "AWS_ACCESS_KEY_ID")
            return
        }
        for found in [secrets, profile] {
            guard let access = found?["aws_access_key_id"],
                let secret = found?["aws_secret_access_key"]
            else { continue }
            keys = ObjectStoreKeys(
                accessKey: access, secretKey: Secret(secret),
                sessionToken: found?["aws_session_token"].map { Secret($0) },
                place: "profile \(name.terminalSafe)")
            return
        }
        let unknown = ["role_arn", "sso_session", "sso_start_url", "credential_process"]
        if let way = unknown.first(where: { profile?[$0] != nil || secrets?[$0] != nil }) {
            problem = "profile \(name.terminalSafe) gets its keys by \(way), which is not done here"
        } else if secrets == nil, profile == nil, name != "default" {
            problem = "the AWS files have no profile \(name.terminalSafe)"
        }
    }
}
