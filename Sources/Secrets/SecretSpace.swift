/// The space rule of DC/OS: which service may use which secret.
///
/// The folder of the secret must be the service's id or a whole-segment prefix of it; a secret
/// without folder is for everybody. Mirrors the DC/OS documentation ("Spaces for Secrets").
public enum SecretSpace {
    /// Whether a service may use a secret.
    ///
    /// - Parameters:
    ///   - source: The secret's path; a leading slash does not matter.
    ///   - service: The id of the app or pod, `/group/app`.
    /// - Returns: `true` where the secret lies in the service's space.
    public static func allows(_ source: String, for service: String) -> Bool {
        service.split(separator: "/").starts(with: source.split(separator: "/").dropLast())
    }

    /// The space that a secret belongs to, `/group` for `group/pull`, `/` for everybody's.
    ///
    /// - Parameter source: The secret's path.
    /// - Returns: The folder with a slash before it.
    public static func folder(of source: String) -> String {
        "/" + source.split(separator: "/").dropLast().joined(separator: "/")
    }
}
