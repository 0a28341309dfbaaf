import ConfinedFiles
import Glibc
public import Vocabulary

extension DirectorySecretStore {
    /// Writes a value to a file of mode 0600, renamed into place when it is whole.
    ///
    /// - Parameters:
    ///   - value: The bytes, at most ``maxBytes``.
    ///   - source: The path in the store; folders are made with mode 0700.
    /// - Throws: ``SecretStoreError``; the old value stands then.
    public func put(_ value: Secret, at source: String) throws(SecretStoreError) {
        let path = try SecretPath(source)
        guard value.count <= Self.maxBytes else { throw Self.tooLarge(source) }
        let directory = try opened(for: source)
        let folder = path.segments.dropLast().joined(separator: "/")
        let target = Array(path.text.utf8)[...]
        // Begins with a dot, so that no list shows what a crash has left.
        let temporary = (folder.isEmpty ? "" : folder + "/") + ".put-\(getpid())-\(Self.random())"
        let partial = Array(temporary.utf8)[...]
        try confined(source) { () throws(ConfinedFilesError) in
            if let status = try directory.status(at: target), status.kind == .directory {
                throw ConfinedFilesError(operation: "write", path: path.text, code: EISDIR)
            }
            if !folder.isEmpty {
                try directory.makeDirectories(at: Array(folder.utf8)[...], mode: 0o700)
            }
            let file = try directory.createFile(at: partial, mode: 0o600)
            do throws(ConfinedFilesError) {
                // The umask may have taken bits away, never added any.
                try file.setMode(0o600)
                try file.write(value.reveal().span)
                try file.close()
                try directory.rename(partial, to: target)
            } catch {
                try? directory.removeFile(at: partial)
                throw error
            }
        }
    }

    /// Removes a secret's file, and the folders that it leaves empty.
    ///
    /// - Parameter source: The path in the store.
    /// - Throws: ``SecretStoreError``.
    public func remove(_ source: String) throws(SecretStoreError) {
        let path = try SecretPath(source)
        let directory = try opened(for: source)
        try confined(source) { () throws(ConfinedFilesError) in
            try directory.removeFile(at: Array(path.text.utf8)[...])
        }
        for length in stride(from: path.segments.count - 1, to: 0, by: -1) {
            let folder = path.segments.prefix(length).joined(separator: "/")
            guard (try? directory.removeDirectory(at: Array(folder.utf8)[...])) != nil else {
                break
            }
        }
    }

    /// The paths of all secrets below a folder, sorted; names that begin with a dot are left out.
    ///
    /// - Parameter prefix: A folder, empty for the whole store.
    /// - Returns: Paths from the store's root.
    /// - Throws: ``SecretStoreError``.
    public func list(_ prefix: String = "") throws(SecretStoreError) -> [String] {
        let start = try SecretPath(folder: prefix)
        let directory = try opened(for: prefix)
        return try confined(prefix) { () throws(ConfinedFilesError) in
            var found: [String] = []
            var folders = [start.text]
            while let folder = folders.popLast() {
                for name in try directory.names(in: Array(folder.utf8)[...]) {
                    guard name.first != UInt8(ascii: ".") else { continue }
                    let path =
                        (folder.isEmpty ? "" : folder + "/") + String(decoding: name, as: UTF8.self)
                    guard let status = try directory.status(at: Array(path.utf8)[...]) else {
                        continue
                    }
                    switch status.kind {
                    case .file: found.append(path)
                    case .directory: folders.append(path)
                    case .symlink, .special: continue
                    }
                }
            }
            return found.sorted()
        }
    }

    private static func random() -> String {
        String(UInt64.random(in: .min ... .max), radix: 36)
    }
}
