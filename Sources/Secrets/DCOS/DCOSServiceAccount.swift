import Crypto
import CryptoExtras
import FoundationEssentials
import LocatedJSON
public import Vocabulary

/// The login of a program at a DC/OS cluster: a name, and the key that proves it.
///
/// Read from the JSON of a service account as DC/OS' own programs take it in
/// `DCOS_SERVICE_ACCOUNT_CREDENTIAL`: `uid`, `private_key` (RSA in PEM) and `scheme` (`RS256`). Its
/// `login_endpoint` has no effect: a key speaks to the cluster that was named, and to no other.
public struct DCOSServiceAccount: Sendable, Hashable {
    /// The account's name.
    public let uid: String
    private let key: Secret

    /// How long the proof itself is good; the token that it buys lasts for days.
    private static let secondsToLogIn = 300

    /// Reads the JSON of a service account.
    ///
    /// - Parameter json: The text.
    /// - Throws: ``SecretStoreError`` of code `loginRefused`, without a word of the key.
    public init(parsing json: Secret) throws(SecretStoreError) {
        func fault(_ reason: String) -> SecretStoreError {
            SecretStoreError(
                .loginRefused, "DCOS_SERVICE_ACCOUNT_CREDENTIAL", reason,
                advice: "give the JSON of a service account (dcos security secrets"
                    + " create-sa-secret), or the file: URL of one")
        }
        guard let document = try? JSONDocument(parsing: json.reveal()),
            document.trailingOffset == nil, document.root.kind == .object
        else { throw fault("it is no JSON object") }
        let root = document.root
        if let scheme = root["scheme"]?.stringValue, scheme != "RS256" {
            throw fault("its scheme is \(scheme.terminalSafe), and DC/OS knows RS256")
        }
        guard let uid = root["uid"]?.stringValue, !uid.isEmpty else { throw fault("it has no uid") }
        guard let key = root["private_key"]?.stringValue, !key.isEmpty else {
            throw fault("it has no private_key")
        }
        guard (try? _RSA.Signing.PrivateKey(pemRepresentation: key)) != nil else {
            throw fault("its private_key is no RSA key of 2048 bits or more in PEM")
        }
        self.uid = uid
        self.key = Secret(key)
    }

    /// The proof that DC/OS exchanges for a token: a JWT (RFC 7519) with `uid` and `exp`, signed
    /// with RS256 (RFC 7518, section 3.3).
    ///
    /// - Parameter now: Seconds since 1970.
    /// - Returns: The JWT; `nil` where the key cannot sign.
    func proof(now: Int) -> Secret? {
        let header = jsonObject([("alg", Array("RS256".utf8)), ("typ", Array("JWT".utf8))])
        let expiry = "\"exp\":\(now + Self.secondsToLogIn)"
        let claims = "{\"uid\":".utf8 + jsonString(uid.utf8) + Array(",\(expiry)}".utf8)
        let signed = Self.base64URL(header) + [UInt8(ascii: ".")] + Self.base64URL(Array(claims))
        let pem = String(decoding: key.reveal(), as: UTF8.self)
        guard let key = try? _RSA.Signing.PrivateKey(pemRepresentation: pem),
            let signature = try? key.signature(
                for: SHA256.hash(data: signed), padding: .insecurePKCS1v1_5)
        else { return nil }
        let bytes = Array(signature.rawRepresentation)
        return Secret(signed + [UInt8(ascii: ".")] + Self.base64URL(bytes))
    }

    private static func base64URL(_ bytes: [UInt8]) -> [UInt8] {
        Data(bytes).base64EncodedData().compactMap { byte in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: byte
            }
        }
    }
}
