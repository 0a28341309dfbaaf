import LocatedJSON
import Vocabulary

/// What WebHDFS says where it does not do what it was asked: its JSON in words.
///
/// The names are those of "WebHDFS REST API", section "Error Responses", and of the classes of
/// Hadoop that come out of it in practice.
struct RemoteException {
    let status: Int
    /// `FileNotFoundException`; `nil` where the page holds none.
    let name: String?
    /// Its own words, in one line.
    private let message: String?

    init(status: Int, page: [UInt8]) {
        self.status = status
        let exception = (try? JSONDocument(parsing: page).root)?["RemoteException"]
        let found = exception?["exception"]?.stringValue
        // A name of Java's, not whatever a page holds at that place.
        name = found.flatMap { text in
            text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f } ? String(text.prefix(64)) : nil
        }
        message = exception?["message"]?.stringValue.map { text in
            redacted(String(text.prefix { !$0.isNewline }.prefix(200)))
        }
    }

    /// Whether another namenode may do it.
    var isStandby: Bool {
        name == "StandbyException" || name == "RetriableException"
            || message?.contains("org.apache.hadoop.ipc.StandbyException") == true
    }

    func words(path: String, user: String?) -> String {
        switch name {
        case "FileNotFoundException": "there is no file \(path)"
        case "AccessControlException":
            "\(user.map { "the user \($0.terminalSafe)" } ?? "a nameless user") may not read \(path)"
        case "StandbyException", "RetriableException": "it is a standby, or is starting"
        case "SecurityException": "it does not know who asks"
        default:
            switch status {
            case 401: "it wants a login, by Kerberos or by a gateway's password"
            case 403 where name == nil: "it refuses"
            case 404 where name == nil: "it has no WebHDFS at that address"
            default: message ?? "it says nothing of the reason"
            }
        }
    }

    var advice: String {
        switch name {
        case "FileNotFoundException": "correct the URI"
        case "AccessControlException":
            "let the user read it, or name another: HADOOP_USER_NAME, or http://USER@HOST:PORT"
        case "StandbyException", "RetriableException":
            "give the other namenode as well: --webhdfs NAMENODE=URL once more"
        default:
            switch status {
            case 401:
                "write the gateway's login into its address, or give Hadoop's client (--hadoop-home)"
            case 404 where name == nil: "check the address of --webhdfs"
            default: "see the namenode's own log"
            }
        }
    }
}
