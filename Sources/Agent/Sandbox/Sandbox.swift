import ConfinedFiles

/// A task's sandbox on disk: made as the agent makes it, listed, and removed.
///
/// Mirrors `createExecutorDirectory` and `createSandboxDirectory` of `src/slave/paths.cpp`.
struct Sandbox: Sendable {
    let directory: ConfinedDirectory

    /// Makes the sandbox below the work directory, and the `latest` link to it.
    init(
        _ layout: SandboxLayout, mode: UInt32, in workDirectory: ConfinedDirectory, path: String
    ) throws(ConfinedFilesError) {
        let sandbox = Array(layout.sandbox.utf8)[...]
        try workDirectory.makeDirectories(at: sandbox, mode: 0o755)
        try workDirectory.setMode(mode, ofDirectory: sandbox)
        let latest = Array(layout.latest.utf8)[...]
        if layout.nestedContainerID == nil {
            if try workDirectory.status(at: latest) != nil {
                try workDirectory.removeFile(at: latest)
            }
            try workDirectory.makeSymlink(
                at: latest, target: Array("\(path)/\(layout.sandbox)".utf8))
        }
        directory = try workDirectory.directory(at: layout.sandbox)
        // The agent makes the two log files before it fetches.
        for log in ["stdout", "stderr"] {
            try directory.createFile(at: Array(log.utf8)[...], mode: 0o644).close()
        }
    }

    /// Everything in the sandbox but the two log files, sorted by path.
    func tree() throws(ConfinedFilesError) -> [TreeEntry] {
        var entries: [TreeEntry] = []
        var pending: [[UInt8]] = [[]]
        while let folder = pending.popLast() {
            for name in try directory.names(in: folder[...]) {
                let path = folder.isEmpty ? name : folder + [UInt8(ascii: "/")] + name
                guard let status = try directory.status(at: path[...]) else { continue }
                if folder.isEmpty,
                    ["stdout", "stderr"].contains(String(decoding: name, as: UTF8.self)),
                    status.size == 0
                {
                    continue
                }
                entries.append(
                    TreeEntry(
                        path: String(decoding: path, as: UTF8.self),
                        type: status.kind.rawValue, mode: status.mode,
                        bytes: status.kind == .file ? status.size : 0))
                if status.kind == .directory { pending.append(path) }
            }
        }
        return entries.sorted { $0.path < $1.path }
    }
}
