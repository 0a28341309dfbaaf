public import Vocabulary
import Glibc

/// Secrets as files below a directory: `DIR/<source>` is the value.
///
/// The store that tests and laptops use in place of a cluster's.
public struct DirectorySecretStore: Sendable {
    /// The directory.
    public let root: String
    /// The largest value that is read: 1 MiB, as in the stores of clusters.
    public static let maxBytes = 1 << 20

    /// A store over a directory.
    public init(root: String) {
        self.root = root
    }

    /// The value of a secret.
    ///
    /// - Parameter source: The path in the store; a leading slash does not matter.
    /// - Returns: The value, and whether others than its owner may read the file.
    /// - Throws: ``SecretStoreError`` that names the source and the file.
    public func value(
        of source: String
    ) throws(SecretStoreError) -> (value: Secret, isReadableByOthers: Bool) {
        let parts = source.split(separator: "/")
        guard !parts.isEmpty, !parts.contains(".."), !parts.contains("."),
            !source.utf8.contains(0)
        else {
            throw SecretStoreError(
                .invalidSource, source, "it is no path of a secret",
                advice: "name it by words with slashes between them")
        }
        let path = root + "/" + parts.joined(separator: "/")
        let number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard number >= 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw SecretStoreError(
                errno == ENOENT || errno == ENOTDIR ? .notFound : .unreadable, source,
                errno == ENOENT || errno == ENOTDIR
                    ? "the store \(root) has no such secret" : "it cannot be read: \(reason)",
                advice: "put it there, or correct \"source\"")
        }
        defer { close(number) }
        var status = stat()
        guard unsafe fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw SecretStoreError(
                .unreadable, source, "it is a folder of the store", advice: "name a secret in it")
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe read(number, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                let reason = unsafe String(cString: strerror(errno))
                throw SecretStoreError(
                    .unreadable, source, "it cannot be read: \(reason)", advice: "see the reason")
            }
            if count == 0 { break }
            bytes += buffer[..<count]
            guard bytes.count <= Self.maxBytes else {
                throw SecretStoreError(
                    .tooLarge, source, "it is larger than 1 MiB", advice: "store less")
            }
        }
        return (Secret(bytes), status.st_mode & 0o077 != 0)
    }
}
