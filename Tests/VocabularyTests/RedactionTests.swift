import Testing
import Vocabulary

@Suite struct `What is shown` {
    @Test(arguments: [
        ("https://user:pw@host/x", "https://***@host/x"),
        ("https://user@host", "https://***@host"),
        ("ftp://a:p@ss@host/x", "ftp://***@host/x"),
        ("http://user:p/w@host/x", "http://***@host/x"),
        ("https://h/x?X-Amz-Signature=abc&part=2", "https://h/x?X-Amz-Signature=***&part=2"),
        ("https://h/x?sig=abc#f", "https://h/x?sig=***#f"),
        ("https://h/x?Expires=1&Signature=a=b", "https://h/x?Expires=1&Signature=***"),
        ("https://h/x?a&access_token=t", "https://h/x?a&access_token=***"),
        ("file:///etc/docker.tar.gz", "file:///etc/docker.tar.gz"),
        ("docker.tar.gz?token=x", "docker.tar.gz?token=***"),
    ])
    func `of a URI leaves its secrets out`(_ uri: String, _ shown: String) {
        #expect(redactedURI(uri) == shown)
    }

    @Test(arguments: [
        ("https://user:pw@quay.io/v1/", "https://***@quay.io/v1/"),
        ("user:p@ss@quay.io", "***@quay.io"),
        (
            "there is https://u:p@a.io, b:c@b.io and c.io",
            "there is https://***@a.io, ***@b.io and c.io"
        ),
        ("key \"https://u:p w@a.io\"", "key \"https://***@a.io\""),
        ("https://u:p/w@a.io", "https://***@a.io"),
        (
            "app:1@sha256:0123456789abcdef0123456789abcdef",
            "app:1@sha256:0123456789abcdef0123456789abcdef"
        ),
        ("https://quay.io/team@x", "https://quay.io/team@x"),
        ("somebody@example.com", "somebody@example.com"), ("@", "@"), ("a:@", "***@"), ("", ""),
    ])
    func `of a key leaves its user info out`(_ text: String, _ shown: String) {
        #expect(redactingUserInfo(in: text) == shown)
    }

    @Test func `of a secret is three stars, however it is printed`() {
        let secret = Secret("pa55word")
        #expect("\(secret) \(String(reflecting: secret))" == "*** ***")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("pa55word"))
        #expect(secret.reveal() == Array("pa55word".utf8))
    }

    @Test(arguments: [
        ("a\u{1b}[2Jb", "a\\x1b[2Jb"), ("x\ny", "x\\ny"), ("é", "é"),
        ("a\u{202e}b", "a\\u{202e}b"), ("\u{9b}m", "\\u{9b}m"),
    ])
    func `of a name cannot drive a terminal`(_ name: String, _ shown: String) {
        #expect(name.terminalSafe == shown)
    }
}
