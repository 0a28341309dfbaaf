import CLinux
import Glibc

/// Files that have no name, and go with their descriptor.
extension ConfinedDirectory {
    /// Makes a file without a name, for writing and reading, that nobody else can open.
    ///
    /// By `O_TMPFILE`; where the file system lacks it, by a name that is removed at once.
    ///
    /// - Returns: The file, empty, with mode 0600.
    /// - Throws: ``ConfinedFilesError`` with operation `create a temporary file in`.
    public func createUnnamedFile() throws(ConfinedFilesError) -> ConfinedFile {
        let here = try openDirectory([])
        let number = unsafe openat(
            here.number, ".", clinux_o_tmpfile | O_RDWR | O_EXCL | O_CLOEXEC, 0o600)
        if number >= 0 { return ConfinedFile(owning: Descriptor(owning: number), path: "") }
        guard errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL else {
            throw failure("create a temporary file in", [dot], errno)
        }
        let name = Array("unnamed-\(UInt64.random(in: 0...UInt64.max))".utf8)
        let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let named = unsafe withCString(name) { name in
            let number = unsafe openat(here.number, name, flags, 0o600)
            if number >= 0 { _ = unsafe unlinkat(here.number, name, 0) }
            return number
        }
        guard named >= 0 else { throw failure("create a temporary file in", [dot], errno) }
        return ConfinedFile(owning: Descriptor(owning: named), path: "")
    }
}
