import ConfinedFiles
import Glibc
import Vocabulary

/// A file that a command writes whole or not at all, readable by its owner alone.
struct OutputFile {
    let path: String
    /// Whether a file of that name is replaced.
    let replaces: Bool

    /// Writes under a temporary name and then gives the file its own, in one step.
    func write(_ bytes: [UInt8]) throws(CommandFailure) {
        let parts = path.split(separator: "/")
        guard let last = parts.last, !path.hasSuffix("/"), last != ".", last != ".." else {
            throw CommandFailure("\(path.terminalSafe): name a file", status: .usage)
        }
        let folder = String(path.dropLast(last.count))
        let name = Array(last.utf8)
        let temporary = Array(".\(last).\(getpid()).part".utf8)
        do throws(ConfinedFilesError) {
            let directory = try ConfinedDirectory(opening: folder.isEmpty ? "." : folder)
            let file = try directory.createFile(at: temporary[...], mode: 0o600)
            do throws(ConfinedFilesError) {
                try file.setMode(0o600)
                try file.write(bytes.span)
                try file.close()
                if replaces {
                    try directory.rename(temporary[...], to: name[...])
                } else {
                    // A second name fails where the first exists, also between two moments.
                    try directory.makeHardLink(at: name[...], target: temporary[...])
                    try directory.removeFile(at: temporary[...])
                }
            } catch {
                try? directory.removeFile(at: temporary[...])
                throw error
            }
        } catch {
            if error.code == EEXIST {
                throw CommandFailure(
                    "\(path.terminalSafe) exists; --force overwrites it, --output names another")
            }
            throw CommandFailure("\(error.description.terminalSafe); \(error.advice)")
        }
    }
}
