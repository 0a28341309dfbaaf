import Transfer
import Vocabulary

/// One namenode's address in parts.
struct WebHDFSNamenode {
    /// Scheme, host and the path of a gateway, without user info and without a slash at its end.
    let base: String
    /// The user that HDFS is told of.
    let user: String?
    /// The login of the web server, where the address holds a password.
    let login: TransferRequest.Login?

    init(_ address: String, user: String?) {
        var address = address[...]
        while address.hasSuffix("/") { address.removeLast() }
        let start = address.firstRange(of: "://")?.upperBound ?? address.startIndex
        let authority = address[start...].prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else {
            base = String(address)
            self.user = user
            login = nil
            return
        }
        base = String(address[..<start] + address[address.index(after: at)...])
        let names = authority[..<at].split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = percentDecoded(names[0])
        if names.count > 1 {
            login = TransferRequest.Login(
                user: name, password: Secret(percentDecoded(names[1])))
            self.user = user
        } else {
            login = nil
            self.user = name
        }
    }

    /// The host and port, for messages.
    var host: String {
        let start = base.firstRange(of: "://")?.upperBound ?? base.startIndex
        return String(base[start...].prefix { $0 != "/" }).terminalSafe
    }

    /// The address of an operation on a file.
    func url(of path: String, _ operation: String, offset: UInt64) -> String {
        var url = "\(base)/webhdfs/v1\(percentEncodedPath(path))?op=\(operation)"
        if let user { url += "&user.name=\(percentEncodedPath(user))" }
        if offset > 0 { url += "&offset=\(offset)" }
        return url
    }
}
