import LocatedJSON
import Vocabulary

/// A credential as it stands in an entry, before a client judges it.
struct StoredCredential {
    var username: [UInt8] = []
    var password: [UInt8] = []
    var identityToken: [UInt8] = []
    var registryToken: [UInt8] = []

    var isEmpty: Bool {
        username.isEmpty && password.isEmpty && identityToken.isEmpty && registryToken.isEmpty
    }

    // Splits the decoded `auth` at its first colon; `nil` where there is none. With `trimsNUL`,
    // NUL bytes are cut from both ends of the password.
    static func split(
        _ auth: [UInt8], trimsNUL: Bool
    ) throws(GoBase64.Fault) -> (username: [UInt8], password: [UInt8])? {
        let decoded = try GoBase64.decode(auth)
        guard let colon = decoded.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        var password = decoded[(colon + 1)...]
        if trimsNUL {
            password = password.drop { $0 == 0 }
            let end = password.lastIndex { $0 != 0 }.map { $0 + 1 } ?? password.startIndex
            password = password[..<end]
        }
        return (Array(decoded[..<colon]), Array(password))
    }

    /// What a client makes of it that takes a registry token before an identity token before
    /// user and password.
    func decision(key: String, reason: String) -> CredentialDecision {
        var decision = CredentialDecision(kind: .anonymous, key: key, reason: reason)
        if !username.isEmpty { decision.username = username.credentialText }
        if !registryToken.isEmpty {
            decision.kind = .registryToken
            decision.secret = Secret(registryToken)
        } else if !identityToken.isEmpty {
            decision.kind = .identityToken
            decision.secret = Secret(identityToken)
        } else if !username.isEmpty, !password.isEmpty {
            decision.kind = .basic
            decision.secret = Secret(password)
        } else {
            decision.reason =
                username.isEmpty && password.isEmpty
                ? "entry-without-credential" : "incomplete-user-or-password"
        }
        return decision
    }
}

extension [UInt8] {
    /// A user name as text; a byte that is no UTF-8 is `\xHH`, for clients that keep it.
    package var credentialText: String {
        if let text = String(validating: self, as: UTF8.self) { return text }
        var text = ""
        var rest = self[...]
        while let first = rest.first {
            let length = [1, 2, 3, 4].first { length in
                rest.count >= length
                    && String(validating: rest.prefix(length), as: UTF8.self) != nil
            }
            if let length {
                text += String(decoding: rest.prefix(length), as: UTF8.self)
                rest = rest.dropFirst(length)
            } else {
                text += "\\x" + (first < 16 ? "0" : "") + String(first, radix: 16)
                rest = rest.dropFirst()
            }
        }
        return text
    }
}

extension CredentialDecision {
    /// One outcome as it is, several as chance.
    static func oneOf(_ outcomes: [CredentialDecision], reason: String) -> CredentialDecision? {
        guard let first = outcomes.first else { return nil }
        guard outcomes.count > 1 else { return first }
        var chance = CredentialDecision(kind: .nondeterministic, reason: reason)
        chance.anyOf = outcomes
        return chance
    }

    /// Whether an entry or a helper gave it that holds neither user nor secret.
    var isEmpty: Bool { kind == .anonymous && reason == "entry-without-credential" }

    /// What a step says of a decision that an entry gave.
    var stepOutcome: Step.Outcome {
        switch kind {
        case .anonymous: .passedOver
        case .error: .stopped
        default: .chosen
        }
    }
}

extension ImageReference {
    /// The registry and the repository, as `HOST/PATH`.
    var repository: String { host + "/" + path }
}

extension StoredCredential {
    /// A helper's answer: the user `<token>` says that the secret is an identity token.
    init(_ username: String, _ secret: Secret) {
        self.init()
        if username == "<token>" {
            identityToken = secret.reveal()
        } else {
            self.username = Array(username.utf8)
            password = secret.reveal()
        }
    }
}
