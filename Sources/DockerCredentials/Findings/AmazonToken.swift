import LocatedJSON
import Vocabulary

/// A password of Amazon ECR: base64 of a JSON object that names its own end.
struct AmazonToken {
    /// When it ends, in seconds since 1970.
    let expiration: Int64?

    /// Reads an entry's password; `nil` where the user is not `AWS` or it is no such token.
    init?(_ entry: ConfigFile.Entry) {
        guard entry.username == "AWS",
            let text = try? GoBase64.decode(entry.password.reveal()),
            let document = try? JSONDocument(parsing: text)
        else { return nil }
        expiration = document.root["expiration"]?.numberText.flatMap { Int64($0) }
    }
}
