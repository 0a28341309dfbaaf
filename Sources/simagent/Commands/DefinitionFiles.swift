import FoundationEssentials
import Glibc
import Vocabulary

/// The files that `check` looks at: those that are named, and all `.json` below named folders.
enum DefinitionFiles {
    /// The files in the order of the command line, those of a folder by name.
    ///
    /// Links are not followed into folders, and hidden ones are passed over.
    static func list(_ paths: [String]) throws(CommandFailure) -> [String] {
        var files: [String] = []
        for path in paths {
            guard isFolder(path, followingLinks: true) else {
                files.append(path)
                continue
            }
            let found = contents(of: path)
            if found.isEmpty {
                throw CommandFailure(
                    "\(path.terminalSafe): no .json file in this folder", status: .invalid)
            }
            files += found
        }
        return files
    }

    private static func contents(of folder: String) -> [String] {
        var files: [String] = []
        var pending = [folder]
        while let folder = pending.popLast() {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for name in names where !name.hasPrefix(".") {
                let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
                if isFolder(path, followingLinks: false) {
                    pending.append(path)
                } else if name.hasSuffix(".json") {
                    files.append(path)
                }
            }
        }
        return files.sorted()
    }

    private static func isFolder(_ path: String, followingLinks: Bool) -> Bool {
        var info = stat()
        let code = followingLinks ? unsafe stat(path, &info) : unsafe lstat(path, &info)
        return code == 0 && info.st_mode & S_IFMT == S_IFDIR
    }
}
