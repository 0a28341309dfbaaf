import Vocabulary

/// A program that pulls images, and how it finds the login for one.
public protocol CredentialClient: Sendable {
    /// Decides for an image.
    ///
    /// - Parameter reference: The image as it was written.
    /// - Returns: What the registry would be given, with its trace.
    func decide(reference: String) -> CredentialDecision

    /// Decides for a registry.
    ///
    /// - Parameter host: `HOST` or `HOST:PORT`; `docker.io` is the Hub.
    /// - Returns: What the registry would be given for an image that no key names more closely.
    func decide(host: String) -> CredentialDecision
}

extension CredentialDecision {
    /// The client refuses the image's name before it looks for a login.
    static func badReference(_ reference: String, _ words: String) -> CredentialDecision {
        var decision = CredentialDecision(kind: .error, reason: "bad-reference")
        decision.error = words
        decision.trace = [
            Step(step: "image", place: reference, outcome: .stopped, because: words)
        ]
        return decision
    }

    /// The client stops.
    static func stopped(
        _ reason: String, _ words: String, step: String, place: String
    ) -> CredentialDecision {
        var decision = CredentialDecision(kind: .error, reason: reason)
        decision.error = words
        decision.trace = [Step(step: step, place: place, outcome: .stopped, because: words)]
        return decision
    }
}
