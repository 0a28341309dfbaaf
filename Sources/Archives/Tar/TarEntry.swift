import Vocabulary

/// A member that is to be packed.
public struct TarEntry: Sendable, Hashable {
    /// The name as bytes; a directory's ends in a slash, which is added.
    public let name: [UInt8]
    /// What it is.
    public let kind: TarMember.Kind
    /// Permission bits.
    public let mode: UInt32
    /// The data's length in bytes; 0 for all but files.
    public var size: UInt64
    /// Modification time in seconds since 1970.
    public let mtime: Int64
    /// The target of a link.
    public let target: [UInt8]

    private init(
        _ name: String, _ kind: TarMember.Kind, mode: UInt32, size: UInt64 = 0, mtime: Int64,
        target: String = ""
    ) {
        self.name = Array(name.utf8)
        self.kind = kind
        self.mode = mode & 0o7777
        self.size = size
        self.mtime = mtime
        self.target = Array(target.utf8)
    }

    /// A regular file, whose data follow.
    public init(file name: String, size: UInt64, mode: UInt32 = 0o644, mtime: Int64 = 0) {
        self.init(name, .file, mode: mode, size: size, mtime: mtime)
    }

    /// A directory.
    public init(directory name: String, mode: UInt32 = 0o755, mtime: Int64 = 0) {
        self.init(name.hasSuffix("/") ? name : name + "/", .directory, mode: mode, mtime: mtime)
    }

    /// A symbolic link.
    public init(symlink name: String, target: String, mtime: Int64 = 0) {
        self.init(name, .symlink, mode: 0o777, mtime: mtime, target: target)
    }

    /// A second name of a file that was packed before.
    public init(hardLink name: String, target: String, mtime: Int64 = 0) {
        self.init(name, .hardLink, mode: 0o644, mtime: mtime, target: target)
    }
}

/// Why a member cannot be packed.
public enum TarWriterError: Error, Hashable, Sendable {
    /// The name is empty or has a NUL, or a link has no target.
    case badName([UInt8])
    /// ustar has no room for a name, a target, a size or a time; pax has.
    case doesNotFit([UInt8])
    /// The data are more or fewer than the entry said.
    case wrongSize([UInt8])
    /// What takes the bytes failed; its words.
    case sink(String)
}

extension TarWriterError: CustomStringConvertible {
    /// One line for a person.
    public var description: String {
        switch self {
        case .badName(let name):
            "cannot pack '\(shown(name))': a name or a target is empty or has a NUL"
        case .doesNotFit(let name):
            "cannot pack \(shown(name)) as ustar: name, target, size or time is too large; use pax"
        case .wrongSize(let name):
            "cannot pack \(shown(name)): its data are not as long as was said; it changed meanwhile"
        case .sink(let words): words
        }
    }

    private func shown(_ name: [UInt8]) -> String {
        String(decoding: name, as: UTF8.self).terminalSafe
    }
}
