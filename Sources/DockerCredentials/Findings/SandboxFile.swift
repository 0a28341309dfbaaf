/// A file of a sandbox, or a member of an archive, as the rules about credentials look at it.
public struct SandboxFile: Sendable, Hashable {
    /// What it is.
    public enum Kind: Sendable, Hashable {
        /// A file with content.
        case regular
        /// A folder.
        case directory
        /// A symbolic link; its target as it is written, and whether a regular file is there.
        case symbolicLink(target: String, leadsToFile: Bool)
        /// A hard link to another member; whether there is one of that name.
        case hardLink(target: String, leadsToFile: Bool)
        /// A pipe, a device or a socket.
        case other
    }

    /// The path relative to the sandbox, without `./` in front.
    public let path: String
    /// What it is.
    public let kind: Kind
    /// Permission bits.
    public let mode: UInt32
    /// The user that owns it, where that is known.
    public let owner: UInt32?

    /// Whether it holds content itself or by a link; anything else holds no credentials.
    public var isRegular: Bool {
        switch kind {
        case .regular, .symbolicLink(_, leadsToFile: true), .hardLink(_, leadsToFile: true): true
        default: false
        }
    }

    /// A file by all that is known of it.
    public init(path: String, kind: Kind, mode: UInt32, owner: UInt32? = nil) {
        self.path = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        self.kind = kind
        self.mode = mode
        self.owner = owner
    }

    /// A file by what a look at the sandbox tells.
    public init(path: String, isRegular: Bool, mode: UInt32) {
        self.init(path: path, kind: isRegular ? .regular : .other, mode: mode)
    }
}
