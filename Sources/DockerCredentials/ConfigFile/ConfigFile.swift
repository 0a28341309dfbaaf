public import LocatedJSON
public import Vocabulary

/// A Docker credentials file as the Docker client understands it.
public struct ConfigFile: Sendable {
    /// The two layouts.
    public enum Layout: Sendable {
        /// `.docker/config.json`: entries below `auths`.
        case config
        /// `.dockercfg`: entries at the top.
        case dockercfg
    }

    /// One entry: what stands under a registry's key.
    public struct Entry: Sendable {
        /// The key as it is written.
        public let key: String
        /// Where the key stands in the file; counted when it is asked for.
        public var location: JSONLocation? { name?.location }
        /// The key as a value of the document, which tells its place.
        let name: JSONValue?
        /// The value of `auth` as it is written, empty where there is none.
        public let auth: Secret
        /// The user and the password as the fields of that name have them.
        var plain: (username: String, password: Secret) = ("", Secret(""))
        /// The user, from `auth` or plain.
        public internal(set) var username = ""
        /// The password, from `auth` or plain.
        public internal(set) var password = Secret("")
        /// The token for a token server, empty where there is none.
        public internal(set) var identityToken = Secret("")
        /// The bearer token, empty where there is none.
        public internal(set) var registryToken = Secret("")
        /// The value of `serveraddress`, which the key replaces once `auth` is decoded.
        var serverAddress = ""
        /// Whether `auth` was left as it is because the client stopped before it.
        var isUndecoded = false
        /// Why `auth` cannot be decoded, in Go's words.
        public internal(set) var undecodable: String?

        /// The entry as the client has it before it decodes its `auth`.
        var undecoded: Entry {
            var entry = self
            (entry.username, entry.password) = plain
            entry.undecodable = nil
            entry.isUndecoded = true
            return entry
        }

        /// Whether the engine is given something else where the client stops before this entry.
        var gainsByDecoding: Bool {
            guard undecodable == nil, !isUndecoded else { return false }
            let raw = undecoded
            // Beside a token neither user nor password is used.
            return kind != raw.kind
                || kind == .basic && (username != raw.username || password != raw.password)
                || !raw.serverAddress.isEmpty && raw.serverAddress != key
        }

        /// What the engine would use of it.
        public var kind: CredentialDecision.Kind {
            if !registryToken.isEmpty { return .registryToken }
            if !identityToken.isEmpty { return .identityToken }
            return username.isEmpty || password.isEmpty ? .anonymous : .basic
        }
    }

    /// Entries in the order of the file; of equal keys the last alone.
    public internal(set) var entries: [Entry] = []
    /// The suffix of the helper for all hosts, empty where there is none.
    public internal(set) var credentialStore = ""
    /// Host and suffix of the helpers for single hosts.
    public internal(set) var credentialHelpers: [(host: String, suffix: String)] = []

    /// The first field of a wrong type; no `auth` is decoded then.
    var typeFault: ConfigFileError?

    /// The file as the client has it when it stopped before it decoded any `auth`.
    var undecoded: ConfigFile {
        var file = self
        file.entries = entries.map(\.undecoded)
        return file
    }

    /// The first entry whose `auth` cannot be decoded.
    ///
    /// It ends Docker's loop over a map in random order: what comes before it in a run is decoded,
    /// the rest is not.
    var firstUndecodable: Entry? {
        typeFault == nil ? entries.first { $0.undecodable != nil } : nil
    }

    /// The entry whose key is exactly that.
    public func entry(_ key: String) -> Entry? {
        entries.first { $0.key.utf8.elementsEqual(key.utf8) }
    }
}

/// Why a credentials file gives the Docker client nothing.
public struct ConfigFileError: Error, Sendable, Hashable {
    /// What kind of fault it is; a stable word of a decision's reason.
    public enum Reason: String, Sendable {
        /// It cannot be opened or read.
        case unreadable = "file-unreadable"
        /// It is not JSON.
        case syntax = "json-syntax"
        /// A known field has a wrong type, which spoils all of it.
        case type = "json-type"
        /// The client crashes on it.
        case crash = "client-crash"
    }

    /// The kind of fault.
    public let reason: Reason
    /// What is wrong, in words for a person.
    public let message: String
    /// Where, if it is a place in the text.
    public let location: JSONLocation?

    /// The client's own words for it.
    public internal(set) var clientText: String

    init(
        _ reason: Reason, _ message: String, at location: JSONLocation? = nil,
        clientText: String? = nil
    ) {
        self.clientText = clientText ?? message
        self.reason = reason
        self.message = message
        self.location = location
    }
}
