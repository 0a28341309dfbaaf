public import Vocabulary
import ConfinedFiles
import Glibc

/// Secrets as files below a directory: `DIR/<source>` is the value.
///
/// The store that tests and laptops use in place of a cluster's. Files are written with mode 0600
/// and renamed into place; links that lead out of the directory are refused.
public struct DirectorySecretStore: SecretStore {
    /// The directory.
    public let root: String
    /// The largest value: 1 MiB, as in the stores of clusters.
    public static let maxBytes = 1 << 20

    /// A store over a directory.
    public init(root: String) {
        self.root = root
    }

    /// The directory's path.
    public var name: String { root }

    /// The value of a secret.
    ///
    /// - Parameter source: The path in the store; a leading slash does not matter.
    /// - Returns: The value, and whether others than its owner may read the file.
    /// - Throws: ``SecretStoreError`` that names the source and the file.
    public func value(
        of source: String
    ) throws(SecretStoreError) -> (value: Secret, isReadableByOthers: Bool) {
        let path = Array(try SecretPath(source).text.utf8)[...]
        let directory = try opened(for: source)
        let status = try confined(source) { () throws(ConfinedFilesError) in
            try directory.status(at: path)
        }
        guard let status else { throw missing(source) }
        guard status.kind == .file else {
            throw SecretStoreError(
                .unreadable, source, Self.words(for: status.kind),
                advice: "name a file below \(root.terminalSafe)")
        }
        guard status.size <= UInt64(Self.maxBytes) else { throw Self.tooLarge(source) }
        let bytes = try confined(source) { () throws(ConfinedFilesError) in
            try directory.readFile(at: path, limit: Self.maxBytes)
        }
        return (Secret(bytes), status.mode & 0o077 != 0)
    }

    /// The value of a secret, with a finding where others than its owner may read the file.
    ///
    /// - Parameters:
    ///   - source: The path in the store.
    ///   - service: Has no meaning here: a directory knows no spaces.
    /// - Returns: The value.
    /// - Throws: ``SecretStoreError``.
    public func resolve(
        _ source: String, for service: String? = nil
    ) throws(SecretStoreError) -> StoredSecret {
        let (value, isReadableByOthers) = try value(of: source)
        guard isReadableByOthers else { return StoredSecret(value: value) }
        let path = root + "/" + (try SecretPath(source).text)
        let finding = Finding(
            id: "S03", severity: .warning, place: Place(file: path),
            message: "others than its owner may read the secret \(source.terminalSafe)",
            advice: "chmod 600 the file")
        return StoredSecret(value: value, findings: [finding])
    }

    func opened(for source: String) throws(SecretStoreError) -> ConfinedDirectory {
        do {
            return try ConfinedDirectory(opening: root)
        } catch {
            throw SecretStoreError(
                error.isMissing ? .notFound : .unreadable, source,
                "the store \(root.terminalSafe) cannot be opened: \(error.reason)",
                advice: "name the directory of the secrets")
        }
    }

    /// Runs `body`, its error told as one of this secret.
    func confined<Value>(
        _ source: String, _ body: () throws(ConfinedFilesError) -> Value
    ) throws(SecretStoreError) -> Value {
        do {
            return try body()
        } catch {
            if error.isMissing || error.code == ENOTDIR { throw missing(source) }
            throw SecretStoreError(
                .unreadable, source, "the store \(root.terminalSafe) refuses: \(error.reason)",
                advice: error.advice)
        }
    }

    func missing(_ source: String) -> SecretStoreError {
        SecretStoreError(
            .notFound, source, "the store \(root.terminalSafe) has no such secret",
            advice: "put it there, or correct \"source\"")
    }

    static func tooLarge(_ source: String) -> SecretStoreError {
        SecretStoreError(.tooLarge, source, "it is larger than 1 MiB", advice: "store less")
    }

    private static func words(for kind: FileStatus.Kind) -> String {
        switch kind {
        case .directory: "it is a folder of the store"
        case .symlink: "it is a symbolic link"
        case .file, .special: "it is no regular file"
        }
    }
}
