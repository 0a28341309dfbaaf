import ConfinedFiles
import Glibc
import Synchronization
import Vocabulary

/// The folder below which a run makes its sandboxes, and what is removed of it at the end.
///
/// Sandboxes hold credentials: unless `--keep` asks for them, nothing of them stays, whether the
/// run succeeds, fails or is interrupted.
final class WorkDirectory: Sendable {
    /// Absolute.
    let path: String
    private let isPrivate: Bool
    private let made = Mutex<[String]>([])

    /// Makes a private folder, or takes the one that the caller names and makes it if need be.
    init(_ given: String?) throws(CommandFailure) {
        if let given {
            if unsafe mkdir(given, 0o755) != 0, errno != EEXIST {
                let reason = unsafe String(cString: strerror(errno))
                throw CommandFailure(
                    "--work-dir: \(given.terminalSafe) cannot be made: \(reason)")
            }
            path = try InputFile.absolutePath(given)
            isPrivate = false
            return
        }
        let base = ProcessEnvironment["TMPDIR"] ?? "/tmp"
        var template = Array("\(base)/simagent-XXXXXX".utf8CString)
        let isMade = unsafe template.withUnsafeMutableBufferPointer {
            unsafe $0.baseAddress.map { unsafe mkdtemp($0) != nil } ?? false
        }
        guard isMade else {
            let reason = unsafe String(cString: strerror(errno))
            throw CommandFailure(
                "no private folder can be made in \(base.terminalSafe): \(reason);"
                    + " name one with --work-dir")
        }
        let made = template.dropLast().map { UInt8(bitPattern: $0) }
        path = try InputFile.absolutePath(String(decoding: made, as: UTF8.self))
        isPrivate = true
    }

    /// Remembers a folder of runs, relative to the work directory, for ``remove()``.
    func willMake(_ runs: String) {
        made.withLock { $0.append(runs) }
    }

    /// Removes what this run made; what was there before stays.
    ///
    /// - Returns: Why something stays, `nil` where nothing does.
    func remove() -> String? {
        do throws(ConfinedFilesError) {
            if isPrivate {
                let slash = path.lastIndex(of: "/") ?? path.startIndex
                let parent = try ConfinedDirectory(opening: String(path[...slash]))
                let name = path[path.index(after: slash)...]
                try parent.removeTree(at: Array(name.utf8)[...])
                return nil
            }
            let directory = try ConfinedDirectory(opening: path)
            for runs in made.withLock({ $0 }) {
                var folder = Array(runs.utf8)[...]
                try directory.removeTree(at: folder)
                // Folders above that are empty now were made on the way.
                while let slash = folder.lastIndex(of: UInt8(ascii: "/")) {
                    folder = folder[..<slash]
                    guard (try? directory.removeDirectory(at: folder)) != nil else { break }
                }
                if !folder.contains(UInt8(ascii: "/")) {
                    try? directory.removeDirectory(at: folder)
                }
            }
            return nil
        } catch {
            return "\(error.description); remove \(path.terminalSafe) yourself, it holds"
                + " credentials"
        }
    }
}
